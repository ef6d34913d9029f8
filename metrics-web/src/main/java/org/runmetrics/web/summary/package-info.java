/** Many runs in a few numbers each: the statistics of their metrics, and their stages. */
package org.runmetrics.web.summary;
