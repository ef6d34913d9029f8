/** The images that runs log. */
package org.runmetrics.image;
