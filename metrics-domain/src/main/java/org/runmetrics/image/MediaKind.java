package org.runmetrics.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What kind of file a file of media is, as its first bytes say: names may say anything.
 *
 * <p>The signatures are those of the MIME Sniffing Standard, with SVG besides.
 */
public enum MediaKind {
  /** Portable Network Graphics. */
  PNG("image/png", true),
  /** JPEG File Interchange Format. */
  JPEG("image/jpeg", true),
  /** Graphics Interchange Format. */
  GIF("image/gif", true),
  /** WebP. */
  WEBP("image/webp", true),
  /** Scalable Vector Graphics, which may hold scripts, so pages may not show them as such. */
  SVG("image/svg+xml", false),
  /** MPEG-4. */
  MP4("video/mp4", true),
  /** Waveform audio. */
  WAV("audio/wav", true),
  /** Anything else. */
  OTHER("application/octet-stream", false);

  /** How many of the first bytes tell. */
  static final int HEAD_BYTES = 1024;

  private static final int BRAND = 8;

  /** Names of MP4 and of what it goes on from; other files of this family are no MP4. */
  private static final List<String> BRANDS =
      List.of("iso", "mp4", "avc1", "M4V", "M4A", "dash", "f4v", "F4V", "3gp", "MSNV");

  /** Before the root of a document may stand a declaration, comments and a document type. */
  private static final Pattern SVG_ROOT =
      Pattern.compile(
          "\uFEFF?\\s*(?:<\\?[^>]*>\\s*|<!--(?s:.*?)-->\\s*|<!DOCTYPE\\s[^>]*>\\s*)*+<svg[\\s>].*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private final String mediaType;
  private final boolean shown;

  MediaKind(String mediaType, boolean shown) {
    this.mediaType = mediaType;
    this.shown = shown;
  }

  /** Returns the name that MIME has for it. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns whether a browser may show it; if not, it is to be saved. */
  public boolean isShown() {
    return shown;
  }

  /**
   * Tells the kind of a file.
   *
   * @param head its first bytes, {@value #HEAD_BYTES} if it has so many
   */
  static MediaKind of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG\r\n\u001A\n")) {
      return PNG;
    }
    if (text.startsWith("\u00FF\u00D8\u00FF")) {
      return JPEG;
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return GIF;
    }
    if (text.startsWith("RIFF")) {
      return text.startsWith("WEBPVP", BRAND) ? WEBP : text.startsWith("WAVE", BRAND) ? WAV : OTHER;
    }
    if (text.startsWith("ftyp", 4)) {
      return BRANDS.stream().anyMatch(brand -> text.startsWith(brand, BRAND)) ? MP4 : OTHER;
    }
    return Optional.of(new String(head, StandardCharsets.UTF_8))
        .filter(document -> SVG_ROOT.matcher(document).matches())
        .map(document -> SVG)
        .orElse(OTHER);
  }
}
