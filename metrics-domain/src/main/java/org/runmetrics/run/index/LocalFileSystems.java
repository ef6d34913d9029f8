package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which file systems report every change.
 *
 * <p>Those that other machines write to do not, nor do those of user space; so only those count
 * that are known to. Not thread-safe.
 */
final class LocalFileSystems {
  /** The file systems of Linux that live on this machine alone. */
  static final Set<String> LINUX =
      Set.of(
          "bcachefs",
          "btrfs",
          "ext2",
          "ext3",
          "ext4",
          "f2fs",
          "jfs",
          "overlay",
          "ramfs",
          "tmpfs",
          "xfs",
          "zfs");

  private final Set<String> types;

  /** What was found out, by device. */
  private final Map<Object, Boolean> devices = new HashMap<>();

  LocalFileSystems(Set<String> types) {
    this.types = types;
  }

  /** Returns whether all changes in a directory are reported. */
  boolean tell(Path directory) {
    try {
      Object device = Files.getAttribute(directory, "unix:dev");
      return devices.computeIfAbsent(device, unknown -> types.contains(type(directory)));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return false;
    }
  }

  /** A subvolume has a device of its own and is mounted with its parent. */
  private static String type(Path directory) {
    try {
      return Files.getFileStore(directory).type();
    } catch (IOException notMounted) {
      Path parent = directory.getParent();
      return parent == null ? "" : type(parent);
    }
  }
}
