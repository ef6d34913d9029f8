package org.runmetrics.web.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.runmetrics.web.TestServer;

/** Reads a stream of events as a browser does. */
public final class EventClient implements AutoCloseable {
  /** An event, named {@code message} if nameless, with the id that was the last when it came. */
  public record Event(String name, String data, String id) {}

  private static final Event END = new Event("end", "", "");

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile String lastId = "";
  private final AtomicInteger comments = new AtomicInteger();

  private EventClient(HttpResponse<InputStream> response) {
    this.response = response;
    Thread thread = new Thread(this::read, "event-client");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns when the stream has begun. */
  public static EventClient open(TestServer server, String path, String... headers) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + " answers " + response.statusCode());
      }
      return new EventClient(response);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Waits for the next event. */
  public Event next() throws InterruptedException {
    return Optional.ofNullable(events.poll(30, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("No event comes"));
  }

  /** Waits for the end of the stream. */
  public void awaitEnd() throws InterruptedException {
    while (!next().equals(END)) {
      // Reads on.
    }
  }

  /** Tells whether the server has ended the stream. */
  public boolean hasEnded() {
    return events.contains(END);
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  String lastId() {
    return lastId;
  }

  int comments() {
    return comments.get();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String name = "message";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            events.add(new Event(name, data.toString(), lastId));
          }
          name = "message";
          data.setLength(0);
        } else if (line.startsWith(":")) {
          comments.incrementAndGet();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("id:")) {
          lastId = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        }
      }
    } catch (IOException closed) {
      // The end as well.
    }
    events.add(END);
  }
}
