/** Rows of a log by number: windows of them, and those that hold a text. */
package org.runmetrics.log.row;
