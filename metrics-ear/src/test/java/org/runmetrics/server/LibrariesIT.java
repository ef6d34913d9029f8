package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The libraries in the runnable jar and its WAR, held to the list that is kept of them. */
class LibrariesIT {
  private static final Path LIST = Path.of("../metrics-release/libraries.txt");

  @Test
  void ships_what_is_listed_by_version_and_bytes_and_nothing_else() throws Exception {
    Set<String> listed = listed();
    Set<String> shipped = shipped();

    Set<String> unlisted = new TreeSet<>(shipped);
    unlisted.removeAll(listed);
    Set<String> missing = new TreeSet<>(listed);
    missing.removeAll(shipped);

    assertThat(shipped)
        .withFailMessage(
            "Shipped, but not listed in metrics-release/libraries.txt: %s%n"
                + "Listed, but not shipped: %s%n"
                + "If this is meant, deploy/libraries.sh renews the list; look at each line of it"
                + " that changes.",
            unlisted, missing)
        .isEqualTo(listed);
  }

  /** Returns a name of a file and its hash for each line of the list. */
  private static Set<String> listed() throws IOException {
    return Files.readAllLines(LIST).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" ", 3))
        .map(fields -> fileName(fields[1]) + " " + fields[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns how Maven calls the file of {@code group:artifact:version[:classifier]}. */
  private static String fileName(String coordinates) {
    String[] parts = coordinates.split(":", -1);
    return parts[1] + "-" + parts[2] + (parts.length > 3 ? "-" + parts[3] : "") + ".jar";
  }

  private static Set<String> shipped() throws Exception {
    Set<String> shipped = new TreeSet<>();
    try (ZipFile jar = new ZipFile(System.getProperty("metrics.jar", ""));
        ZipInputStream war =
            new ZipInputStream(jar.getInputStream(jar.getEntry("MICRO-INF/deploy/ROOT.war")))) {
      for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
        String name = entry.getName();
        if (name.startsWith("WEB-INF/lib/")
            && name.endsWith(".jar")
            && !name.startsWith("WEB-INF/lib/metrics-")) {
          shipped.add(name.substring("WEB-INF/lib/".length()) + " " + sha256(war));
        }
      }
    }
    // Of these the contents are shipped, file by file.
    for (String unpacked : System.getProperty("unpacked.libraries", "").split(" ", -1)) {
      Path library = Path.of(unpacked);
      try (InputStream bytes = Files.newInputStream(library)) {
        shipped.add(library.getFileName() + " " + sha256(bytes));
      }
    }
    return shipped;
  }

  private static String sha256(InputStream bytes) throws Exception {
    DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
    digest.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.getMessageDigest().digest());
  }
}
