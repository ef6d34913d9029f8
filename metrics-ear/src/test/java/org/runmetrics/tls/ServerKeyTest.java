package org.runmetrics.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeyTest {
  @TempDir Path folder;

  @BeforeAll
  static void needs_openssl() {
    assumeTrue(OpenSsl.isInstalled(), "openssl is not installed");
  }

  @Test
  void a_new_pair_is_taken_once_it_stays_as_it_is() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server");
    TlsFiles other = OpenSsl.certificate(folder, "other");
    ServerKey key = ServerKey.read(files);
    assertThat(subject(key)).isEqualTo("CN=server");

    replace(files.certificate(), other.certificate());
    assertThat(key.look()).isEmpty();
    replace(files.key(), other.key());
    assertThat(key.look()).isEmpty();
    assertThat(subject(key)).isEqualTo("CN=server");
    assertThat(key.look()).isEmpty();

    assertThat(subject(key)).isEqualTo("CN=other");
    assertThat(key.keys().getKeyStore().getCertificate("server")).isEqualTo(key.certificate());
  }

  @Test
  void a_link_that_points_elsewhere_is_a_new_pair() throws Exception {
    TlsFiles first = OpenSsl.certificate(folder, "first");
    TlsFiles second = OpenSsl.certificate(folder, "second");
    TlsFiles links = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    Files.createSymbolicLink(links.certificate(), first.certificate());
    Files.createSymbolicLink(links.key(), first.key());
    ServerKey key = ServerKey.read(links);

    Files.delete(links.certificate());
    Files.createSymbolicLink(links.certificate(), second.certificate());
    Files.delete(links.key());
    Files.createSymbolicLink(links.key(), second.key());
    assertThat(key.look()).isEmpty();
    assertThat(key.look()).isEmpty();

    assertThat(subject(key)).isEqualTo("CN=second");
  }

  @Test
  void a_broken_pair_leaves_that_of_before_and_is_said_once() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server");
    TlsFiles other = OpenSsl.certificate(folder, "other");
    ServerKey key = ServerKey.read(files);

    replace(files.certificate(), other.certificate());
    assertThat(key.look()).isEmpty();
    assertThat(key.look())
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .startsWith("--tls-key: " + files.key() + " must hold the RSA key")
                    .contains("New connections get the certificate of before, which ends on 20"));
    assertThat(key.look()).isEmpty();
    assertThat(subject(key)).isEqualTo("CN=server");

    Files.delete(files.key());
    assertThat(key.look()).isEmpty();
    assertThat(key.look()).isPresent();
    assertThat(key.look()).isEmpty();
    assertThat(subject(key)).isEqualTo("CN=server");

    replace(files.key(), other.key());
    assertThat(key.look()).isEmpty();
    assertThat(key.look()).isEmpty();
    assertThat(subject(key)).isEqualTo("CN=other");
  }

  @Test
  void what_can_be_used_later_without_another_change_is_used_then() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server");
    TlsFiles other = OpenSsl.certificate(folder, "other");
    ServerKey key = ServerKey.read(files);
    String right = Files.readString(other.key());
    replace(files.certificate(), other.certificate());
    Files.writeString(files.key(), right.replace('A', '!'));
    FileTime written = Files.getLastModifiedTime(files.key());
    assertThat(key.look()).isEmpty();
    assertThat(key.look()).isPresent();

    Files.writeString(files.key(), right);
    Files.setLastModifiedTime(files.key(), written);
    assertThat(key.look()).isEmpty();
    assertThat(subject(key)).isEqualTo("CN=other");
  }

  @Test
  void a_certificate_of_other_days_is_used_and_warned_of() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server");
    assertThat(ServerKey.read(files).outOfDate()).isEmpty();

    expire(files);

    assertThat(ServerKey.read(files).outOfDate())
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .matches("The certificate in \\S+ ended on [-0-9]+: clients will refuse it"));
  }

  /** Signs the certificate again, for days that are over. */
  private void expire(TlsFiles files) throws Exception {
    Path configuration = folder.resolve("ca.conf");
    Files.writeString(
        configuration,
        "[ca]\ndefault_ca=own\n[own]\ndatabase=%1$s/index\nnew_certs_dir=%1$s\npolicy=any\n"
                .formatted(folder)
            + "default_md=sha256\nrand_serial=yes\n[any]\ncommonName=supplied\n");
    Files.createFile(folder.resolve("index"));
    Path request = folder.resolve("request");
    OpenSsl.run(
        "req",
        "-new",
        "-key",
        files.key().toString(),
        "-subj",
        "/CN=server",
        "-out",
        request.toString());
    OpenSsl.run(
        "ca",
        "-batch",
        "-selfsign",
        "-config",
        configuration.toString(),
        "-keyfile",
        files.key().toString(),
        "-in",
        request.toString(),
        "-startdate",
        "20200101000000Z",
        "-enddate",
        "20200201000000Z",
        "-notext",
        "-out",
        files.certificate().toString());
  }

  private static void replace(Path file, Path by) throws IOException {
    Path copy = Files.copy(by, file.resolveSibling("new-" + file.getFileName()));
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String subject(ServerKey key) {
    return key.certificate().getSubjectX500Principal().getName();
  }
}
