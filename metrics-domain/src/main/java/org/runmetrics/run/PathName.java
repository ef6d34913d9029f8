package org.runmetrics.run;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The name of a file as UTF-8.
 *
 * <p>Java decodes file names in the encoding of the process's locale. In the C locale, the usual
 * one of services, a name such as {@code 小型} turns into replacement characters; the path's URI
 * still holds its bytes.
 */
public final class PathName {
  private static final char REPLACEMENT = '\uFFFD';

  private PathName() {}

  /** Returns the last segment of a path. */
  public static String of(Path path) {
    Path last = Objects.requireNonNull(path.getFileName(), "a path without a name");
    String name = last.toString();
    return name.indexOf(REPLACEMENT) < 0 ? name : decode(last.toUri());
  }

  private static String decode(URI uri) {
    String raw = uri.getRawPath();
    int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
    String segment = raw.substring(raw.lastIndexOf('/', end - 1) + 1, end);
    byte[] bytes = new byte[segment.length()];
    int length = 0;
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) == '%') {
        bytes[length++] = (byte) Integer.parseInt(segment, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) segment.charAt(i);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
