package org.runmetrics.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of text at a time, in a 64-bit word whose lowest byte comes first.
 *
 * <p>Tests for single bytes are those of Warren, <i>Hacker's Delight</i>, 6-1: the lowest byte they
 * report is exact, bytes after it need not be.
 */
final class Words {
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long ZERO_DIGITS = 0x3030_3030_3030_3030L;
  private static final long HIGH_NIBBLES = 0xF0F0_F0F0_F0F0_F0F0L;
  private static final long SIXES = 0x0606_0606_0606_0606L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  static long load(byte[] bytes, int position) {
    return (long) LONGS.get(bytes, position);
  }

  /** Returns how many of the first bytes are decimal digits, from 0 to 8. */
  static int digitCount(long word) {
    long values = word ^ ZERO_DIGITS;
    long others = (values + SIXES | values) & HIGH_NIBBLES;
    return Long.numberOfTrailingZeros(others) >> 3;
  }

  /**
   * Returns the number that the first bytes, 1 to 8 digits, stand for.
   *
   * <p>Neighbours are joined in three rounds: digits to pairs, pairs to fours, fours to the number
   * (Lemire, <i>Quickly parsing eight digits</i>, 2018).
   */
  static long number(long word, int digits) {
    long values = (word ^ ZERO_DIGITS) << (64 - 8 * digits);
    long pairs = values * 10 + (values >>> 8);
    return ((pairs & 0x0000_00FF_0000_00FFL) * 0x000F_4240_0000_0064L
            + (pairs >>> 16 & 0x0000_00FF_0000_00FFL) * 0x0000_2710_0000_0001L)
        >>> 32;
  }

  /** Returns the place of the first quote, backslash or control character, or 8. */
  static int plainTextCount(long word) {
    long quotes = word ^ '"' * ONES;
    long backslashes = word ^ '\\' * ONES;
    long others =
        ((quotes - ONES) & ~quotes)
            | ((backslashes - ONES) & ~backslashes)
            | ((word - ' ' * ONES) & ~word);
    return Long.numberOfTrailingZeros(others & HIGH_BITS) >> 3;
  }
}
