package chat.parley.media;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Makes of any picture a small square: its middle, turned upright, at most {@link #SIDE} pixels a
 * side, encoded anew, so that of the file that came nothing is left but colours. Blocks; time
 * O(pixels of the file), memory a few megabytes whatever comes, as lines and columns that the
 * square does not need are dropped while decoding.
 */
final class Squares {
  static final int SIDE = 256;

  private static final long MOST_PIXELS = 40_000_000;

  /** Decoders keep lines, and a line could be all of it. */
  private static final int LONGEST = 70_000;

  /**
   * The decoder of WebP cannot drop lines, and keeps some 30 bytes a pixel of all of the picture.
   */
  private static final long MOST_PIXELS_OF_WEBP = 1_600_000;

  /** What a JPEG in several scans may keep, see {@link Chunks#keptBytesPerPixel}. */
  private static final long MOST_KEPT_BYTES = 48 << 20;

  /** Encoders make about ten; each costs as much as the whole picture. */
  private static final int MOST_SCANS = 100;

  private Squares() {}

  /**
   * Fails with UNSUPPORTED_TYPE for what is no picture of the four kinds, TOO_LARGE for too many
   * pixels, before anything is decoded, and PICTURE_UNREADABLE.
   */
  static Shrinking.Encoded of(byte[] file) {
    PictureKind kind =
        PictureKind.of(file)
            .orElseThrow(
                () -> Problem.UNSUPPORTED_TYPE.because("Send a PNG, JPEG, WebP or GIF picture"));
    Chunks chunks = Chunks.of(file, kind);
    try {
      BufferedImage middle = middle(file, kind, chunks);
      return Shrinking.encode(
          Shrinking.shrunk(Shrinking.plain(middle), chunks.orientation(), SIDE));
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
      if (!isDecodable(width, height, kind, chunks)) {
        throw Problem.TOO_LARGE.because("The picture has too many pixels");
      }
      // Of a part of a lossless WebP the decoder makes wrong colours, so that is cut afterwards.
      return kind == PictureKind.WEBP
          ? middle(reader.read(0))
          : reader.read(0, middle(width, height, reader.getDefaultReadParam()));
    } finally {
      reader.dispose();
    }
  }

  static ImageInputStream stream(byte[] file, PictureKind kind) {
    return kind == PictureKind.WEBP
        ? new BoundedBytes(file)
        : new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
  }

  /** Whether so large a picture can be decoded in a few megabytes. */
  static boolean isDecodable(int width, int height, PictureKind kind, Chunks chunks) {
    long pixels = (long) width * height;
    long most = kind == PictureKind.WEBP ? MOST_PIXELS_OF_WEBP : MOST_PIXELS;
    return pixels <= most
        && Math.max(width, height) <= LONGEST
        && pixels * chunks.keptBytesPerPixel() <= MOST_KEPT_BYTES
        && chunks.scans() <= MOST_SCANS;
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
}
