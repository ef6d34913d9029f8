package org.runmetrics.push;

/** Says that the server stops soon: clients that stay are told to come back later, or elsewhere. */
public record Farewell() {}
