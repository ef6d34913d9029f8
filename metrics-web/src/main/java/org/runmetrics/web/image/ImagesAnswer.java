package org.runmetrics.web.image;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.runmetrics.image.Image;
import org.runmetrics.image.ImageReader;
import org.runmetrics.image.Images;
import org.runmetrics.web.answer.StreamedAnswer;
import org.runmetrics.web.query.ImagesQuery;
import org.runmetrics.web.text.JsonOutput;

/**
 * Images as a list, one read after the other.
 *
 * @param media the path under which their files are served, up to the names of files
 */
record ImagesAnswer(Images images, ImagesQuery query, String media) implements StreamedAnswer {

  @Override
  public void write(OutputStream stream) throws IOException {
    JsonOutput output = new JsonOutput(stream);
    try (ImageReader reader = open()) {
      output.raw("{\"images\":[");
      long total = reader.skip(query.offset());
      long end = (long) query.offset() + query.limit();
      boolean first = true;
      for (Optional<Image> image = next(reader, total < end);
          image.isPresent();
          image = next(reader, total < end)) {
        if (total >= query.offset() && total < end) {
          output.raw(first ? "" : ",\n");
          write(image.get(), output);
          first = false;
        }
        total++;
      }
      total = query.filter().isOpen() ? images.count() : total;
      output.raw("],\"total\":").whole(total).raw("}");
    }
    output.flush();
  }

  /** Returns text as a segment of a path. */
  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private ImageReader open() {
    try {
      return images.open(query.filter());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads on, also beyond what is answered if no other way tells how many images there are. */
  private Optional<Image> next(ImageReader reader, boolean isAnswered) {
    try {
      return isAnswered || !query.filter().isOpen() ? reader.next() : Optional.empty();
    } catch (IOException unreadable) {
      // What fails here is not the client's connection.
      throw new UncheckedIOException(unreadable);
    }
  }

  private void write(Image image, JsonOutput output) throws IOException {
    output.raw("{\"key\":");
    text(image.key(), output);
    output.raw(",\"step\":");
    if (image.step().isPresent()) {
      output.whole(image.step().getAsLong());
    } else {
      output.raw("null");
    }
    output.raw(",\"ts\":");
    if (image.time().isPresent()) {
      output.decimal(image.time().getAsDouble());
    } else {
      output.raw("null");
    }
    output.raw(",\"caption\":");
    text(image.caption(), output);
    output.raw(",\"path\":");
    text(image.path(), output);
    output.raw(",\"url\":");
    text(image.file().map(this::url), output);
    output.raw("}");
  }

  private static void text(Optional<String> text, JsonOutput output) throws IOException {
    if (text.isPresent()) {
      output.string(text.get());
    } else {
      output.raw("null");
    }
  }

  private String url(String file) {
    return Arrays.stream(file.split("/", -1))
        .map(ImagesAnswer::encode)
        .collect(Collectors.joining("/", media, ""));
  }
}
