package org.runmetrics.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Counts the regular files in a directory and below, up to a limit.
 *
 * <p>Links are neither followed nor counted. What cannot be read is passed over. Of anything else
 * than files no more than the limit is looked at either, so that the time it takes is bounded.
 */
final class FileCount extends SimpleFileVisitor<Path> {
  private final int limit;
  private int files;
  private int others;

  private FileCount(int limit) {
    this.limit = limit;
  }

  static int of(Path directory, int limit) throws IOException {
    FileCount count = new FileCount(limit);
    Files.walkFileTree(directory, count);
    return count.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    others++;
    return result();
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      files++;
    } else {
      others++;
    }
    return result();
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
    others++;
    return result();
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException unreadable) {
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult result() {
    return files < limit && others < limit ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }
}
