/** The page that people look at: what its files need of the server. */
package org.runmetrics.web.page;
