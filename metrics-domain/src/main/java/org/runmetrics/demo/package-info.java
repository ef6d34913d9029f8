/** Sample runs for a first look, one of them in training. */
package org.runmetrics.demo;
