package org.runmetrics.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer is made of, in a few characters: a client that has the same needs no other answer.
 */
public final class Revision {
  /** Raised when the same would be answered with other bytes than by an earlier release. */
  private static final int FORMAT = 1;

  private static final int BYTES = 16;

  /** A tag may hold commas, so a list of them is not to be split. */
  private static final Pattern TAG = Pattern.compile("\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");

  /** Begins the tag of answers that may differ in bytes that mean the same: RFC 9110, 8.8.3. */
  static final String WEAK = "W/";

  /** The entity tag without what is around it. */
  private final String opaque;

  private final boolean weak;

  private Revision(String opaque, boolean weak) {
    this.opaque = opaque;
    this.weak = weak;
  }

  /**
   * Takes everything that an answer is made of: its query, and how far each file was read.
   *
   * @param parts records, or others whose text tells them apart and is the same in any process
   */
  public static Revision of(Object... parts) {
    return digest(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the text of an answer as it is, which holds everything that it is made of. */
  public static Revision ofText(byte[] text) {
    return digest(text);
  }

  /** Returns the same for an answer that also tells how long it took, which nobody asks for. */
  public Revision weak() {
    return new Revision(opaque, true);
  }

  private static Revision digest(byte[] text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((byte) FORMAT);
      byte[] digest = Arrays.copyOf(sha.digest(text), BYTES);
      return new Revision(Base64.getUrlEncoder().withoutPadding().encodeToString(digest), false);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Revision revision && opaque.equals(revision.opaque);
  }

  @Override
  public int hashCode() {
    return opaque.hashCode();
  }

  /**
   * Returns an answer, made only for a client that has not got it already.
   *
   * <p>Only what is made counts as a request where requests are limited.
   */
  public Response.ResponseBuilder answer(
      HttpServletRequest request, Supplier<Response.ResponseBuilder> source) {
    if (isNamedIn(Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)))) {
      return mark(Response.notModified());
    }
    RateLimiter.Allowance.of(request)
        .flatMap(RateLimiter.Allowance::take)
        .ifPresent(
            refusal -> {
              throw new WebApplicationException(refusal);
            });
    return mark(source.get());
  }

  /**
   * Returns whether {@code If-None-Match} names the tag, strong or weak, or just any.
   *
   * @param lines as often as the field is given
   */
  private boolean isNamedIn(List<String> lines) {
    for (String line : lines) {
      if (line.strip().equals("*")) {
        return true;
      }
      for (Matcher tag = TAG.matcher(line); tag.find(); ) {
        // The field is compared weakly: RFC 9110, 13.1.2.
        if (tag.group(1).equals(opaque)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the entity tag. */
  public String tag() {
    return (weak ? WEAK : "") + '"' + opaque + '"';
  }

  /**
   * Returns whether a client that names a tag has just the bytes that are answered: RFC 9110,
   * 13.1.5.
   */
  public boolean isExactly(String tag) {
    return !weak && tag.equals('"' + opaque + '"');
  }

  /** Lets the client keep an answer, and ask before it uses it again. */
  private Response.ResponseBuilder mark(Response.ResponseBuilder answer) {
    return answer
        .header(HttpHeaders.ETAG, tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }
}
