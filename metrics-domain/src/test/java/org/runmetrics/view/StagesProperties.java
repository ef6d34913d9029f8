package org.runmetrics.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;
import org.runmetrics.series.Axis;

/** However a run's events lie in segments, its stages are those of a walk over all events. */
class StagesProperties {
  private static final List<Json.Scalar> VALUES =
      List.of(
          new Json.Text("warmup"),
          new Json.Text("train"),
          new Json.Text(""),
          new Json.Whole(7),
          new Json.Flag(true));

  @Property(tries = 300)
  void stages_are_those_of_a_walk(
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 1_500) int count,
      @ForAll @IntRange(min = 1, max = 1_200) int rowsASegment,
      @ForAll @IntRange(min = 1, max = 40) int most) {
    List<Event.Metrics> events = new ArrayList<>();
    List<Stage> walked = new ArrayList<>();
    int kinds = 1 + random.nextInt(VALUES.size());
    int changes = 1 + random.nextInt(200);
    int kind = 0;
    for (int i = 0; i < count; i++) {
      kind = random.nextInt(changes) == 0 ? random.nextInt(kinds) : kind;
      boolean hasStep = random.nextInt(20) > 0;
      boolean hasText = random.nextInt(4) > 0;
      long step = random.nextInt(50) == 0 ? i / 2 : i;
      Json.Scalar value = VALUES.get(kind);
      events.add(
          new Event.Metrics(
              hasStep ? OptionalLong.of(step) : OptionalLong.empty(),
              OptionalDouble.empty(),
              hasText ? Map.of("stage", value) : Map.of("loss", new Json.Decimal(0.5))));
      if (hasStep && hasText && value instanceof Json.Text text) {
        walk(walked, text.value(), step);
      }
    }

    Stages stages = Stages.of(EventSeries.of(events, rowsASegment), "stage", Axis.STEP, most);

    assertThat(stages.all()).isEqualTo(walked.subList(0, Math.min(most, walked.size())));
    assertThat(stages.complete()).isEqualTo(walked.size() <= most);
  }

  private static void walk(List<Stage> walked, String text, long step) {
    int last = walked.size() - 1;
    if (last >= 0 && walked.get(last).text().equals(text)) {
      Stage before = walked.get(last);
      walked.set(last, new Stage(text, before.firstKey(), step, before.events() + 1));
    } else {
      walked.add(new Stage(text, step, step, 1));
    }
  }
}
