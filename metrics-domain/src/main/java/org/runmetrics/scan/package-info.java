/** Event files into segments, block by block, by as many threads as may. */
package org.runmetrics.scan;
