/** Numbers and strings as JSON text, written straight into bytes. */
package org.runmetrics.web.text;
