package org.runmetrics.log;

/**
 * A line as one reader sees it.
 *
 * @param offset byte offset after the last raw line that is through with it: a reader that resumes
 *     there neither loses a line nor sees one twice
 * @param number the number of the line of the file that it is in, the first is 1; 0 where nobody
 *     counts
 * @param text the line without its end
 */
public record ShownLine(long offset, long number, String text) {}
