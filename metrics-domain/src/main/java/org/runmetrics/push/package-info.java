/** What is pushed: one message at a time to each client, by turns on a few threads. */
package org.runmetrics.push;
