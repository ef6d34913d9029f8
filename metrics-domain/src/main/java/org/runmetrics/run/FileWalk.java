package org.runmetrics.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lists the regular files in a directory and below, up to a limit.
 *
 * <p>Links are neither followed nor listed. What cannot be read is passed over. Of anything else
 * than files no more than the limit is looked at either, so that the time it takes is bounded.
 */
final class FileWalk extends SimpleFileVisitor<Path> {
  private final int limit;
  private final List<ListedFile> files = new ArrayList<>();

  /** The names of the directories around what is visited, each with a slash after it. */
  private String place = "";

  private int directories;
  private int others;

  private FileWalk(int limit) {
    this.limit = limit;
  }

  /** Returns the files by their paths; where there are more than the limit, any of them. */
  static List<ListedFile> of(Path directory, int limit) throws IOException {
    FileWalk walk = new FileWalk(limit);
    Files.walkFileTree(directory, walk);
    walk.files.sort(Comparator.comparing(ListedFile::path));
    return List.copyOf(walk.files);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    others++;
    if (directories++ > 0) {
      place += PathName.of(directory) + "/";
    }
    return result();
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      files.add(
          new ListedFile(
              place + PathName.of(file), attributes.size(), attributes.lastModifiedTime()));
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
    if (--directories > 0) {
      place = place.substring(0, place.length() - PathName.of(directory).length() - 1);
    }
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult result() {
    return files.size() < limit && others < limit
        ? FileVisitResult.CONTINUE
        : FileVisitResult.TERMINATE;
  }
}
