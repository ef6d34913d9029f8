package org.runmetrics.web.page;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
  private static final String STYLE = "style.css";

  /** The library that draws the charts, in the version that the build names. */
  private static final String UPLOT = "/webjars/uplot/";

  private static final String UPLOT_SCRIPT = "dist/uPlot.iife.min.js";

  private static final String UPLOT_STYLE = "dist/uPlot.min.css";

  static PageFiles read(ServletContext context) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    read(context, FOLDER, contents);
    String uplot = below(context, UPLOT).iterator().next();
    contents.put("uplot.js", bytes(context, uplot + UPLOT_SCRIPT));
    // One file of styles: nothing is drawn before all of them are there.
    contents.merge(STYLE, bytes(context, uplot + UPLOT_STYLE), (ours, its) -> joined(its, ours));
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

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
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
