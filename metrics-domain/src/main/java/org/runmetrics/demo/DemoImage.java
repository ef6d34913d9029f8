package org.runmetrics.demo;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A picture that gets sharper while a run trains. */
final class DemoImage {
  private static final int SIZE = 96;

  private DemoImage() {}

  /**
   * Draws a ring in noise.
   *
   * @param progress 0 for noise alone, 1 for the ring alone
   */
  static void write(Path file, float hue, double progress, Random random) throws IOException {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double radius = Math.hypot(x - SIZE / 2.0, y - SIZE / 2.0) / SIZE;
        double ring = Math.exp(-Math.pow((radius - 0.3) / 0.08, 2));
        double light = progress * ring + (1 - progress) * random.nextDouble();
        image.setRGB(x, y, Color.HSBtoRGB(hue, 0.7F, (float) light));
      }
    }
    try (OutputStream stream = Files.newOutputStream(file)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new IOException("This Java platform writes no PNG");
      }
    }
  }
}
