/** The application and its wiring. */
package org.runmetrics.web;
