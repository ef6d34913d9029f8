/** The HTTP side: resources, how tables become bytes, limits and errors. */
package org.runmetrics.web;
