package org.runmetrics.ws;

/**
 * How much may wait for one client.
 *
 * @param lines messages
 * @param bytes bytes that the lines took in the log; a single longer line may still wait alone
 */
record QueueBounds(int lines, long bytes) {}
