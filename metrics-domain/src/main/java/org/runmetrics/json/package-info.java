/** JSON text as Python writes it, read into a small tree of values. */
package org.runmetrics.json;
