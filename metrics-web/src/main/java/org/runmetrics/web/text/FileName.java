package org.runmetrics.web.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The name of a file, as a field of an answer tells it. */
public final class FileName {
  private FileName() {}

  /** Returns the field of an answer that is saved as a file, in any script: RFC 6266. */
  public static String attachment(String file) {
    StringBuilder plain = new StringBuilder();
    file.chars()
        .forEach(
            c -> plain.append(c > ' ' && c < 0x7F && "\"\\/%".indexOf(c) < 0 ? (char) c : '_'));
    String encoded = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
