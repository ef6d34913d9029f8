package org.runmetrics.web.query;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.runmetrics.live.RunPlaces;
import org.runmetrics.parameter.KnownNames;
import org.runmetrics.series.Position;
import org.runmetrics.web.http.Problem;

/**
 * The parameters of a request, checked: the one place that knows how.
 *
 * <p>Whatever is wrong ends the request with an error that names the parameter, what is allowed,
 * and what was given. A parameter that nobody knows is wrong too: mistyped, it would be a filter
 * that does nothing.
 */
public final class Parameters {
  private final MultivaluedMap<String, String> values;

  private Parameters(MultivaluedMap<String, String> values) {
    this.values = values;
  }

  /**
   * Takes the parameters of a request.
   *
   * @param known the names that it may have
   */
  public static Parameters of(UriInfo uri, String... known) {
    return of(uri.getQueryParameters(), known);
  }

  /**
   * Takes the parameters of a request outside of JAX-RS.
   *
   * @param query as the client sent it, since servers differ in the charset by which they decode it
   * @throws IllegalArgumentException if it is not encoded as it must be
   */
  public static Parameters of(Optional<String> query, String... known) {
    MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
    for (String pair : query.orElse("").split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (!pair.isEmpty()) {
        values.add(decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
      }
    }
    return of(values, known);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Parameters of(MultivaluedMap<String, String> values, String... known) {
    Optional<String> unknown = KnownNames.of(known).error(new TreeSet<>(values.keySet()));
    if (unknown.isPresent()) {
      throw Problem.badRequest(unknown.get());
    }
    return new Parameters(values);
  }

  /** Refuses any parameter. */
  public static void none(UriInfo uri) {
    of(uri);
  }

  /** Returns a text; an empty one counts as missing. */
  public Optional<String> text(String name) {
    List<String> given = values.getOrDefault(name, List.of());
    if (given.size() > 1) {
      throw Problem.badRequest(name + " must be given once, not " + given.size() + " times");
    }
    return given.stream().filter(value -> !value.isEmpty()).findFirst();
  }

  /** Returns the texts between commas, of a parameter that may also be given several times. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (String value : values.getOrDefault(name, List.of())) {
      for (String text : value.split(",", -1)) {
        if (!text.isBlank() && !texts.contains(text.strip())) {
          texts.add(text.strip());
        }
      }
    }
    return texts;
  }

  /** Returns names of runs or metrics, of a parameter that may also be given several times. */
  public Names names(String name) {
    return new Names(
        values.getOrDefault(name, List.of()).stream().filter(value -> !value.isEmpty()).toList());
  }

  /**
   * Returns the parameters whose names begin in some way, by the rest of their names; empty values
   * count as missing.
   */
  Map<String, List<String>> startingWith(String prefix) {
    Map<String, List<String>> named = new TreeMap<>();
    for (String name : values.keySet()) {
      List<String> texts = names(name).values();
      if (name.startsWith(prefix) && !texts.isEmpty()) {
        named.put(name.substring(prefix.length()), texts);
      }
    }
    return named;
  }

  /** Returns ids of runs, at least one. */
  public Names runs(String name) {
    Names runs = names(name);
    if (runs.isEmpty()) {
      throw Problem.badRequest(
          name + " must be one or more run ids with commas between, not empty");
    }
    return runs;
  }

  /** Returns one of some words, or the first of them. */
  public String choice(String name, String... words) {
    String value = text(name).orElse(words[0]);
    if (KnownNames.of(words).error(List.of(value)).isPresent()) {
      throw wrong(name, KnownNames.list(List.of(words), "or"), value);
    }
    return value;
  }

  /** Returns an integer of a range, which is answered with status 422 if it is not in it. */
  public OptionalInt integer(String name, int min, int max) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    Optional<Long> number = NumberText.whole(value.get());
    if (number.isEmpty() || number.get() < min || number.get() > max) {
      throw Problem.unprocessable(
          mustBe(name, "an integer from " + min + " to " + max, value.get()));
    }
    return OptionalInt.of(number.get().intValue());
  }

  /** Returns an integer of 64 bits. */
  public OptionalLong whole(String name) {
    Optional<String> value = text(name);
    return value.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            NumberText.whole(value.get())
                .orElseThrow(() -> wrong(name, "an integer of 64 bits", value.get())));
  }

