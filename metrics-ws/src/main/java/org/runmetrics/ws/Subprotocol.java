package org.runmetrics.ws;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Deque;
import java.util.function.Consumer;
import org.runmetrics.log.LogView;
import org.runmetrics.log.Progress;

/** How messages are put into text. */
enum Subprotocol {
  /** A line a message, plain. */
  PLAIN {
    @Override
    String take(Deque<Message> messages) {
      return messages.remove().line();
    }
  },

  /** A line a message, with the offset after it: {@code {"offset":4,"line":"one"}}. */
  V1 {
    @Override
    String take(Deque<Message> messages) {
      Message message = messages.remove();
      return json(
          generator -> generator.write("offset", message.offset()).write("line", message.line()));
    }
  },

  /**
   * As many lines a message as wait, with the offset after the last: {@code
   * {"offset":8,"lines":["one","two"]}}. Words about the log are {@code {"info":"…"}}, a bar that
   * is being drawn is {@code {"bar":"…"}}.
   */
  V2 {
    @Override
    String take(Deque<Message> messages) {
      Message first = messages.getFirst();
      return switch (first.kind()) {
        case LINE -> lines(messages);
        case BAR -> words("bar", messages.remove());
        case INFO -> words("info", messages.remove());
        case ERROR -> words("error", messages.remove());
      };
    }
  };

  static final String V1_NAME = "metrics.logs.v1";
  static final String V2_NAME = "metrics.logs.v2";

  /** Of one message. */
  static final int MAX_LINES = 1000;

  private static final int MAX_CHARACTERS = 64 << 10;
  private static final JsonProvider JSON = JsonProvider.provider();

  /** Returns the subprotocol with a name, which is empty where none was agreed on. */
  static Subprotocol of(String name) {
    return switch (name == null ? "" : name) {
      case V1_NAME -> V1;
      case V2_NAME -> V2;
      default -> PLAIN;
    };
  }

  /** Returns a view of a log whose texts fit into one message. */
  LogView view(Progress progress) {
    return this == PLAIN ? new LogView(progress) : LogView.forJson(progress);
  }

  /** Takes the first of some messages, perhaps with those that follow, and returns the text. */
  abstract String take(Deque<Message> messages);

  private static String words(String name, Message message) {
    return json(generator -> generator.write(name, message.text()));
  }

  private static String lines(Deque<Message> messages) {
    return json(
        generator -> {
          generator.writeStartArray("lines");
          long offset = 0;
          int lines = 0;
          int characters = 0;
          Message next = messages.peek();
          while (next != null
              && next.kind() == Message.Kind.LINE
              && lines < MAX_LINES
              && (lines == 0 || characters + next.text().length() <= MAX_CHARACTERS)) {
            messages.remove();
            generator.write(next.text());
            offset = next.offset();
            lines++;
            characters += next.text().length();
            next = messages.peek();
          }
          generator.writeEnd();
          generator.write("offset", offset);
        });
  }

  private static String json(Consumer<JsonGenerator> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      content.accept(generator);
      generator.writeEnd();
    }
    return text.toString();
  }
}
