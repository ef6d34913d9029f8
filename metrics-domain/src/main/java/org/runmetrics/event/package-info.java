/** What a line of {@code events.jsonl} says. */
package org.runmetrics.event;
