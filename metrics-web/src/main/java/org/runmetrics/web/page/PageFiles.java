package org.runmetrics.web.page;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All files of the page, read once.
 *
 * @param index the document that every place of the page is answered with
 * @param files the rest, by their names below {@code page/}
 * @param version names the contents of all files: another version has another name
 */
record PageFiles(PageFile index, Map<String, PageFile> files, String version) {
  private static final String FOLDER = "/page/";
  private static final String INDEX = "index.html";

  /** The library that draws the charts, in the version that the build names. */
  private static final String UPLOT = "/webjars/uplot/";

  private static final Map<String, String> UPLOT_FILES =
      Map.of("uplot.js", "dist/uPlot.iife.min.js", "uplot.css", "dist/uPlot.min.css");

  static PageFiles read(ServletContext context) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    read(context, FOLDER, contents);
    String uplot = below(context, UPLOT).iterator().next();
    for (Map.Entry<String, String> file : UPLOT_FILES.entrySet()) {
      contents.put(file.getKey(), bytes(context, uplot + file.getValue()));
    }
    byte[] index = contents.remove(INDEX);
    if (index == null) {
      throw new IOException("The page's " + INDEX + " is missing");
    }
    String version = version(index, contents);
    Map<String, PageFile> files = new TreeMap<>();
    contents.forEach((name, bytes) -> files.put(name, PageFile.of(name, bytes)));
    String base = context.getContextPath() + "/";
    String document =
        new String(index, StandardCharsets.UTF_8)
            .replace("{base}", base)
            .replace("{version}", version);
    return new PageFiles(
        PageFile.of(INDEX, document.getBytes(StandardCharsets.UTF_8)), Map.copyOf(files), version);
  }

  Optional<PageFile> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private static void read(ServletContext context, String folder, Map<String, byte[]> contents)
      throws IOException {
    for (String path : below(context, folder)) {
      if (path.endsWith("/")) {
        read(context, path, contents);
      } else {
        contents.put(path.substring(FOLDER.length()), bytes(context, path));
      }
    }
  }

  private static Set<String> below(ServletContext context, String folder) throws IOException {
    Set<String> paths = context.getResourcePaths(folder);
    if (paths == null || paths.isEmpty()) {
      throw new IOException("The page's folder " + folder + " is missing");
    }
    return paths;
  }

  private static byte[] bytes(ServletContext context, String path) throws IOException {
    try (InputStream stream = context.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IOException("The page's file " + path + " is missing");
      }
      return stream.readAllBytes();
    }
  }

  private static String version(byte[] index, Map<String, byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(index);
      contents.forEach(
          (name, bytes) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
          });
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("Every Java platform has SHA-256", never);
    }
  }
}
