/** What requests ask for: their parameters, checked, and what answers them. */
package org.runmetrics.web.query;
