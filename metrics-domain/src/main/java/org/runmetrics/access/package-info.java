/** Which hosts the server answers for, which web pages may read from it, and who is let in. */
package org.runmetrics.access;
