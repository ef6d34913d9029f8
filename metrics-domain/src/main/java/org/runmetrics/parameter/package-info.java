/** What is said of parameters that nobody knows. */
package org.runmetrics.parameter;
