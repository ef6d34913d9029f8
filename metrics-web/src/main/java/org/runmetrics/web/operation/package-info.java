/**
 * What those that operate a server ask of it: its health, a line for each request, a quiet stop.
 */
package org.runmetrics.web.operation;
