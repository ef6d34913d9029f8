/** Logs that are still being written: one tail a file, however many listen. */
package org.runmetrics.log;
