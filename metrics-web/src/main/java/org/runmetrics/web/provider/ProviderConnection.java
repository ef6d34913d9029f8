package org.runmetrics.web.provider;

import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Asks a provider over HTTP.
 *
 * <p>Few ask at a time, none for long, and answers are short: whatever a provider does, the other
 * requests of the server find threads and memory. Safe for use by several threads.
 */
final class ProviderConnection {
  private static final int MOST_AT_A_TIME = 8;
  private static final int MOST_BYTES = 256 << 10;
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final Semaphore turns = new Semaphore(MOST_AT_A_TIME);
  private final Duration patience;
  private final HttpClient client;

  /**
   * Connects when something is asked.
   *
   * @param patience until the last byte of an answer
   */
  ProviderConnection(Duration patience) {
    this.patience = patience;
    // A provider that sends us elsewhere may send us into the network behind us.
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    ProxySelector proxies = ProxySelector.getDefault();
    this.client = (proxies == null ? builder : builder.proxy(proxies)).build();
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body as text
   */
  record Answer(int status, String body) {}

  /** Asks for what must be there. */
  String get(URI address) throws ProviderDown {
    Answer answer = ask(HttpRequest.newBuilder(address));
    if (answer.status() != 200) {
      throw new ProviderDown(address + " answers " + answer.status());
    }
    return answer.body();
  }

  /**
   * Sends a form.
   *
   * @param headers to send beside those of every form
   */
  Answer post(URI address, Map<String, String> form, Map<String, String> headers)
      throws ProviderDown {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    headers.forEach(request::header);
    return ask(request);
  }

  /** Returns names and values as an address or a form has them. */
  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer ask(HttpRequest.Builder builder) throws ProviderDown {
    HttpRequest request = builder.header("Accept", "application/json").build();
    if (!turns.tryAcquire()) {
      throw new ProviderDown("Too many requests wait for " + request.uri().getHost());
    }
    try {
      return await(request, client.sendAsync(request, head -> new LimitedBody(MOST_BYTES)));
    } finally {
      turns.release();
    }
  }

  private Answer await(HttpRequest request, CompletableFuture<HttpResponse<byte[]>> answer)
      throws ProviderDown {
    try {
      HttpResponse<byte[]> read = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(read.statusCode(), new String(read.body(), StandardCharsets.UTF_8));
    } catch (ExecutionException failed) {
      throw new ProviderDown(request.uri() + " fails: " + failed.getCause(), failed);
    } catch (TimeoutException late) {
      throw new ProviderDown(request.uri() + " does not answer in " + patience, late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ProviderDown("The server stops", stopped);
    } finally {
      answer.cancel(true);
    }
  }
}
