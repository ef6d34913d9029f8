package org.runmetrics.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may read from the server.
 *
 * <p>Pages of loopback origins may, those of the setting {@code metrics.origins}, and those of the
 * server itself. Which those are only its host tells, and that is what the client sends; so the
 * host counts only if it cannot be somebody else's name that was bound to the server's address (DNS
 * rebinding).
 */
public final class ReadAccess {
  private static final String ALL = "*";

  private final Set<Host> hosts;
  private final Set<Origin> origins;
  private final boolean allOrigins;

  private ReadAccess(Set<Host> hosts, Set<Origin> origins, boolean allOrigins) {
    this.hosts = hosts;
    this.origins = origins;
    this.allOrigins = allOrigins;
  }

  /**
   * Reads two settings.
   *
   * @param hosts a list such as {@code metrics.lab, 192.0.2.7}
   * @param origins a list such as {@code https://lab.example.org, http://lab:8080}, or {@code *}
   * @throws IllegalArgumentException naming the setting and the value that is wrong
   */
  public static ReadAccess parse(String hosts, String origins) {
    List<String> pages = entries(origins);
    return new ReadAccess(
        parsed(
            entries(hosts),
            ReadAccess::host,
            "metrics.hosts must be names or IP addresses such as lab.example.org, without a scheme"
                + " and a port"),
        parsed(
            pages.stream().filter(entry -> !entry.equals(ALL)).toList(),
            Origin::parse,
            "metrics.origins must be origins such as https://lab.example.org, or *"),
        pages.contains(ALL));
  }

  /** Returns whether pages of all origins may read. */
  public boolean allowsAllOrigins() {
    return allOrigins;
  }

  /** Judges a request. */
  public Verdict verdict(ReadRequest request) {
    Optional<Authority> authority = request.host().flatMap(Authority::parse);
    Optional<Host> local = Host.ofAddress(request.localAddress());
    boolean trusted =
        authority.map(Authority::host).filter(host -> isTrusted(host, local)).isPresent();
    // A request without a host comes from no browser.
    if (!trusted && request.host().isPresent() && mustBeTrusted(local)) {
      return Verdict.WRONG_HOST;
    }
    if (request.origin().isEmpty()) {
      return Verdict.NO_ORIGIN;
    }
    Optional<Origin> own =
        authority
            .map(host -> Origin.of(request.secure() ? "https" : "http", host))
            .filter(origin -> trusted || knowsNoNames());
    Optional<Origin> page = request.origin().flatMap(Origin::parse);
    if (own.isPresent() && own.equals(page)) {
      return Verdict.OWN_PAGE;
    }
    boolean mayRead = allOrigins || page.filter(this::mayRead).isPresent();
    return mayRead ? Verdict.ALLOWED : Verdict.WRONG_ORIGIN;
  }

  private boolean mayRead(Origin page) {
    return page.isLoopback() || origins.contains(page);
  }

  /** Returns whether a host is the server's for sure; no name server has a say in these. */
  private boolean isTrusted(Host host, Optional<Host> local) {
    return host.isLoopbackName() || hosts.contains(host) || local.equals(Optional.of(host));
  }

  /** On a network a server cannot know its names unless a setting names them. */
  private boolean mustBeTrusted(Optional<Host> local) {
    return !hosts.isEmpty() || local.isEmpty() || local.get().isLoopbackAddress();
  }

  private boolean knowsNoNames() {
    return hosts.isEmpty() && origins.isEmpty();
  }

  private static Optional<Host> host(String entry) {
    return Host.parse(entry)
        .or(() -> entry.contains(":") ? Host.ofAddress(entry) : Optional.empty());
  }

  private static List<String> entries(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static <T> Set<T> parsed(
      List<String> entries, Function<String, Optional<T>> parser, String rule) {
    return entries.stream()
        .map(
            entry ->
                parser
                    .apply(entry)
                    .orElseThrow(() -> new IllegalArgumentException(rule + ", not " + entry)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
