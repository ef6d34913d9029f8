package org.runmetrics.log.row;

/**
 * A text that can be read until a moment.
 *
 * <p>A regular expression may try a text in more ways than there is time for. It reads a character
 * for each, which is where it can be stopped.
 */
final class TimedText implements CharSequence {
  private static final int READS_BETWEEN_LOOKS = 1 << 12;

  private final String text;
  private final long deadline;
  private int reads;

  TimedText(String text, long deadline) {
    this.text = text;
    this.deadline = deadline;
  }

  @Override
  public char charAt(int index) {
    if (++reads % READS_BETWEEN_LOOKS == 0 && System.nanoTime() - deadline > 0) {
      throw new Late();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Says that the moment has passed. */
  static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Late() {
      super("Time is up", null, false, false);
    }
  }
}
