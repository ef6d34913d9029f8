/** Values of one metric, by row, in the narrowest form that holds them. */
package org.runmetrics.series.column;
