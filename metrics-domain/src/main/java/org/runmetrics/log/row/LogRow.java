package org.runmetrics.log.row;

/**
 * A row of a log as a reader sees it whose progress bars are one row each.
 *
 * @param row its number among all rows, the first is 0
 * @param line the number of the line of the file that it is in, the first is 1
 * @param offset byte offset where a reader goes on that has seen it
 * @param text with its colours and no other escape sequences
 */
public record LogRow(long row, long line, long offset, String text) {}
