package org.runmetrics.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.runmetrics.event.Event;

/**
 * An image that a run logged.
 *
 * @param key the name it was logged under
 * @param step the training step it belongs to
 * @param time epoch seconds
 * @param caption text to show with it
 * @param path its file, relative to the run's directory, as the run says; not checked
 */
public record Image(
    Optional<String> key,
    OptionalLong step,
    OptionalDouble time,
    Optional<String> caption,
    Optional<String> path) {
  private static final String FOLDER = "media/";

  static Image of(Event.Image event) {
    return new Image(event.key(), event.step(), event.time(), event.caption(), event.path());
  }

  /** Returns the path within the folder of media, if it names a file there. */
  public Optional<String> file() {
    return path.filter(it -> it.startsWith(FOLDER))
        .map(it -> it.substring(FOLDER.length()))
        .filter(it -> Arrays.stream(it.split("/", -1)).allMatch(Image::isName));
  }

  private static boolean isName(String segment) {
    return Stream.of("", ".", "..").noneMatch(segment::equals)
        && segment.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(segment);
  }
}
