/** Which runs are wanted, in which order, and which page of them. */
package org.runmetrics.run.query;
