package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.runmetrics.exhaustion.Exhaustion;
import org.runmetrics.file.SilentDiskException;

/** What the platform throws when there is none left. */
class ExhaustionTest {
  private final ProblemMapper mapper = new ProblemMapper();

  static Stream<Arguments> failures() {
    FileSystemException files =
        new FileSystemException("/srv/secret/events.jsonl", null, "Too many open files");
    return Stream.of(
        Arguments.of("memory", new OutOfMemoryError("Java heap space")),
        Arguments.of("memory", new OutOfMemoryError()),
        Arguments.of("memory", new IllegalStateException(new OutOfMemoryError("Metaspace"))),
        Arguments.of("threads", new OutOfMemoryError("unable to create native thread: possibly")),
        Arguments.of("threads", new RejectedExecutionException("full")),
        Arguments.of("descriptors of files", files),
        Arguments.of("descriptors of files", new UncheckedIOException(files)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_request_that_fails_for_it_may_be_tried_again(String missing, Throwable failure) {
    Response answer = mapper.toResponse(failure);

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
    assertThat(answer.getEntity())
        .hasToString("{\"detail\":\"The server is out of " + missing + ", try again later\"}");
  }

  @Test
  void other_failures_are_none_of_it() {
    assertThat(Exhaustion.of(new IOException("Input/output error"))).isEmpty();
    assertThat(Exhaustion.of(new StackOverflowError())).isEmpty();
    assertThat(Problem.passing(new IOException("broken"))).isEmpty();
  }

  @Test
  void a_disk_that_does_not_answer_may_be_asked_again() {
    Response answer = mapper.toResponse(new UncheckedIOException(new SilentDiskException()));

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
  }

  @Test
  void an_operator_is_told_in_one_line_and_not_for_each_request() {
    Logger logger = Logger.getLogger(Exhaustion.class.getName());
    List<LogRecord> told = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            told.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      for (int request = 0; request < 100; request++) {
        assertThat(mapper.toResponse(new OutOfMemoryError("Java heap space")).getStatus())
            .isEqualTo(503);
      }
    } finally {
      logger.removeHandler(handler);
    }
    // None if another test was told of it less than a minute ago.
    assertThat(told).hasSizeLessThanOrEqualTo(1);
    assertThat(told).allSatisfy(line -> assertThat(line.getThrown()).isNull());
  }
}
