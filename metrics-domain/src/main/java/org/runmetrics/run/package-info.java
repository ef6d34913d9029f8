/** One run: its id, its directory and the files in it, and what it says about itself. */
package org.runmetrics.run;
