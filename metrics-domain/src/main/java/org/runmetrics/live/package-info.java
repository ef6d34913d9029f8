/** What is new, for those who stay: one feed a subject, however many listen. */
package org.runmetrics.live;
