/** WebSocket frames as bytes (RFC 6455), the server's side. */
package org.runmetrics.frame;
