package org.runmetrics.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.runmetrics.push.Receiver.Letters;

@Timeout(30)
class ClientsTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Pace PATIENT = new Pace(NEVER, NEVER, SOON);
  private static final Pace IMPATIENT = new Pace(NEVER, Duration.ZERO, SOON);

  private final Workers workers = new Workers(Thread::new);
  private final Letters letters = new Letters();

  @AfterEach
  void end() {
    workers.close();
  }

  @Test
  void the_next_message_is_made_when_the_one_before_was_taken() throws Exception {
    Receiver receiver = new Receiver(false, true);
    open(clients(PATIENT), receiver, letters.add("one").add("two"));
    assertThat(receiver.heard.take()).isEqualTo("one");
    assertThat(letters.size()).isOne();
    receiver.take();
    assertThat(receiver.heard.take()).isEqualTo("two");
    receiver.take();
    letters.add("three");
    assertThat(receiver.heard.take()).isEqualTo("three");
  }

  @Test
  void a_source_that_is_over_says_goodbye_after_its_messages() throws Exception {
    Receiver receiver = new Receiver(true, true);
    letters.add("all").add(new Next.Again<>());
    letters.add(new Next.Over<>(new Ending(Ending.Why.DONE, "")));
    open(clients(PATIENT), receiver, letters);
    assertThat(receiver.heard.take()).isEqualTo("all");
    assertThat(receiver.heard.take()).isEqualTo("close DONE");
  }

  @Test
  void a_client_that_takes_nothing_is_told_to_go_when_it_does() throws Exception {
    Receiver receiver = new Receiver(false, true);
    Client<String> client = open(clients(IMPATIENT), receiver, letters.add("one").add("two"));
    assertThat(receiver.heard.take()).isEqualTo("one");
    client.look();
    assertThat(client.isLeaving()).isTrue();
    receiver.take();
    assertThat(receiver.heard.take()).isEqualTo("close LATER");
    client.look();
    assertThat(receiver.heard.take()).isEqualTo("cut");
    await(() -> letters.left);
  }

  @Test
  void a_client_that_takes_nothing_for_long_is_cut_off() throws Exception {
    Receiver receiver = new Receiver(false, true);
    Clients clients = clients(IMPATIENT);
    Client<String> client = open(clients, receiver, letters.add("one").add("two"));
    assertThat(receiver.heard.take()).isEqualTo("one");
    client.look();
    client.look();
    assertThat(receiver.heard.take()).isEqualTo("cut");
    assertThat(clients.size()).isZero();
    await(() -> letters.left);
  }

  @Test
  void a_client_that_answers_no_two_pings_is_told_to_go() throws Exception {
    Receiver receiver = new Receiver(true, true);
    Client<String> client = open(clients(PATIENT), receiver, letters);
    client.look();
    assertThat(receiver.heard.take()).isEqualTo("ping");
    client.look();
    assertThat(receiver.heard.take()).isEqualTo("ping");
    client.look();
    assertThat(receiver.heard.take()).isEqualTo("close LEAVING");
    client.look();
    assertThat(receiver.heard.take()).isEqualTo("cut");
  }

  @Test
  void a_client_that_cannot_answer_is_pinged_on() throws Exception {
    Receiver receiver = new Receiver(true, false);
    Client<String> client = open(clients(PATIENT), receiver, letters);
    for (int i = 0; i < 10; i++) {
      client.look();
      assertThat(receiver.heard.take()).isEqualTo("ping");
    }
  }

  @Test
  void a_client_that_answers_is_pinged_on() throws Exception {
    Receiver receiver = new Receiver(true, true);
    Client<String> client = open(clients(PATIENT), receiver, letters);
    for (int i = 0; i < 10; i++) {
      client.look();
      assertThat(receiver.heard.take()).isEqualTo("ping");
      client.heard();
    }
  }

  @Test
  void clients_are_looked_after_again_and_again() throws Exception {
    Receiver receiver = new Receiver(true, false);
    open(clients(new Pace(Duration.ofMillis(1), NEVER, SOON)), receiver, letters);
    for (int i = 0; i < 3; i++) {
      assertThat(receiver.heard.take()).isEqualTo("ping");
    }
  }

  @Test
  void a_client_that_leaves_makes_room_at_once() throws Exception {
    Clients clients = clients(PATIENT);
    Client<String> first = open(clients, new Receiver(true, true), letters);
    Receiver second = new Receiver(false, true);
    open(clients, second, new Letters().add("one"));
    assertThat(clients.admit("address")).isEmpty();
    assertThat(clients.admit("another")).isPresent();
    first.gone();
    first.gone();
    assertThat(clients.admit("address")).isPresent();
    assertThat(clients.admit("address")).isEmpty();
    second.breakOff();
    await(() -> clients.admit("address").isPresent());
    await(() -> letters.left && clients.size() == 0);
  }

  @Test
  void a_client_that_cannot_be_sent_a_message_is_cut_off() throws Exception {
    Receiver receiver = new Receiver(false, true);
    open(clients(PATIENT), receiver, letters.add("one"));
    assertThat(receiver.heard.take()).isEqualTo("one");
    receiver.breakOff();
    assertThat(receiver.heard.take()).isEqualTo("cut");
    await(() -> letters.left);
  }

  /** Some transports keep theirs for good. */
  @Test
  void a_client_that_has_gone_holds_no_messages_any_more() throws Exception {
    List<Client<String>> kept = new ArrayList<>();
    WeakReference<Letters> held = openAndKeep(kept);
    kept.get(0).gone();
    await(
        () -> {
          System.gc();
          return held.get() == null;
        });
    assertThat(kept.get(0).isLeaving()).isTrue();
  }

  private WeakReference<Letters> openAndKeep(List<Client<String>> kept) {
    Letters source = new Letters();
    kept.add(open(clients(PATIENT), new Receiver(true, true), source));
    return new WeakReference<>(source);
  }

  @Test
  void a_source_that_cannot_be_made_keeps_no_room() {
    Clients clients = clients(PATIENT);
    for (int i = 0; i < 3; i++) {
      Clients.Admission admission = clients.admit("address").orElseThrow();
      assertThat(
              catchThrowable(
                  () ->
                      clients.open(
                          admission,
                          new Receiver(true, true),
                          wake -> {
                            throw new IllegalStateException();
                          })))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(clients.size()).isZero();
  }

  @Test
  void all_are_told_when_the_server_stops_and_those_that_stay_are_cut_off() throws Exception {
    // Long enough for the one that takes what it is sent, on a machine that is busy.
    Clients clients = clients(new Pace(NEVER, NEVER, Duration.ofSeconds(2)));
    Receiver quick = new Receiver(true, true);
    Receiver stuck = new Receiver(false, true);
    open(clients, quick, letters.add("one"));
    open(clients, stuck, new Letters().add("one").add("two"));
    assertThat(stuck.heard.take()).isEqualTo("one");
    assertThat(quick.heard.take()).isEqualTo("one");
    clients.close();
    assertThat(quick.heard.take()).isEqualTo("close LEAVING");
    assertThat(quick.heard.take()).isEqualTo("cut");
    assertThat(stuck.heard.take()).isEqualTo("cut");
    assertThat(clients.size()).isZero();
  }

  @Test
  void thousands_of_clients_are_served_by_few_threads_and_none_is_ended() throws Exception {
    Clients clients = new Clients(workers, 2000, PATIENT);
    List<Receiver> receivers = new ArrayList<>();
    List<Letters> all = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      receivers.add(new Receiver(true, true));
      all.add(new Letters());
      open(clients, receivers.get(i), all.get(i));
    }
    all.forEach(one -> one.add("line"));
    for (Receiver receiver : receivers) {
      assertThat(receiver.heard.poll(20, TimeUnit.SECONDS)).isEqualTo("line");
    }
    assertThat(clients.size()).isEqualTo(2000);
    assertThat(clients.leaving()).isZero();
  }

  private Clients clients(Pace pace) {
    return new Clients(workers, 2, pace);
  }

  private static Client<String> open(Clients clients, Receiver receiver, Letters letters) {
    return clients.open(clients.admit("address").orElseThrow(), receiver, letters::wokenBy);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
