package org.runmetrics.log;

/**
 * A line as one reader sees it.
 *
 * @param offset byte offset after the last raw line that is through with it: a reader that resumes
 *     there neither loses a line nor sees one twice
 * @param text the line without its end
 */
public record ShownLine(long offset, String text) {}
