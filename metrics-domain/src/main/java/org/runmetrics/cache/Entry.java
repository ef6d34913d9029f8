package org.runmetrics.cache;

import org.runmetrics.series.Segment;

/** What the tiers hold under a name; it knows that name, so that none is taken for another. */
sealed interface Entry {
  /** What every entry takes on the heap besides its content: Ehcache's objects and the name. */
  int OVERHEAD_BYTES = 320;

  /** Returns the name under which it is held. */
  String name();

  /** Returns about how many bytes of heap it takes. */
  long bytes();

  /**
   * A segment.
   *
   * @param key what the segment is
   * @param segment its values
   */
  record OfSegment(SegmentKey key, Segment segment) implements Entry {
    @Override
    public String name() {
      return key.name();
    }

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + segment.bytes();
    }
  }

  /**
   * What is known of a run.
   *
   * @param path the file of its events
   * @param run what is known
   */
  record OfRun(String path, LoadedRun run) implements Entry {
    static String name(String path) {
      return "run:" + path;
    }

    @Override
    public String name() {
      return name(path);
    }

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + 2L * path.length() + run.bytes();
    }
  }

  /** Nothing: what is left of a value that does not have its checksum any more. */
  enum Nothing implements Entry {
    NOTHING;

    @Override
    public long bytes() {
      return OVERHEAD_BYTES;
    }
  }
}
