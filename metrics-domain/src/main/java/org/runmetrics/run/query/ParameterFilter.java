package org.runmetrics.run.query;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.runmetrics.run.RunFacts;

/**
 * What runs must have been started with.
 *
 * @param wanted for each parameter the values of which any will do; a run that lacks one of the
 *     parameters is not wanted
 */
public record ParameterFilter(Map<String, Set<WantedValue>> wanted) implements Predicate<RunFacts> {

  @Override
  public boolean test(RunFacts run) {
    return wanted.entrySet().stream()
        .allMatch(
            parameter ->
                run.parameters().fields().value(parameter.getKey()).stream()
                    .anyMatch(
                        value ->
                            parameter.getValue().stream().anyMatch(any -> any.matches(value))));
  }
}
