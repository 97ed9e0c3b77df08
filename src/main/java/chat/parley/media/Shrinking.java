package chat.parley.media;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes small pictures of decoded ones and encodes them anew, so that nothing is left of a file but
 * colours. Blocks; O(pixels).
 */
final class Shrinking {
  private static final float QUALITY = 0.88f;

  /** A picture as it is stored: {@code type} is {@code image/png} or {@code image/jpeg}. */
  record Encoded(String type, byte[] bytes) {}

  private Shrinking() {}

  /** As plain pixels, by the loops that take grey for what it is. */
  static BufferedImage plain(BufferedImage decoded) {
    BufferedImage plain =
        new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D drawing = plain.createGraphics();
    drawing.drawImage(decoded, 0, 0, null);
    drawing.dispose();
    return plain;
  }

  /**
   * Turned upright, at most {@code most} pixels wide and high. Each pixel is the mean of those it
   * stands for; a small picture keeps its size.
   */
  static BufferedImage shrunk(BufferedImage large, int orientation, int most) {
    boolean turned = orientation >= 5;
    int w = large.getWidth();
    int h = large.getHeight();
    double scale = Math.min(1, (double) most / Math.max(w, h));
    int columns = Math.max(1, (int) Math.round(w * scale));
    int rows = Math.max(1, (int) Math.round(h * scale));
    int width = turned ? rows : columns;
    int height = turned ? columns : rows;
    int[] pixels = large.getRGB(0, 0, w, h, null, 0, w);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = column(x, y, width, height, orientation);
        int row = row(x, y, width, height, orientation);
        small.setRGB(
            x,
            y,
            mean(
                pixels,
                w,
                new Rectangle(
                    column * w / columns,
                    row * h / rows,
                    (column + 1) * w / columns - column * w / columns,
                    (row + 1) * h / rows - row * h / rows)));
      }
    }
    return small;
  }

  /** Where a pixel of the upright picture comes from, by the table of EXIF. */
  private static int column(int x, int y, int width, int height, int orientation) {
    return switch (orientation) {
      case 2, 3 -> width - 1 - x;
      case 5, 6 -> y;
      case 7, 8 -> height - 1 - y;
      default -> x;
    };
  }

  private static int row(int x, int y, int width, int height, int orientation) {
    return switch (orientation) {
      case 3, 4 -> height - 1 - y;
      case 5, 8 -> x;
      case 6, 7 -> width - 1 - x;
      default -> y;
    };
  }

  private static int mean(int[] pixels, int line, Rectangle of) {
    long alpha = 0;
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int y = of.y; y < of.y + of.height; y++) {
      for (int x = of.x; x < of.x + of.width; x++) {
        int pixel = pixels[y * line + x];
        int opacity = pixel >>> 24;
        alpha += opacity;
        red += opacity * (pixel >> 16 & 0xff);
        green += opacity * (pixel >> 8 & 0xff);
        blue += opacity * (pixel & 0xff);
      }
    }
    return alpha == 0
        ? 0
        : (int) (alpha / ((long) of.width * of.height)) << 24
            | (int) (red / alpha) << 16
            | (int) (green / alpha) << 8
            | (int) (blue / alpha);
  }

  /** As JPEG, or as PNG when something can be seen through. */
  static Encoded encode(BufferedImage small) throws IOException {
    return isOpaque(small)
        ? new Encoded("image/jpeg", write(withoutAlpha(small), "jpeg"))
        : new Encoded("image/png", write(small, "png"));
  }

  private static boolean isOpaque(BufferedImage image) {
    for (int pixel :
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
      if (pixel >>> 24 != 0xff) {
        return false;
      }
    }
    return true;
  }

  private static BufferedImage withoutAlpha(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    plain.setRGB(0, 0, width, height, image.getRGB(0, 0, width, height, null, 0, width), 0, width);
    return plain;
  }

  private static byte[] write(BufferedImage image, String format) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(QUALITY);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
