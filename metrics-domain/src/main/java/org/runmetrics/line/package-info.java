/** Complete lines of a file that is still being written. */
package org.runmetrics.line;
