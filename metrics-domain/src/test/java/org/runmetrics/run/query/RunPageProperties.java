package org.runmetrics.run.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.run.RunInfo;

/** Whatever is asked for, the pages together are all runs that match, each once, in order. */
class RunPageProperties {

  /** What a client asks for, before it is made a filter. */
  record Wish(
      Optional<String> project,
      Optional<String> name,
      Set<String> statuses,
      Optional<String> search,
      OptionalDouble after,
      OptionalDouble atMost) {

    RunFilter filter() {
      return new RunFilter(
          project,
          name,
          statuses,
          search.map(RunSearch::of),
          new NumberRange(after, OptionalDouble.empty()),
          new NumberRange(OptionalDouble.empty(), atMost));
    }

    /** Says without any of the filter's code whether a run is what was asked for. */
    boolean isMet(ListedRun run) {
      if (project.isPresent() && !project.equals(run.project())) {
        return false;
      }
      if (name.isPresent() && !name.equals(run.name())) {
        return false;
      }
      if (!statuses.isEmpty() && !statuses.contains(run.status())) {
        return false;
      }
      if (after.isPresent() && !(run.created().orElse(Double.NaN) >= after.getAsDouble())) {
        return false;
      }
      if (atMost.isPresent() && !(run.best().orElse(Double.NaN) <= atMost.getAsDouble())) {
        return false;
      }
      String text = search.orElse("").toLowerCase(Locale.ROOT);
      return Stream.concat(
              Stream.of(run.id(), run.group(), run.alias().orElse("")), run.tags().stream())
          .anyMatch(other -> other.toLowerCase(Locale.ROOT).contains(text));
    }
  }

  @Property(tries = 1000)
  void pages_together_are_all_that_matches_in_order(
      @ForAll("runs") List<ListedRun> runs,
      @ForAll @From("wishes") Wish wish,
      @ForAll RunField field,
      @ForAll boolean descending,
      @ForAll @IntRange(min = 1, max = 12) int size,
      @ForAll Random random) {
    List<RunInfo> matching = runs.stream().filter(wish::isMet).map(ListedRun::info).toList();
    List<RunInfo> read = new ArrayList<>();

    RunPage<RunInfo> page;
    int number = 1;
    do {
      // The index may list the runs in another order each time.
      List<ListedRun> shuffled = new ArrayList<>(runs);
      Collections.shuffle(shuffled, random);
      List<RunInfo> index = shuffled.stream().map(ListedRun::info).toList();
      page = RunPage.of(index, wish.filter(), field.order(descending), number, size);
      assertThat(page.total()).isEqualTo(matching.size());
      assertThat(page.runs()).hasSizeLessThanOrEqualTo(size);
      assertThat(page.hasNext()).isEqualTo((long) number * size < matching.size());
      assertThat(page.hasPrevious()).isEqualTo(number > 1);
      read.addAll(page.runs());
      number++;
    } while (page.hasNext());

    assertThat(read).containsExactlyInAnyOrderElementsOf(matching);
    assertThat(read).isSortedAccordingTo(field.order(descending));
    assertThat(RunPage.of(read, wish.filter(), field.order(descending), number, size).runs())
        .isEmpty();
  }

  @Provide
  Arbitrary<List<ListedRun>> runs() {
    Arbitrary<String> words = Arbitraries.of("", "a", "B", "ab", "Ä", "ä.b");
    Arbitrary<OptionalDouble> numbers = numbers();
    Arbitrary<ListedRun> run =
        Combinators.combine(
                Arbitraries.of("a", "b", "A", "Ab", "c")
                    .flatMap(
                        prefix -> Arbitraries.integers().between(0, 9).map(end -> prefix + end)),
                Arbitraries.of("running", "finished", "failed"),
                numbers,
                numbers,
                words.optional(),
                words.optional(),
                words.optional(),
                words.list().ofMaxSize(2))
            .as(
                (id, status, created, best, project, name, alias, tags) ->
                    new ListedRun(
                        id,
                        status,
                        created,
                        best,
                        Stream.concat(project.stream(), name.stream())
                            .reduce((first, second) -> first + "/" + second)
                            .orElse(""),
                        project,
                        name,
                        alias,
                        tags));
    return run.list().uniqueElements(ListedRun::id).ofMaxSize(40);
  }

  @Provide
  Arbitrary<Wish> wishes() {
    Arbitrary<String> words = Arbitraries.of("a", "B", "ab", "Ä", ".");
    return Combinators.combine(
            words.optional(0.2),
            words.optional(0.2),
            Arbitraries.of("running", "finished", "failed", "lost").set().ofMaxSize(2),
            words.optional(0.5),
            numbers(),
            numbers())
        .as(Wish::new);
  }

  private static Arbitrary<OptionalDouble> numbers() {
    return Arbitraries.integers()
        .between(-2, 2)
        .optional(0.6)
        .map(
            number ->
                number.isPresent()
                    ? OptionalDouble.of(number.get() / 2.0)
                    : OptionalDouble.empty());
  }
}
