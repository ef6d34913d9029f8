/** Series of runs, loaded once, grown with their files, and kept in Ehcache. */
package org.runmetrics.cache;
