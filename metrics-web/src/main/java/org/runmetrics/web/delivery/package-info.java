/**
 * Long answers on their way to clients: written by threads of their own, for each client few at a
 * time, and given up where nobody takes them.
 *
 * <p>A server has few threads for requests. A thread that writes waits for its client, so that 200
 * clients that ask for a long table and read nothing would stop a server for all others.
 */
package org.runmetrics.web.delivery;
