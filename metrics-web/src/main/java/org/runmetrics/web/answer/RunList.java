package org.runmetrics.web.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.List;
import org.runmetrics.run.RunInfo;
import org.runmetrics.web.text.JsonOutput;

/** The list of runs as JSON, of which only what changed is written anew. */
public final class RunList {
  public static final RunList EMPTY = new RunList(List.of(), new byte[] {'[', ']'}, new int[0]);

  private final List<RunInfo> runs;
  private final byte[] bytes;

  /** Where each run's JSON ends in the bytes. */
  private final int[] ends;

  private RunList(List<RunInfo> runs, byte[] bytes, int[] ends) {
    this.runs = runs;
    this.bytes = bytes;
    this.ends = ends;
  }

  /** Returns the list of other runs; those that are the same objects cost no more than a copy. */
  public RunList with(List<RunInfo> others) {
    if (others.equals(runs) && others.stream().noneMatch(RunInfo::isOutOfSight)) {
      return this;
    }
    IdentityHashMap<RunInfo, Integer> places = new IdentityHashMap<>(2 * runs.size());
    for (int i = 0; i < runs.size(); i++) {
      places.put(runs.get(i), i);
    }
    ByteArrayOutputStream sink = new ByteArrayOutputStream(bytes.length + 1024);
    int[] endings = new int[others.size()];
    try {
      JsonOutput output = new JsonOutput(sink);
      sink.write('[');
      for (int i = 0; i < endings.length; i++) {
        if (i > 0) {
          sink.write(',');
        }
        RunInfo run = others.get(i);
        Integer place = places.get(run);
        // How long ago a run out of sight was written to is another time each time.
        if (place == null || run.isOutOfSight()) {
          RunJson.write(run, output);
          output.flush();
        } else {
          int start = start(place);
          sink.write(bytes, start, ends[place] - start);
        }
        endings[i] = sink.size();
      }
      sink.write(']');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new RunList(others, sink.toByteArray(), endings);
  }

  /** Returns the JSON, which nobody may change. */
  public byte[] bytes() {
    return bytes;
  }

  /** A run comes after the bracket or the comma after the one before it. */
  private int start(int place) {
    return place == 0 ? 1 : ends[place - 1] + 1;
  }
}
