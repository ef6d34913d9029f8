/** Curves for charts: a metric over an axis, as exact as the points asked for allow. */
package org.runmetrics.curve;
