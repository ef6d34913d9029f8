package org.runmetrics.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.runmetrics.parameter.KnownNames;

/**
 * The names of all settings: one that is mistyped would do nothing, without a word.
 *
 * @param known the names of the settings that there are
 */
record SettingNames(Set<String> known) {
  private static final String PREFIX = "metrics.";
  private static final String ENVIRONMENT_PREFIX = "METRICS_";

  /**
   * What Kubernetes puts into each container for a service that is called {@code metrics}, or
   * begins so: {@code METRICS_SERVICE_HOST}, and with it ports and addresses.
   */
  private static final Pattern SERVICE = Pattern.compile("(METRICS(?:_\\w+)?)_SERVICE_HOST");

  SettingNames {
    known = new TreeSet<>(known.stream().filter(name -> name.startsWith(PREFIX)).toList());
  }

  /**
   * Checks names that were given.
   *
   * @throws IllegalArgumentException for one that begins as settings do and is none
   */
  void check(Map<String, String> properties, Map<String, String> environment) {
    Stream<String> given = properties.keySet().stream().filter(name -> name.startsWith(PREFIX));
    check(given, Function.identity());
    List<String> services =
        environment.keySet().stream()
            .map(SERVICE::matcher)
            .filter(Matcher::matches)
            .map(service -> service.group(1))
            .toList();
    check(
        environment.keySet().stream()
            .filter(name -> name.startsWith(ENVIRONMENT_PREFIX))
            .filter(name -> services.stream().noneMatch(service -> isOf(service, name))),
        Settings::environmentName);
  }

  private static boolean isOf(String service, String name) {
    return name.startsWith(service + "_SERVICE_") || name.matches(service + "_PORT(_.*)?");
  }

  private void check(Stream<String> given, Function<String, String> spelling) {
    KnownNames names = new KnownNames(known.stream().map(spelling).toList());
    given
        .sorted()
        .filter(name -> !names.names().contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "There is no setting "
                      + name
                      + names
                          .nearest(name)
                          .map(known -> "; did you mean " + known + "?")
                          .orElse(""));
            });
  }
}
