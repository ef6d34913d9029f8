package org.runmetrics.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {
  private static final String[] P256 = {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"};

  @TempDir Path folder;

  @BeforeAll
  static void needs_openssl() {
    assumeTrue(OpenSsl.isInstalled(), "openssl is not installed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa:2048",
        "rsa:4096",
        "ec -pkeyopt ec_paramgen_curve:P-256",
        "ec -pkeyopt ec_paramgen_curve:P-384",
        "ec -pkeyopt ec_paramgen_curve:P-521"
      })
  void keys_are_read_in_each_way_in_which_openssl_writes_them(String kind) throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server", kind.split(" "));
    Path traditional = folder.resolve("traditional.key");
    OpenSsl.run("pkey", "-in", name(files.key()), "-traditional", "-out", name(traditional));
    assertThat(Files.readString(files.key())).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(Files.readString(traditional)).containsPattern("BEGIN (RSA|EC) PRIVATE KEY");

    PrivateKeyEntry read = files.read();

    assertThat(read.getPrivateKey().getAlgorithm())
        .isEqualToIgnoringCase(kind.substring(0, kind.startsWith("rsa") ? 3 : 2));
    assertThat(number(new TlsFiles(files.certificate(), traditional).read().getPrivateKey()))
        .isEqualTo(number(read.getPrivateKey()));
  }

  private static BigInteger number(PrivateKey key) {
    return key instanceof ECPrivateKey curve
        ? curve.getS()
        : ((RSAPrivateKey) key).getPrivateExponent();
  }

  @Test
  void an_ec_key_may_stand_behind_its_parameters() throws Exception {
    Path key = folder.resolve("parameters.key");
    OpenSsl.run("ecparam", "-name", "prime256v1", "-genkey", "-out", name(key));
    Path certificate = folder.resolve("parameters.crt");
    OpenSsl.run(
        "req", "-x509", "-key", name(key), "-subj", "/CN=localhost", "-out", name(certificate));
    assertThat(Files.readString(key)).startsWith("-----BEGIN EC PARAMETERS-----");

    assertThat(new TlsFiles(certificate, key).read().getPrivateKey().getAlgorithm())
        .isEqualTo("EC");
  }

  @Test
  void one_file_may_hold_all_with_text_between_and_lines_of_windows() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server", P256);
    Path both = folder.resolve("both.pem");
    String text =
        "Bag Attributes\n  friendlyName: server\n-- \n"
            + Files.readString(files.key())
            + "subject=CN = server\n"
            + Files.readString(files.certificate());
    Files.writeString(both, text.replace("\n", "\r\n"));

    PrivateKeyEntry read = new TlsFiles(both, both).read();

    assertThat(read.getCertificate()).isEqualTo(files.read().getCertificate());
  }

  @Test
  void a_chain_is_the_first_certificate_and_those_that_vouch_for_it() throws Exception {
    TlsFiles root = OpenSsl.certificate(folder, "root", P256);
    TlsFiles middle = signed("middle", root);
    TlsFiles server = signed("server", middle);
    TlsFiles stranger = OpenSsl.certificate(folder, "stranger", P256);
    Path chain = folder.resolve("fullchain.pem");
    for (TlsFiles part : new TlsFiles[] {server, stranger, root, middle}) {
      Files.writeString(
          chain,
          Files.readString(part.certificate()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }

    PrivateKeyEntry read = new TlsFiles(chain, server.key()).read();

    assertThat(read.getCertificateChain())
        .extracting(it -> ((X509Certificate) it).getSubjectX500Principal().getName())
        .containsExactly("CN=server", "CN=middle", "CN=root");
  }

  private TlsFiles signed(String name, TlsFiles by) throws Exception {
    TlsFiles files = new TlsFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    Path request = folder.resolve(name + ".csr");
    OpenSsl.run(
        "req",
        "-nodes",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-subj",
        "/CN=" + name,
        "-keyout",
        name(files.key()),
        "-out",
        name(request));
    OpenSsl.run(
        "x509",
        "-req",
        "-in",
        name(request),
        "-CA",
        name(by.certificate()),
        "-CAkey",
        name(by.key()),
        "-CAcreateserial",
        "-out",
        name(files.certificate()));
    return files;
  }

  @Test
  void a_key_of_another_certificate_is_refused_of_whatever_kind() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server", P256);
    for (String[] kind : new String[][] {P256, {"rsa:2048"}}) {
      Path other = OpenSsl.certificate(folder, "other", kind).key();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TlsFiles(files.certificate(), other).read())
          .withMessage(
              "--tls-key: %s must hold the EC key of the first certificate in --tls-certificate,"
                  + " and holds another",
              other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-traditional", "-inform"})
  void an_encrypted_key_is_refused_with_the_command_that_decrypts_it(String way) throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server", "rsa:2048");
    Path encrypted = folder.resolve("encrypted.key");
    OpenSsl.run(
        way.equals("-traditional")
            ? new String[] {
              "rsa",
              "-traditional",
              "-aes128",
              "-passout",
              "pass:secret",
              "-in",
              name(files.key()),
              "-out",
              name(encrypted)
            }
            : new String[] {
              "pkcs8",
              "-topk8",
              "-passout",
              "pass:secret",
              "-in",
              name(files.key()),
              "-out",
              name(encrypted)
            });

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFiles(files.certificate(), encrypted).read())
        .withMessageStartingWith("--tls-key: " + encrypted + " holds an encrypted key")
        .withMessageContaining("openssl pkey -in KEY -out FILE");
  }

  @Test
  void a_certificate_that_clients_of_this_platform_cannot_use_is_refused() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server", "ed25519");

    assertThatIllegalArgumentException()
        .isThrownBy(files::read)
        .withMessageContaining("must be for a key of RSA or EC, not Ed");
  }

  @Test
  void files_that_hold_something_else_are_named_with_what_they_should_hold() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server", P256);
    Path empty = Files.createFile(folder.resolve("empty.pem"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFiles(empty, files.key()).read())
        .withMessage("--tls-certificate: %s holds no -----BEGIN CERTIFICATE-----", empty);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFiles(files.key(), files.certificate()).read())
        .withMessageContaining("holds no -----BEGIN CERTIFICATE-----");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFiles(files.certificate(), files.certificate()).read())
        .withMessage("--tls-key: %s holds no -----BEGIN PRIVATE KEY-----", files.certificate());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFiles(folder.resolve("none"), files.key()).read())
        .withMessage(
            "--tls-certificate must be a file that can be read, not %s", folder.resolve("none"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFiles(files.certificate(), folder).read())
        .withMessage("--tls-key must be a file that can be read, not %s", folder);
  }

  @Test
  void a_file_that_is_cut_or_damaged_is_refused_without_a_word_of_the_key() throws Exception {
    TlsFiles files = OpenSsl.certificate(folder, "server", P256);
    String key = Files.readString(files.key());
    String secret = key.lines().skip(1).findFirst().orElseThrow();
    for (String broken :
        new String[] {
          key.substring(0, key.length() / 2),
          key.replace(secret, "?" + secret),
          key.replace(secret, secret.substring(0, 40))
        }) {
      Files.writeString(files.key(), broken);

      assertThatIllegalArgumentException()
          .isThrownBy(files::read)
          .withMessageStartingWith("--tls-key: " + files.key())
          .satisfies(
              refused -> assertThat(refused.getMessage()).doesNotContain(secret.substring(0, 8)));
    }
    Files.writeString(
        files.certificate(),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        StandardCharsets.US_ASCII);
    assertThatIllegalArgumentException()
        .isThrownBy(files::read)
        .withMessageEndingWith("holds a broken certificate, the one at place 1");
  }

  private static String name(Path file) {
    return file.toString();
  }
}
