package org.runmetrics.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.Whitespace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaKindTest {
  private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");

  @ParameterizedTest
  @CsvSource({
    "89 50 4E 47 0D 0A 1A 0A 00, PNG",
    "FF D8 FF E0 00, JPEG",
    "47 49 46 38 37 61, GIF",
    "47 49 46 38 39 61, GIF",
    "52 49 46 46 01 02 03 04 57 45 42 50 56 50 38 4C, WEBP",
    "52 49 46 46 01 02 03 04 57 41 56 45, WAV",
    "52 49 46 46 01 02 03 04 41 56 49 20, OTHER",
    "00 00 00 18 66 74 79 70 69 73 6F 6D, MP4",
    "00 00 00 18 66 74 79 70 6D 70 34 32, MP4",
    "00 00 00 18 66 74 79 70 68 65 69 63, OTHER",
    "89 50 4E 47, OTHER",
    "FF D8, OTHER",
    "25 50 44 46 2D, OTHER"
  })
  void the_first_bytes_tell(String bytes, MediaKind kind) {
    byte[] head = HexFormat.ofDelimiter(" ").parseHex(bytes);
    assertThat(MediaKind.of(head)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<svg>|SVG",
        "<?xml version=\"1.0\"?><svg xmlns=\"\"/>|SVG",
        "<!-- a <b> --> <!DOCTYPE svg PUBLIC \"-\" \"x\"> <svg width=\"5\">|SVG",
        "<svgx>|OTHER",
        "<html><svg></svg></html>|OTHER",
        "<!-- <svg> -->|OTHER",
        "text <svg>|OTHER"
      })
  void a_drawing_is_told_by_its_root(String text, MediaKind kind) {
    assertThat(MediaKind.of(("\uFEFF\n" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(kind);
    assertThat(MediaKind.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(kind);
  }

  @Property
  void text_without_a_signature_is_to_be_saved(@ForAll @AlphaChars @Whitespace String text) {
    assertThat(MediaKind.of(("a" + text).getBytes(StandardCharsets.UTF_8)).isShown()).isFalse();
  }

  @Property
  void bytes_before_a_signature_make_it_none(@ForAll @Size(max = 100) byte[] rest) {
    byte[] head = new byte[rest.length + 9];
    System.arraycopy(PNG, 0, head, 1, PNG.length);
    System.arraycopy(rest, 0, head, 9, rest.length);
    assertThat(MediaKind.of(head)).isEqualTo(MediaKind.OTHER);
    assertThat(MediaKind.of(Arrays.copyOfRange(head, 1, head.length))).isEqualTo(MediaKind.PNG);
  }
}
