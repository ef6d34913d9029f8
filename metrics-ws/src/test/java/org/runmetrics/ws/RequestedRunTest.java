package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestedRunTest {
  @Test
  void the_run_is_the_segment_before_the_end_of_the_address_decoded_once() {
    assertThat(RequestedRun.id("/api/runs/a%20b+c%2525/logs/ws")).contains("a b+c%25");
    assertThat(RequestedRun.id("/context/api/runs/x/logs/ws")).contains("x");
    assertThat(RequestedRun.id("/api/runs/..%2Fx/logs/ws")).contains("../x");
    assertThat(RequestedRun.id("/elsewhere")).isEmpty();
    assertThat(RequestedRun.id("/api/runs/a/b/logs/ws")).isEmpty();
  }
}
