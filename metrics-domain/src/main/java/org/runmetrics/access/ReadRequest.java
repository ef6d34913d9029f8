package org.runmetrics.access;

import java.util.List;
import java.util.Optional;

/**
 * What a request says of the page that it comes from.
 *
 * @param secure whether it came over TLS
 * @param host the header {@code Host}
 * @param origin the header {@code Origin}, which clients other than browsers do not send
 * @param localAddress the server's end of the connection, an IP address
 */
public record ReadRequest(
    boolean secure, Optional<String> host, Optional<String> origin, String localAddress) {

  /**
   * Takes headers as servers hand them out.
   *
   * @param hosts all headers {@code Host}; more than one make none that is allowed
   * @param origins all headers {@code Origin}, likewise
   */
  public static ReadRequest of(
      boolean secure, List<String> hosts, List<String> origins, String localAddress) {
    return new ReadRequest(secure, joined(hosts), joined(origins), localAddress);
  }

  private static Optional<String> joined(List<String> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }
}
