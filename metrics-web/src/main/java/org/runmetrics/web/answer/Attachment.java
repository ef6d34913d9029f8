package org.runmetrics.web.answer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The field {@code Content-Disposition} of an answer that is to be saved: RFC 6266. */
final class Attachment {
  private Attachment() {}

  /** Returns the field for a file of a name, which may hold any characters. */
  static String named(String name) {
    StringBuilder plain = new StringBuilder();
    name.chars()
        .forEach(
            c -> plain.append(c > ' ' && c < 0x7F && "\"\\/%".indexOf(c) < 0 ? (char) c : '_'));
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
