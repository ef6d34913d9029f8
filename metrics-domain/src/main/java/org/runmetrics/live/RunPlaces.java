package org.runmetrics.live;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.runmetrics.series.Position;
import org.runmetrics.series.ShortPosition;

/**
 * How far somebody has heard of several runs, as one token.
 *
 * <p>Runs are told apart by a digest of their ids, so their order does not count, and others may be
 * asked for later. If two had the same digest, the file of one would not fit the place of the
 * other, which then begins anew.
 */
public final class RunPlaces {
  /** The most runs of one token. */
  public static final int MOST = 50;

  /** Of somebody who has heard nothing of any run. */
  public static final RunPlaces NONE = new RunPlaces(Map.of());

  /** Raised when tokens change; other than that of a {@link Position}, so none is the other. */
  private static final byte VERSION = 0x21;

  /** An id, numbers of the greatest length, and digests. */
  private static final int MOST_BYTES = 2 * Integer.BYTES + Long.BYTES + 3 * 10;

  /** In the order in which they are written. */
  private final Map<Integer, ShortPosition> places;

  private RunPlaces(Map<Integer, ShortPosition> places) {
    this.places = Collections.unmodifiableMap(places);
  }

  /** Takes the places by the ids of runs, at most {@value #MOST}. */
  public static RunPlaces of(Map<String, Position> heard) {
    Map<Integer, ShortPosition> places = new LinkedHashMap<>();
    heard.forEach((id, position) -> places.put(digest(id), ShortPosition.of(position)));
    return new RunPlaces(places);
  }

  /** Reads what {@link #token()} wrote, and nothing else. */
  public static Optional<RunPlaces> ofToken(String token) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      Map<Integer, ShortPosition> places = new LinkedHashMap<>();
      boolean known = bytes.get() == VERSION;
      while (known && bytes.hasRemaining() && places.size() < MOST) {
        places.put(bytes.getInt(), ShortPosition.read(bytes));
      }
      // Many texts stand for the same bytes, of which only one was given out.
      return Optional.of(new RunPlaces(places)).filter(it -> it.token().equals(token));
    } catch (IllegalArgumentException | BufferUnderflowException notOne) {
      return Optional.empty();
    }
  }

  /** Returns the place in a run, if the token names that run. */
  public Optional<ShortPosition> of(String id) {
    return Optional.ofNullable(places.get(digest(id)));
  }

  /** Returns all as a text that is safe in a header and in an address, at most 2 kB of 50 runs. */
  public String token() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + MOST_BYTES * places.size());
    bytes.put(VERSION);
    places.forEach((id, place) -> place.write(bytes.putInt(id)));
    byte[] text = Base64.getUrlEncoder().withoutPadding().encode(bytes.flip()).array();
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static int digest(String id) {
    CRC32 digest = new CRC32();
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    return (int) digest.getValue();
  }
}
