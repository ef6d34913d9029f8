/** The log of a run over HTTP: windows of it, searches, the file. */
package org.runmetrics.web.log;
