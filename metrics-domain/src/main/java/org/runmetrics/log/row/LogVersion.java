package org.runmetrics.log.row;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.runmetrics.file.RegularFile;
import org.runmetrics.log.LogFile;
import org.runmetrics.run.RunDirectory;

/**
 * What tells a log from what it was before: its text is the same in any process.
 *
 * @param file the identity of the file
 * @param size bytes that are read of it
 * @param modified when it was written last, looked at after the size: a log of the same size that
 *     was written since has another time
 * @param ended whether nobody writes it any more
 */
public record LogVersion(String file, long size, FileTime modified, boolean ended) {

  static LogVersion of(LogFile file, RunDirectory run, boolean ended) throws IOException {
    long size = file.channel().size();
    Optional<RegularFile> now = run.log();
    FileTime modified = now.isPresent() ? now.get().stamp().modified() : FileTime.fromMillis(0);
    return new LogVersion(file.key(), size, modified, ended);
  }
}
