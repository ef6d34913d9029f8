/** Changes in directories, as the operating system reports them. */
package org.runmetrics.watch;
