package org.runmetrics.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * What the file system reports of a file: enough to see that it did not change.
 *
 * @param key the file's identity on its device, such as its inode; {@code "null"} where the file
 *     system has none
 * @param size in bytes
 * @param modified when it was last written
 */
public record FileStamp(String key, long size, FileTime modified) {

  /** Asks the file system now. */
  public static FileStamp of(Path file) throws IOException {
    return of(Files.readAttributes(file, BasicFileAttributes.class));
  }

  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(
        Objects.toString(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
  }
}
