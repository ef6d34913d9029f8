package org.runmetrics.web.summary;

import org.runmetrics.view.Stages;

/**
 * The stages of one run.
 *
 * @param stages the stages
 * @param origin what is taken from each time, in epoch seconds
 */
record RunStages(Stages stages, double origin) {}
