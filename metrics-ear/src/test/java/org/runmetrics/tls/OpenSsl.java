package org.runmetrics.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program by which most certificates are made. */
public final class OpenSsl {
  private OpenSsl() {}

  /** Returns whether it is on this machine. */
  public static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/openssl"));
  }

  /**
   * Makes a certificate for this machine that is signed by itself, and its key.
   *
   * @param key how the key is made, such as {@code rsa:2048}
   */
  public static TlsFiles certificate(Path folder, String name, String... key)
      throws IOException, InterruptedException {
    TlsFiles files = new TlsFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "30"));
    arguments.addAll(List.of("-subj", "/CN=" + name));
    arguments.addAll(List.of("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
    arguments.addAll(List.of("-out", files.certificate().toString()));
    arguments.addAll(List.of("-keyout", files.key().toString(), "-newkey"));
    arguments.addAll(List.of(key.length == 0 ? new String[] {"rsa:2048"} : key));
    run(arguments.toArray(String[]::new));
    return files;
  }

  /** Runs a command, which must work. */
  public static void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }
}
