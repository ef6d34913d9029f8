/** Tables, curves and runs as bytes: JSON, CSV, JSON lines, columns. */
package org.runmetrics.web.answer;
