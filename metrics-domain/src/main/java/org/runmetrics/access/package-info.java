/** Which hosts the server answers for, and which web pages may read from it. */
package org.runmetrics.access;
