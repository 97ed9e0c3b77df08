package chat.parley.media;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes of any picture a small square: its middle, turned upright, at most {@link #SIDE} pixels a
 * side, encoded anew, so that of the file that came nothing is left but colours. Blocks; time
 * O(pixels of the file), memory a few megabytes whatever comes, as lines and columns that the
 * square does not need are dropped while decoding.
 */
final class Squares {
  static final int SIDE = 256;

  private static final long MOST_PIXELS = 40_000_000;

  /**
   * The decoder of WebP cannot drop lines, and keeps some 30 bytes a pixel of all of the picture.
   */
  private static final long MOST_PIXELS_OF_WEBP = 1_600_000;

  /** What a JPEG in several scans may keep, see {@link Chunks#keptBytesPerPixel}. */
  private static final long MOST_KEPT_BYTES = 48 << 20;

  /** Encoders make about ten; each costs as much as the whole picture. */
  private static final int MOST_SCANS = 100;

  private static final float QUALITY = 0.88f;

  /** A square as it is stored: {@code type} is {@code image/png} or {@code image/jpeg}. */
  record Square(String type, byte[] bytes) {}

  // Here and not at the start of the server: looking for decoders takes a tenth of a second.
  static {
    System.setProperty("java.awt.headless", "true");
    // Else decoders may leave files in the folder of temporary ones.
    ImageIO.setUseCache(false);
  }

  private Squares() {}

  /**
   * Fails with UNSUPPORTED_TYPE for what is no picture of the four kinds, TOO_LARGE for too many
   * pixels, before anything is decoded, and PICTURE_UNREADABLE.
   */
  static Square of(byte[] file) {
    PictureKind kind =
        PictureKind.of(file)
            .orElseThrow(
                () -> Problem.UNSUPPORTED_TYPE.because("Send a PNG, JPEG, WebP or GIF picture"));
    Chunks chunks = Chunks.of(file, kind);
    try {
      BufferedImage middle = middle(file, kind, chunks);
      return encode(shrunk(plain(middle), chunks.orientation()));
    } catch (IOException | RuntimeException broken) {
      // Decoders answer bytes that make no sense with exceptions of every kind.
      throw broken instanceof Failure refusal ? refusal : Problem.PICTURE_UNREADABLE.failure();
    }
  }

  private static BufferedImage middle(byte[] file, PictureKind kind, Chunks chunks)
      throws IOException {
    ImageReader reader = kind.reader();
    try (ImageInputStream in = stream(file, kind)) {
      reader.setInput(in, true, true);
      // A decoder that runs out of bytes paints the rest grey and only warns.
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            throw Problem.PICTURE_UNREADABLE.failure();
          });
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      requireFew((long) width * height, kind, chunks);
      // Of a part of a lossless WebP the decoder makes wrong colours, so that is cut afterwards.
      return kind == PictureKind.WEBP
          ? middle(reader.read(0))
          : reader.read(0, middle(width, height, reader.getDefaultReadParam()));
    } finally {
      reader.dispose();
    }
  }

  private static ImageInputStream stream(byte[] file, PictureKind kind) {
    return kind == PictureKind.WEBP
        ? new BoundedBytes(file)
        : new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
  }

  private static void requireFew(long pixels, PictureKind kind, Chunks chunks) {
    long most = kind == PictureKind.WEBP ? MOST_PIXELS_OF_WEBP : MOST_PIXELS;
    if (pixels > most
        || pixels * chunks.keptBytesPerPixel() > MOST_KEPT_BYTES
        || chunks.scans() > MOST_SCANS) {
      throw Problem.TOO_LARGE.because("The picture has too many pixels");
    }
  }

  /** Only the middle, and of it only as many pixels as make the small square look well. */
  private static ImageReadParam middle(int width, int height, ImageReadParam param) {
    int side = Math.min(width, height);
    int step = Math.max(1, side / (2 * SIDE));
    param.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
    param.setSourceSubsampling(step, step, 0, 0);
    return param;
  }

  private static BufferedImage middle(BufferedImage whole) {
    int side = Math.min(whole.getWidth(), whole.getHeight());
    return whole.getSubimage(
        (whole.getWidth() - side) / 2, (whole.getHeight() - side) / 2, side, side);
  }

  /** As plain pixels, by the loops that take grey for what it is. */
  private static BufferedImage plain(BufferedImage decoded) {
    BufferedImage plain =
        new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D drawing = plain.createGraphics();
    drawing.drawImage(decoded, 0, 0, null);
    drawing.dispose();
    return plain;
  }

  /** Each pixel is the mean of those it stands for; a small picture keeps its size. */
  private static BufferedImage shrunk(BufferedImage large, int orientation) {
    int n = Math.min(large.getWidth(), large.getHeight());
    int side = Math.min(n, SIDE);
    int[] pixels = large.getRGB(0, 0, n, n, null, 0, n);
    BufferedImage small = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        small.setRGB(
            x,
            y,
            mean(pixels, n, column(x, y, side, orientation), row(x, y, side, orientation), side));
      }
    }
    return small;
  }

  /** Where a pixel of the upright picture comes from, by the table of EXIF. */
  private static int column(int x, int y, int side, int orientation) {
    return switch (orientation) {
      case 2, 3 -> side - 1 - x;
      case 5, 6 -> y;
      case 7, 8 -> side - 1 - y;
      default -> x;
    };
  }

  private static int row(int x, int y, int side, int orientation) {
    return switch (orientation) {
      case 3, 4 -> side - 1 - y;
      case 5, 8 -> x;
      case 6, 7 -> side - 1 - x;
      default -> y;
    };
  }

  private static int mean(int[] pixels, int n, int x, int y, int side) {
    long alpha = 0;
    long red = 0;
    long green = 0;
    long blue = 0;
    int count = 0;
    for (int sy = y * n / side; sy < (y + 1) * n / side; sy++) {
      for (int sx = x * n / side; sx < (x + 1) * n / side; sx++) {
        int pixel = pixels[sy * n + sx];
        int opacity = pixel >>> 24;
        alpha += opacity;
        red += opacity * (pixel >> 16 & 0xff);
        green += opacity * (pixel >> 8 & 0xff);
        blue += opacity * (pixel & 0xff);
        count++;
      }
    }
    return alpha == 0
        ? 0
        : (int) (alpha / count) << 24
            | (int) (red / alpha) << 16
            | (int) (green / alpha) << 8
            | (int) (blue / alpha);
  }

  private static Square encode(BufferedImage small) throws IOException {
    return isOpaque(small)
        ? new Square("image/jpeg", write(withoutAlpha(small), "jpeg"))
        : new Square("image/png", write(small, "png"));
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
