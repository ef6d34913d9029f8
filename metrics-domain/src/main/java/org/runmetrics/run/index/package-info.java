/** Which runs there are: the only place where an id becomes a path, and where paths are checked. */
package org.runmetrics.run.index;
