package org.runmetrics.run.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.run.RunInfo;

class RunPageTest {
  private static final List<RunInfo> RUNS =
      Stream.of(
              ListedRun.of("a1").status("finished").created(10).best(0.5).group("vision", "small"),
              ListedRun.of("B2").status("running").created(20).best(-1).group("Vision", "big/deep"),
              ListedRun.of("c3").status("failed").created(20).alias("GRÖSSE [x]"),
              ListedRun.of("d4").created(5).best(0.5).group("nlp", "small").tags("base", "Prod"),
              ListedRun.of("e5"))
          .map(ListedRun::info)
          .toList();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "VISION; a1,B2",
        "on/Big; B2",
        "grösse; c3",
        "[X]; c3",
        ".; ''",
        "a; a1,d4",
        "prod; d4",
        "baseprod; ''",
        "5; e5",
      })
  void a_search_finds_a_piece_of_any_text_in_any_case(String text, String ids) {
    assertThat(ids(with(Optional.of(RunSearch.of(text))))).isEqualTo(ids);
  }

  @Test
  void project_and_name_are_compared_letter_by_letter() {
    assertThat(ids(of(Optional.of("vision"), Optional.empty(), Set.of()))).isEqualTo("a1");
    assertThat(ids(of(Optional.empty(), Optional.of("small"), Set.of()))).isEqualTo("a1,d4");
    assertThat(ids(of(Optional.of("nlp"), Optional.of("small"), Set.of()))).isEqualTo("d4");
    assertThat(ids(of(Optional.of("nlp"), Optional.of("big"), Set.of()))).isEmpty();
  }

  @Test
  void any_of_the_statuses_will_do() {
    assertThat(ids(of(Optional.empty(), Optional.empty(), Set.of("failed", "running"))))
        .isEqualTo("B2,c3");
    assertThat(ids(of(Optional.empty(), Optional.empty(), Set.of("unknown")))).isEqualTo("d4,e5");
    assertThat(ids(of(Optional.empty(), Optional.empty(), Set.of("FAILED")))).isEmpty();
  }

  @Test
  void both_ends_of_a_range_belong_to_it_and_runs_without_a_number_do_not() {
    assertThat(ids(within(range(10, 20), NumberRange.ALL))).isEqualTo("a1,B2,c3");
    assertThat(ids(within(NumberRange.ALL, range(0.5, 0.5)))).isEqualTo("a1,d4");
    assertThat(ids(within(range(10, 5), NumberRange.ALL))).isEmpty();
    NumberRange above = new NumberRange(OptionalDouble.of(-1e300), OptionalDouble.empty());
    NumberRange below = new NumberRange(OptionalDouble.empty(), OptionalDouble.of(1e300));
    assertThat(ids(within(above, NumberRange.ALL))).isEqualTo("a1,B2,c3,d4");
    assertThat(ids(within(NumberRange.ALL, below))).isEqualTo("a1,B2,d4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CREATED_TIME; d4,a1,B2,c3,e5; B2,c3,a1,d4,e5",
        "BEST_METRIC_VALUE; B2,a1,d4,c3,e5; a1,d4,B2,c3,e5",
        "ID; a1,B2,c3,d4,e5; e5,d4,c3,B2,a1",
        "NAME; B2,a1,d4,c3,e5; a1,d4,B2,c3,e5",
        "PROJECT; d4,B2,a1,c3,e5; B2,a1,d4,c3,e5",
        "PATH; d4,B2,a1,c3,e5; a1,B2,d4,c3,e5",
        "STATUS; c3,a1,B2,d4,e5; d4,e5,B2,a1,c3",
      })
  void runs_without_a_value_come_last_and_equal_ones_by_id(
      RunField field, String ascending, String descending) {
    assertThat(ids(RunPage.of(RUNS, RunFilter.NONE, field.order(false), 1, 5).runs()))
        .isEqualTo(ascending);
    assertThat(ids(RunPage.of(RUNS, RunFilter.NONE, field.order(true), 1, 5).runs()))
        .isEqualTo(descending);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 'a1,B2', true, false",
    "2, 2, 'c3,d4', true, true",
    "3, 2, e5, false, true",
    "4, 2, '', false, true",
    "1, 5, 'a1,B2,c3,d4,e5', false, false",
    "2147483647, 1000, '', false, true",
  })
  void a_page_knows_what_lies_before_and_behind_it(
      int number, int size, String ids, boolean next, boolean previous) {
    RunPage<RunInfo> page =
        RunPage.of(RUNS, RunFilter.NONE, RunField.ID.order(false), number, size);

    assertThat(ids(page.runs())).isEqualTo(ids);
    assertThat(page.total()).isEqualTo(5);
    assertThat(page.hasNext()).isEqualTo(next);
    assertThat(page.hasPrevious()).isEqualTo(previous);
  }

  @Test
  void no_runs_are_one_empty_page() {
    RunPage<RunInfo> page = RunPage.of(List.of(), RunFilter.NONE, RunField.ID.order(false), 1, 50);

    assertThat(page).isEqualTo(new RunPage<>(List.of(), 0, 1, 50));
    assertThat(page.hasNext()).isFalse();
  }

  private static NumberRange range(double min, double max) {
    return new NumberRange(OptionalDouble.of(min), OptionalDouble.of(max));
  }

  private static RunFilter with(Optional<RunSearch> search) {
    return new RunFilter(
        Optional.empty(), Optional.empty(), Set.of(), search, NumberRange.ALL, NumberRange.ALL);
  }

  private static RunFilter within(NumberRange created, NumberRange best) {
    return new RunFilter(
        Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), created, best);
  }

  private static RunFilter of(
      Optional<String> project, Optional<String> name, Set<String> statuses) {
    return new RunFilter(
        project, name, statuses, Optional.empty(), NumberRange.ALL, NumberRange.ALL);
  }

  private static String ids(RunFilter filter) {
    Comparator<RunInfo> order = RunField.ID.order(false);
    return ids(RunPage.of(RUNS, filter, order, 1, RUNS.size()).runs());
  }

  private static String ids(List<RunInfo> runs) {
    return String.join(",", runs.stream().map(run -> run.id().value()).toList());
  }
}
