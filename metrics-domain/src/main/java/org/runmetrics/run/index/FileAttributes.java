package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What the file system keeps about a file.
 *
 * @param changed when the file or these were last written, which on Unix nobody can set back; when
 *     the file was last written elsewhere
 */
record FileAttributes(boolean link, boolean directory, Object key, long size, FileTime changed) {
  private static final String UNIX = "unix";
  private static final String NAMES = UNIX + ":isSymbolicLink,isDirectory,fileKey,size,ctime";

  static FileAttributes of(Path path, LinkOption... options) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains(UNIX)
        ? ofUnix(Files.readAttributes(path, NAMES, options))
        : of(Files.readAttributes(path, BasicFileAttributes.class, options));
  }

  private static FileAttributes ofUnix(Map<String, Object> attributes) {
    return new FileAttributes(
        Boolean.TRUE.equals(attributes.get("isSymbolicLink")),
        Boolean.TRUE.equals(attributes.get("isDirectory")),
        Objects.requireNonNull(attributes.get("fileKey")),
        (Long) Objects.requireNonNull(attributes.get("size")),
        (FileTime) Objects.requireNonNull(attributes.get("ctime")));
  }

  private static FileAttributes of(BasicFileAttributes attributes) {
    return new FileAttributes(
        attributes.isSymbolicLink(),
        attributes.isDirectory(),
        Objects.requireNonNullElse(attributes.fileKey(), ""),
        attributes.size(),
        attributes.lastModifiedTime());
  }
}
