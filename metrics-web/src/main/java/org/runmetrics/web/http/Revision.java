package org.runmetrics.web.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an answer is made of, in a few characters: a client that has the same needs no other answer.
 */
public final class Revision {
  /** Raised when the same would be answered with other bytes than by an earlier release. */
  private static final int FORMAT = 1;

  private static final int BYTES = 16;

  private final EntityTag tag;

  private Revision(EntityTag tag) {
    this.tag = tag;
  }

  /**
   * Takes everything that an answer is made of: its query, and how far each file was read.
   *
   * @param parts records, or others whose text tells them apart and is the same in any process
   */
  public static Revision of(Object... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((byte) FORMAT);
      byte[] digest = sha.digest(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
      return new Revision(
          new EntityTag(
              Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(Arrays.copyOf(digest, BYTES))));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Revision revision && tag.equals(revision.tag);
  }

  @Override
  public int hashCode() {
    return tag.hashCode();
  }

  /** Tells whether the client has the answer already. */
  private boolean isKnownTo(HttpHeaders request) {
    List<String> known = request.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
    return known != null && tag.isNamedIn(known);
  }

  /** Returns an answer, made only for a client that has not got it already. */
  public Response.ResponseBuilder answer(
      HttpHeaders request, Supplier<Response.ResponseBuilder> source) {
    return mark(isKnownTo(request) ? Response.notModified() : source.get());
  }

  /** Lets the client keep an answer, and ask before it uses it again. */
  private Response.ResponseBuilder mark(Response.ResponseBuilder answer) {
    return answer
        .header(HttpHeaders.ETAG, tag.toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }
}
