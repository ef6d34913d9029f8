package org.runmetrics.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A stream of events, read line by line. */
record Events(HttpResponse<InputStream> response, BufferedReader lines) implements AutoCloseable {
  static Events of(HttpResponse<InputStream> response) {
    return new Events(
        response,
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Returns the rest of the next line with a beginning. */
  String lineWith(String start) throws IOException {
    String name = start.endsWith("{") ? start.substring(0, start.length() - 1) : start;
    String line = lines.readLine();
    while (!line.startsWith(start)) {
      line = lines.readLine();
    }
    return line.substring(name.length()).strip();
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
