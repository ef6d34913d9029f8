package org.runmetrics.live;

/**
 * What leads from one place to another.
 *
 * @param from where it begins
 * @param change what changed
 * @param to where it ends
 */
record Step<P, C>(P from, C change, P to) {}
