/** What an operator can set, read once at the start. */
package org.runmetrics.settings;
