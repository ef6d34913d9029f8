/** Server-sent events of a run and of the list of runs. */
package org.runmetrics.web.stream;
