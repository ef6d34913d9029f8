package org.runmetrics.web.stream;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks answers that are streams of events. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@interface Streamed {}
