package org.runmetrics.run;

import java.nio.file.attribute.FileTime;

/**
 * A file of a run.
 *
 * @param path relative to the run's directory, with slashes
 * @param bytes its size
 * @param modified when it was last written
 */
public record ListedFile(String path, long bytes, FileTime modified) {}
