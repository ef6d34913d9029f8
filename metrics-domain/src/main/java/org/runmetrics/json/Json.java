package org.runmetrics.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A JSON value as Python's {@code json} module understands it. */
public sealed interface Json {

  /** A value that can stand in a table's cell. */
  sealed interface Scalar extends Json {}

  /** A number written without fraction and exponent that fits 64 bits. */
  record Whole(long value) implements Scalar {}

  /** Any other number; may be NaN or infinite. */
  record Decimal(double value) implements Scalar {}

  /** A string; may hold lone surrogates. */
  record Text(String value) implements Scalar {}

  /** {@code true} or {@code false}. */
  record Flag(boolean value) implements Scalar {}

  /** {@code null}. */
  enum Null implements Scalar {
    NULL
  }

  /** An array. */
  record Items(List<Json> values) implements Json {}

  /** An object; of repeated keys the last value counts, at the place of the first. */
  record Fields(Map<String, Json> values) implements Json {

    /** Returns the value of a key. */
    public Optional<Json> value(String key) {
      return Optional.ofNullable(values.get(key));
    }

    /** Returns the value of a key if it is a string. */
    public Optional<String> text(String key) {
      return values.get(key) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** Returns the value of a key if it is an integer of at most 64 bits. */
    public OptionalLong whole(String key) {
      return values.get(key) instanceof Whole whole
          ? OptionalLong.of(whole.value())
          : OptionalLong.empty();
    }

    /** Returns the value of a key if it is a finite number. */
    public OptionalDouble finite(String key) {
      Json value = values.get(key);
      if (value instanceof Whole whole) {
        return OptionalDouble.of((double) whole.value());
      }
      return value instanceof Decimal decimal && Double.isFinite(decimal.value())
          ? OptionalDouble.of(decimal.value())
          : OptionalDouble.empty();
    }
  }
}
