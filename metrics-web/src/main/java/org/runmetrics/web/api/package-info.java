/** The resources, thin: each parses, looks up, and hands on an answer. */
package org.runmetrics.web.api;
