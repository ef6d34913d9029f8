package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final Pulse pulse = new Pulse(Duration.ofHours(1));

  @Test
  void a_client_that_is_not_heard_of_at_two_looks_is_silent() {
    pulse.ready(true);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.SILENT);
  }

  @Test
  void a_client_that_answers_is_well() {
    pulse.ready(true);
    for (int i = 0; i < 5; i++) {
      assertThat(pulse.hear()).isTrue();
      assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    }
  }

  @Test
  void a_client_that_takes_nothing_is_stuck_and_not_silent_as_the_pings_never_came() {
    pulse.ready(false);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.STUCK);
  }

  @Test
  void a_client_that_took_all_until_just_now_has_got_the_pings() {
    pulse.ready(true);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    pulse.ready(false);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.SILENT);
  }

  @Test
  void a_client_that_takes_something_at_last_may_stay() {
    pulse.ready(false);
    for (int i = 0; i < 2; i++) {
      assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
    }
    pulse.taken();
    pulse.ready(true);
    assertThat(pulse.look()).isEqualTo(Pulse.Finding.WELL);
  }

  @Test
  void a_client_that_only_pings_sends_too_much() {
    for (int i = 0; i < 1000; i++) {
      assertThat(pulse.hear()).isTrue();
    }
    assertThat(pulse.hear()).isFalse();
    pulse.look();
    assertThat(pulse.hear()).isTrue();
  }
}
