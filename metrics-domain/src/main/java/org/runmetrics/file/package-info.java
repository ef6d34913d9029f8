/**
 * Files that others write, opened so that nothing but what was looked for is read: regular files
 * below a folder, whatever takes their names meanwhile.
 *
 * <p>Nothing is ever written, and a disk that does not answer holds up nobody for ever.
 */
package org.runmetrics.file;
