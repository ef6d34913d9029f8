/** Tables over a series: one row for each step, or for each time. */
package org.runmetrics.view;
