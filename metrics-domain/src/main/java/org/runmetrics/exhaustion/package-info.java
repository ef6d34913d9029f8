/** What the server has run out of. */
package org.runmetrics.exhaustion;
