package org.runmetrics.web.operation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many threads each pool has, ours and the server's.
 *
 * <p>No interface tells of a server's pools, but threads of one pool are named alike and numbered.
 */
final class PoolThreads {
  /** Names may come from anywhere; so many figures are enough for any server. */
  private static final int MAX_POOLS = 50;

  private static final String OTHERS = "others";

  private PoolThreads() {}

  /** Counts the threads that there are now, by the names of their pools. */
  static Map<String, Long> count() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Long> all =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(Objects::nonNull)
            .map(ThreadInfo::getThreadName)
            .collect(Collectors.groupingBy(PoolThreads::pool, TreeMap::new, Collectors.counting()));
    return all.keySet().stream()
        .collect(
            Collectors.groupingBy(
                nameOrOthers(all), TreeMap::new, Collectors.summingLong(all::get)));
  }

  /** Returns a thread's name without numbers and what stands around them. */
  static String pool(String thread) {
    String name = thread.replaceAll("[-_#(\\[ ]*\\d+[)\\]]*", "").strip();
    return name.isEmpty() ? OTHERS : name;
  }

  /** Keeps the largest pools by name. */
  private static Function<String, String> nameOrOthers(Map<String, Long> all) {
    var kept =
        all.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MAX_POOLS)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return name -> kept.contains(name) ? name : OTHERS;
  }
}
