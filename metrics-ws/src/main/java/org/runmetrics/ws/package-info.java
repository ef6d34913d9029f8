/** The log socket: each client's session reads from the shared tail of a log. */
package org.runmetrics.ws;
