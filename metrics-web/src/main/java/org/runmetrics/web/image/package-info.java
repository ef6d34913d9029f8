/** The images of a run, and the files that it saved. */
package org.runmetrics.web.image;