  /** Returns a finite number. */
  OptionalDouble number(String name) {
    Optional<String> value = text(name);
    return value.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            NumberText.decimal(value.get())
                .orElseThrow(() -> wrong(name, "a finite number", value.get())));
  }

  /** Returns a range of numbers {@code min:max}, of which either end may be empty. */
  Range range(String name) {
    return text(name)
        .map(
            value ->
                ends(value, NumberText::decimal, Range.ALL.min(), Range.ALL.max())
                    .map(ends -> new Range(ends.min(), ends.max()))
                    .orElseThrow(() -> wrong(name, rangeOf("numbers"), value)))
        .orElse(Range.ALL);
  }

  /** Returns a range of steps {@code min:max}, of which either end may be empty. */
  StepRange stepRange(String name) {
    return text(name)
        .map(
            value ->
                ends(value, NumberText::whole, StepRange.ALL.min(), StepRange.ALL.max())
                    .map(ends -> new StepRange(ends.min(), ends.max()))
                    .orElseThrow(() -> wrong(name, rangeOf("integers"), value)))
        .orElse(StepRange.ALL);
  }

  private record Ends<T>(T min, T max) {}

  private static <T extends Comparable<T>> Optional<Ends<T>> ends(
      String value, Function<String, Optional<T>> parser, T least, T most) {
    String[] ends = value.split(":", -1);
    if (ends.length != 2) {
      return Optional.empty();
    }
    Optional<T> min = ends[0].isEmpty() ? Optional.of(least) : parser.apply(ends[0]);
    Optional<T> max = ends[1].isEmpty() ? Optional.of(most) : parser.apply(ends[1]);
    return min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) <= 0
        ? Optional.of(new Ends<>(min.get(), max.get()))
        : Optional.empty();
  }

  private static String rangeOf(String numbers) {
    return "min:max with " + numbers + ", min not above max, either of which may be empty";
  }

  /** Returns a time. */
  Optional<Moment> moment(String name) {
    return text(name)
        .map(value -> Moment.parse(value).orElseThrow(() -> wrong(name, Moment.ALLOWED, value)));
  }

  /** Returns how far a client has read; see {@link Position#token()}. */
  public Optional<Position> position(String name) {
    return text(name).map(token -> position(name, "the X-Cursor of an answer", token));
  }

  /** Returns from where a client wants to read on, the start by its name. */
  public Optional<Position> start(String name) {
    return text(name)
        .map(
            token ->
                token.equals("start")
                    ? Position.START
                    : position(name, "the X-Cursor of an answer, or start", token));
  }

  /** Returns how far a client has read that was cut off from a stream. */
  public static Optional<Position> lastEventId(Optional<String> header) {
    return header
        .filter(token -> !token.isEmpty())
        .map(token -> position(HttpHeaders.LAST_EVENT_ID_HEADER, "the id of an event", token));
  }

  /**
   * Returns how far a client has heard of many runs, the start by its name.
   *
   * @param lastEventId the header that wins, if it says anything
   */
  Optional<RunPlaces> places(String name, Optional<String> lastEventId) {
    Optional<RunPlaces> asked =
        text(name)
            .map(
                token ->
                    token.equals("start")
                        ? RunPlaces.NONE
                        : places(name, "the id of an event of this stream, or start", token));
    return lastEventId
        .filter(token -> !token.isEmpty())
        .map(
            token ->
                places(
                    HttpHeaders.LAST_EVENT_ID_HEADER, "the id of an event of this stream", token))
        .or(() -> asked);
  }

  private static RunPlaces places(String name, String allowed, String token) {
    return RunPlaces.ofToken(token).orElseThrow(() -> wrong(name, allowed, token));
  }

  private static Position position(String name, String allowed, String token) {
    return Position.ofToken(token).orElseThrow(() -> wrong(name, allowed, token));
  }

  /** Returns {@code true} or {@code false} in any case, as Python has its own, or a default. */
  public boolean flag(String name, boolean byDefault) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return byDefault;
    }
    return switch (value.get().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false", value.get());
    };
  }

  /** Returns the error of a wrong value. */
  public static WebApplicationException wrong(String name, String allowed, String value) {
    return Problem.badRequest(mustBe(name, allowed, value));
  }

  private static String mustBe(String name, String allowed, String value) {
    return name + " must be " + allowed + ", not " + Problem.shown(value);
  }
}
