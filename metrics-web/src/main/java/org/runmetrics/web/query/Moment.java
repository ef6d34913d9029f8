package org.runmetrics.web.query;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * A time that a client named: one instant, or a day as a whole.
 *
 * @param first epoch seconds of its beginning
 * @param last epoch seconds of its end, which belongs to it
 */
record Moment(double first, double last) {
  /** What {@link #parse} understands, as an error says it. */
  static final String ALLOWED = "epoch seconds or a date or time of ISO 8601";

  private static final DateTimeFormatter ISO_8601 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:mm", "+00:00")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private static final int DATE_LENGTH = "2025-01-14".length();

  /**
   * Reads epoch seconds, a date, or a date and time, which is UTC unless it names an offset.
   *
   * <p>Date and time may have a blank between them, as Python prints them; and the plus of an
   * offset, which means a blank in a query, need not be escaped.
   */
  static Optional<Moment> parse(String text) {
    return NumberText.decimal(text).map(Moment::at).or(() -> parseIso(text));
  }

  private static Optional<Moment> parseIso(String text) {
    String unescaped =
        text.length() > DATE_LENGTH
            ? text.substring(0, DATE_LENGTH)
                + text.substring(DATE_LENGTH, DATE_LENGTH + 1).replace(' ', 'T')
                + text.substring(DATE_LENGTH + 1).replace(' ', '+')
            : text;
    try {
      return Optional.of(
          of(
              ISO_8601.parseBest(
                  unescaped, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }

  private static Moment of(TemporalAccessor time) {
    if (time instanceof OffsetDateTime atOffset) {
      return at(seconds(atOffset.toInstant()));
    }
    if (time instanceof LocalDateTime local) {
      return at(seconds(local.toInstant(ZoneOffset.UTC)));
    }
    LocalDate day = LocalDate.from(time);
    return new Moment(midnight(day), Math.nextDown(midnight(day.plusDays(1))));
  }

  private static double midnight(LocalDate day) {
    return seconds(day.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /** By decimals, so that the double is the one that the same time is as epoch seconds. */
  private static double seconds(Instant instant) {
    return BigDecimal.valueOf(instant.getNano(), 9)
        .add(BigDecimal.valueOf(instant.getEpochSecond()))
        .doubleValue();
  }

  private static Moment at(double seconds) {
    return new Moment(seconds, seconds);
  }
}
