package org.runmetrics.web.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.runmetrics.web.text.JsonOutput;

/** Makes events whose data is JSON in one line. */
record Events(Sse sse) {
  private static final int OBJECT_BYTES = 128;

  /** Returns an event that only tells where a client is, which browsers keep to themselves. */
  OutboundSseEvent place(String id) {
    // Jersey writes no id without data.
    return sse.newEventBuilder().id(id).data(String.class, "").build();
  }

  /** Returns an event that tells that the stream has begun. */
  OutboundSseEvent start() {
    return sse.newEventBuilder().comment("").build();
  }

  OutboundSseEvent event(String name, byte[] json) {
    return builder(name, json).build();
  }

  /** Returns an event behind which a client may go on. */
  OutboundSseEvent event(String name, byte[] json, String id) {
    return builder(name, json).id(id).build();
  }

  /** Returns an object with one text. */
  static byte[] object(String name, String text) {
    return JsonOutput.text(
        OBJECT_BYTES, output -> output.raw("{").string(name).raw(":").string(text).raw("}"));
  }

  private OutboundSseEvent.Builder builder(String name, byte[] json) {
    return sse.newEventBuilder()
        .name(name)
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(byte[].class, json);
  }
}
