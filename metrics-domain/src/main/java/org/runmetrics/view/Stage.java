package org.runmetrics.view;

/**
 * Events one after the other in which a metric is the same text.
 *
 * @param text what it is
 * @param firstKey where on the axis the first of the events lies
 * @param lastKey where the last of them lies; below the first if the run went back in between
 * @param events how many there are
 */
public record Stage(String text, long firstKey, long lastKey, long events) {}
