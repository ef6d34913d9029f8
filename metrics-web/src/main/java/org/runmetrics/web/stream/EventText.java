package org.runmetrics.web.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.runmetrics.web.text.JsonOutput;

/**
 * Events as the text of a stream (the HTML standard, server-sent events).
 *
 * <p>Data is JSON, which has no line ends of its own here, so it is one line.
 */
final class EventText {
  /** Nothing to a client, but something to its connection. */
  static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

  /** An object without fields. */
  static final byte[] EMPTY = {'{', '}'};

  private static final byte[] END = "\n\n".getBytes(UTF_8);
  private static final int OBJECT_BYTES = 128;

  private EventText() {}

  /** Returns an event that only says where a client is, which clients keep to themselves. */
  static byte[] place(String id) {
    return ("id: " + id + "\n\n").getBytes(UTF_8);
  }

  static byte[] event(String name, byte[] json) {
    return join("event: " + name + "\ndata: ", json);
  }

  /** Returns an event after which a client may go on. */
  static byte[] event(String name, byte[] json, String id) {
    return join("event: " + name + "\nid: " + id + "\ndata: ", json);
  }

  /** Returns an object with one text. */
  static byte[] object(String name, String text) {
    return JsonOutput.text(
        OBJECT_BYTES, output -> output.raw("{").string(name).raw(":").string(text).raw("}"));
  }

  /** Returns an object that also says, first, of which run it is. */
  static byte[] of(String run, byte[] object) {
    return JsonOutput.text(
        object.length + OBJECT_BYTES + run.length(),
        output -> {
          output.raw("{\"run\":").string(run).raw(object.length > EMPTY.length ? "," : "");
          output.bytes(Arrays.copyOfRange(object, 1, object.length));
        });
  }

  private static byte[] join(String head, byte[] json) {
    byte[] begin = head.getBytes(UTF_8);
    byte[] text = new byte[begin.length + json.length + END.length];
    System.arraycopy(begin, 0, text, 0, begin.length);
    System.arraycopy(json, 0, text, begin.length, json.length);
    System.arraycopy(END, 0, text, begin.length + json.length, END.length);
    return text;
  }
}
