package org.runmetrics.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Keycloak as a process of its own, with a realm in which alice is in the group ml, and bob is
 * not.
 *
 * @param process the server
 * @param port of the loopback interface
 */
record Keycloak(Process process, int port) implements AutoCloseable {
  static final String CLIENT = "runmetrics";
  static final String SECRET = "the-secret-of-the-tests";
  static final String PASSWORD = "a-password-of-the-tests";

  private static final String REALM =
      """
      {"realm": "lab", "enabled": true, "groups": [{"name": "ml"}],
       "users": [%s, %s],
       "clients": [{"clientId": "%s", "secret": "%s", "redirectUris": ["%s"],
         "standardFlowEnabled": true, "directAccessGrantsEnabled": true,
         "attributes": {"pkce.code.challenge.method": "S256"},
         "protocolMappers": [{"name": "groups", "protocol": "openid-connect",
           "protocolMapper": "oidc-group-membership-mapper",
           "config": {"claim.name": "groups", "full.path": "true",
             "id.token.claim": "true", "access.token.claim": "true"}}]}]}
      """;

  private static final String USER =
      """
      {"username": "%s", "enabled": true, "email": "%1$s@lab.example", "emailVerified": true,
       "firstName": "First", "lastName": "Last", "groups": [%s],
       "credentials": [{"type": "password", "value": "%s", "temporary": false}]}
      """;

  /**
   * Starts it, which takes half a minute.
   *
   * @param home an unpacked distribution
   * @param callback the address that it may send browsers back to
   */
  static Keycloak start(Path home, String callback) throws IOException {
    String realm =
        REALM.formatted(
            USER.formatted("alice", "\"/ml\"", PASSWORD),
            USER.formatted("bob", "", PASSWORD),
            CLIENT,
            SECRET,
            callback);
    Path imported = Files.createDirectories(home.resolve("data").resolve("import"));
    Files.writeString(imported.resolve("lab-realm.json"), realm);
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh",
                home.resolve("bin").resolve("kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + freePort())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
    builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    Keycloak started = new Keycloak(builder.start(), port);
    try {
      started.untilItListens();
      return started;
    } catch (IOException | RuntimeException | Error failure) {
      started.close();
      throw failure;
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + port + "/realms/lab";
  }

  /** Returns the ID token that a program gets for a user and their password. */
  String idToken(String user) throws IOException, InterruptedException {
    String form =
        Map.of(
                "grant_type", "password",
                "client_id", CLIENT,
                "client_secret", SECRET,
                "username", user,
                "password", PASSWORD,
                "scope", "openid")
            .entrySet()
            .stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    Matcher token = Pattern.compile("\"id_token\":\"([^\"]+)\"").matcher(answer.body());
    if (!token.find()) {
      throw new AssertionError(answer.body());
    }
    return token.group(1);
  }

  private void untilItListens() throws IOException {
    BufferedReader console = process.inputReader();
    for (String line = console.readLine(); line != null; line = console.readLine()) {
      System.out.println(line);
      if (line.contains("Listening on: ")) {
        Thread rest = new Thread(() -> print(console));
        rest.setDaemon(true);
        rest.start();
        return;
      }
    }
    throw new AssertionError("Keycloak ended");
  }

  /** A console that nobody reads holds up who writes to it. */
  private static void print(BufferedReader console) {
    try {
      console.lines().forEach(System.out::println);
    } catch (UncheckedIOException closed) {
      // The server has been stopped.
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Stops the shell that starts Java, and Java. */
  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    all.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
