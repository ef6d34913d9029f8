/**
 * What holds for every answer: who may read, errors, limits, validators, kept answers, compression.
 */
package org.runmetrics.web.http;
