package org.runmetrics.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {
  private static final String OIDC = "metrics.auth.oidc.";
  private static final Map<String, String> LEAST =
      Map.of(
          OIDC + "issuer", "https://login.example.org/realms/lab",
          OIDC + "client", "runmetrics",
          OIDC + "secret", "0123456789abcdef");

  @Test
  void without_an_issuer_there_is_none() {
    assertThat(Settings.from(name -> Optional.empty()).provider()).isEmpty();
  }

  @Test
  void most_has_a_default() {
    assertThat(read(LEAST))
        .isEqualTo(
            new Provider(
                "https://login.example.org/realms/lab",
                "login.example.org",
                "runmetrics",
                "0123456789abcdef",
                "openid profile",
                "preferred_username",
                "groups",
                Duration.ofHours(12)));
    assertThat(read(LEAST)).asString().doesNotContain("0123456789abcdef");
  }

  @Test
  void a_secret_may_be_in_a_file(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "of sixteen chars\n");
    Map<String, String> values = with(OIDC + "secret-file", file.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(values))
        .withMessageContaining("either metrics.auth.oidc.secret-file or metrics.auth.oidc.secret");
    values.remove(OIDC + "secret");
    assertThat(read(values).secret()).isEqualTo("of sixteen chars");
    Files.delete(file);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(values))
        .withMessageStartingWith("metrics.auth.oidc.secret-file must be a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "secret"})
  void what_belongs_together_is_set_together(String name) {
    Map<String, String> values = new HashMap<>(LEAST);
    values.remove(OIDC + name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(values))
        .withMessageStartingWith("Beside metrics.auth.oidc.issuer there must be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of(OIDC + name, "0123456789abcdef")))
        .withMessageStartingWith("metrics.auth.oidc.issuer must be set");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, http://login.example.org, https://login.example.org/realms/lab",
    "issuer, http://127.0.0.1.example.org, https://",
    "issuer, https://user@login.example.org, https://",
    "issuer, https://login.example.org?a=b, https://",
    "issuer, login, https://",
    "hours, 0, above 0",
    "secret, 0123456789abcde, at least 16",
  })
  void a_bad_value_is_named_with_what_is_allowed(String name, String value, String allowed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(with(OIDC + name, value)))
        .withMessageContaining(OIDC + name)
        .withMessageContaining(allowed);
  }

  @Test
  void the_machine_itself_needs_no_encryption() {
    assertThat(read(with(OIDC + "issuer", "http://localhost:8180/realms/lab")).title())
        .isEqualTo("localhost");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put(name, value);
    return values;
  }

  private static Provider read(Map<String, String> values) {
    return Settings.from(name -> Optional.ofNullable(values.get(name))).provider().orElseThrow();
  }
}
