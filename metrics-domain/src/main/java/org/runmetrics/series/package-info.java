/** A run's values as columns, in immutable segments. */
package org.runmetrics.series;
