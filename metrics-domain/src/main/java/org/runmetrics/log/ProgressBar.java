package org.runmetrics.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.runmetrics.line.Line;

/**
 * Tells progress bars, such as tqdm draws them, from ordinary lines.
 *
 * <p>A bar redraws itself with lone carriage returns; each state is one segment of the line.
 * Colours do not hide a bar.
 */
public final class ProgressBar {
  private static final Pattern CONTROL = Pattern.compile("\u001B\\[[0-?]*[ -/]*[@-~]");

  private static final String DURATION =
      "[\\s:=]*(?:\\d+:\\d{2}|\\d+(?:\\.\\d+)?\\s*"
          + "(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?![a-z/]))";

  /** A percentage in front of the bar's edge: {@code 45%|███}. */
  private static final Pattern PERCENT = Pattern.compile("\\d{1,3}%\\|");

  /** A rate: {@code 98.7it/s}, {@code ?it/s}, {@code 1.2kit/s}. */
  private static final Pattern RATE =
      Pattern.compile("[\\d?]\\s?[kMGT]?it/s(?:ec)?(?![a-z])", Pattern.CASE_INSENSITIVE);

  /** Time left; {@code eta=0.3}, a learning rate, is none. */
  private static final Pattern ETA =
      Pattern.compile("\\beta\\b" + DURATION, Pattern.CASE_INSENSITIVE);

  /** Time spent, which ordinary lines tell as well: it takes a {@link #SIGN} to be a bar. */
  private static final Pattern ELAPSED =
      Pattern.compile("\\belapsed(?:\\s+time)?\\b" + DURATION, Pattern.CASE_INSENSITIVE);

  private static final Pattern SIGN =
      Pattern.compile(
          "\\d\\s*%|[\u2501\u2578\u257A\u2588-\u258F\u2591-\u2593]|[|\\[][=#>*.\\- ]{5,}[|\\]]"
              + "|\\bremaining\\b|\\beta\\b",
          Pattern.CASE_INSENSITIVE);

  private ProgressBar() {}

  /** Tells whether a line, or one state of a redrawn line, is a progress bar. */
  public static boolean matches(String line) {
    String text = withoutControls(line);
    return PERCENT.matcher(text).find()
        || RATE.matcher(text).find()
        || ETA.matcher(text).find()
        || (ELAPSED.matcher(text).find() && SIGN.matcher(text).find());
  }

  /** Returns what is left of a line without its bars, or nothing if that shows nothing. */
  static Optional<String> without(String line) {
    if (line.indexOf('\r') < 0) {
      return matches(line) ? Optional.empty() : Optional.of(line);
    }
    List<String> kept = new ArrayList<>();
    boolean bars = false;
    for (String segment : line.split("\r", -1)) {
      if (matches(segment)) {
        bars = true;
      } else {
        kept.add(segment);
      }
    }
    if (!bars) {
      return Optional.of(line);
    }
    String rest = String.join("\r", kept.stream().filter(ProgressBar::shows).toList());
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
  }

  /** Returns a redrawn line without the states of bars that something was drawn over. */
  static String latest(String line) {
    if (line.indexOf('\r') < 0) {
      return line;
    }
    List<String> segments = Arrays.stream(line.split("\r", -1)).filter(ProgressBar::shows).toList();
    if (segments.stream().noneMatch(ProgressBar::matches)) {
      return line;
    }
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      if (i == segments.size() - 1 || !matches(segments.get(i))) {
        kept.add(segments.get(i));
      }
    }
    return String.join("\r", kept);
  }

  private static boolean shows(String segment) {
    return !withoutControls(segment).chars().allMatch(Line::isBlank);
  }

  private static String withoutControls(String text) {
    return text.indexOf('\u001B') < 0 ? text : CONTROL.matcher(text).replaceAll("");
  }
}
