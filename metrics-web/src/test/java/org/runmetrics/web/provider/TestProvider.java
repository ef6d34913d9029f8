package org.runmetrics.web.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A provider at a free port, which signs with keys of its own and keeps to the rules. */
final class TestProvider implements AutoCloseable {
  static final String CLIENT = "runmetrics";
  static final String SECRET = "a secret: of 30 characters + %";

  /** Making a key takes long. */
  static final RSAKey FIRST = key("first");

  static final RSAKey SECOND = key("second");
  static final RSAKey FALSE = key("first");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  final AtomicInteger keysAsked = new AtomicInteger();
  final AtomicInteger asked = new AtomicInteger();
  final List<RSAKey> keys = new CopyOnWriteArrayList<>(List.of(FIRST));

  /** What becomes of the claims of the next ID tokens, as a token. */
  volatile Function<JWTClaimsSet.Builder, String> tokens = claims -> signed(claims, FIRST);

  /** Which path is not answered. */
  volatile Optional<String> silent = Optional.empty();

  /** Which path is answered with a megabyte of blanks before what is right. */
  volatile Optional<String> endless = Optional.empty();

  private TestProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static TestProvider start() throws IOException {
    return new TestProvider();
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Map<String, String> settings() {
    return Map.of(
        "metrics.auth.oidc.issuer",
        issuer(),
        "metrics.auth.oidc.client",
        CLIENT,
        "metrics.auth.oidc.secret",
        SECRET,
        "metrics.auth.oidc.title",
        "the lab");
  }

  /**
   * Lets somebody log in who was sent to an address, and returns the query they are sent back with.
   */
  String login(String address) {
    Map<String, String> asked = form(address.substring(address.indexOf('?') + 1));
    String code = "code-" + codes.size();
    codes.put(code, asked);
    return "?code=" + code + "&state=" + asked.getOrDefault("state", "") + "&iss=" + issuer();
  }

  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(CLIENT)
        .subject("1234")
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("preferred_username", "alice")
        .claim("groups", List.of("/ml", "Staff of the lab"));
  }

  static String signed(JWTClaimsSet.Builder claims, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.incrementAndGet();
    if (silent.filter(path::equals).isPresent()) {
      try {
        closed.await();
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
      }
    }
    switch (path) {
      case "/.well-known/openid-configuration" ->
          send(
              exchange,
              200,
              JSONObjectUtils.toJSONString(
                  Map.of(
                      "issuer", issuer(),
                      "authorization_endpoint", issuer() + "/login?theme=dark",
                      "token_endpoint", issuer() + "/token",
                      "jwks_uri", issuer() + "/keys",
                      "authorization_response_iss_parameter_supported", true)));
      case "/keys" -> {
        keysAsked.incrementAndGet();
        send(exchange, 200, new JWKSet(List.copyOf(keys)).toPublicJWKSet().toString());
      }
      case "/token" -> token(exchange);
      default -> send(exchange, 404, "{}");
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String client = ProviderConnection.encoded(CLIENT) + ":" + ProviderConnection.encoded(SECRET);
    Map<String, String> asked =
        Optional.ofNullable(codes.remove(sent.getOrDefault("code", ""))).orElse(Map.of());
    boolean good =
        ("Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && "authorization_code".equals(sent.get("grant_type"))
            && asked.getOrDefault("redirect_uri", "none").equals(sent.get("redirect_uri"))
            && "S256".equals(asked.get("code_challenge_method"))
            && new Attempt("", "", sent.getOrDefault("code_verifier", ""), "", "")
                .challenge()
                .equals(asked.get("code_challenge"));
    if (good) {
      JWTClaimsSet.Builder claims = claims().claim("nonce", asked.get("nonce"));
      send(exchange, 200, "{\"id_token\": \"" + tokens.apply(claims) + "\"}");
    } else {
      send(exchange, 400, "{\"error\": \"invalid_grant\"}");
    }
  }

  private static Map<String, String> form(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
  }

  private void send(HttpExchange exchange, int status, String text) throws IOException {
    boolean isLong = endless.filter(exchange.getRequestURI().getPath()::equals).isPresent();
    byte[] bytes = ((isLong ? " ".repeat(1 << 20) : "") + text).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
