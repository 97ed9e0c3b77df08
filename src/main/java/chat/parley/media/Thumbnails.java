package chat.parley.media;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * How large a picture is, and a small one of all of it, turned upright, at most {@link #SIDE}
 * pixels wide and high; of an animation the first. What would cost much is told by the file's
 * headers before anything is decoded. Blocks; time O(pixels), memory a few megabytes.
 */
final class Thumbnails {
  static final int SIDE = 480;

  /** More than any camera makes; a browser that shows it needs four bytes of each. */
  private static final long MOST_PIXELS = 1L << 28;

  private static final int MOST_FRAMES = 1_000;

  /**
   * What a picture is.
   *
   * @param small null when it is of a sort, or so large, that it cannot be decoded here
   */
  record Picture(int width, int height, Shrinking.Encoded small) {}

  private record Size(int width, int height) {
    long pixels() {
      return (long) width * height;
    }
  }

  private Thumbnails() {}

  /** Fails with TOO_LARGE for too many pixels or frames, and PICTURE_UNREADABLE. */
  static Picture of(byte[] file, PictureKind kind) {
    Chunks chunks = Chunks.of(file, kind);
    if (chunks.frames() > MOST_FRAMES) {
      throw Problem.TOO_LARGE.at("/file", "has more than " + MOST_FRAMES + " frames");
    }
    try {
      return read(file, kind, chunks);
    } catch (IOException | RuntimeException broken) {
      // Decoders answer bytes that make no sense with exceptions of every kind.
      throw broken instanceof Failure refusal ? refusal : Problem.PICTURE_UNREADABLE.failure();
    }
  }

  private static Picture read(byte[] file, PictureKind kind, Chunks chunks) throws IOException {
    ImageReader reader = kind.reader();
    try (ImageInputStream in = Squares.stream(file, kind)) {
      reader.setInput(in, true, true);
      // A decoder that runs out of bytes paints the rest grey and only warns.
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            throw Problem.PICTURE_UNREADABLE.failure();
          });
      Size first = new Size(reader.getWidth(0), reader.getHeight(0));
      Size size = isGif(kind) ? screen(file, first) : first;
      if (Math.max(size.pixels(), first.pixels()) > MOST_PIXELS) {
        throw Problem.TOO_LARGE.at("/file", "has too many pixels");
      }
      boolean turned = chunks.orientation() >= 5;
      return new Picture(
          turned ? size.height() : size.width(),
          turned ? size.width() : size.height(),
          Squares.isDecodable(first.width(), first.height(), kind, chunks)
              ? small(reader, first, kind, chunks)
              : null);
    } finally {
      reader.dispose();
    }
  }

  private static boolean isGif(PictureKind kind) {
    return kind == PictureKind.GIF || kind == PictureKind.GIF_OF_1987;
  }

  /** What a GIF's pictures are painted on. */
  private static Size screen(byte[] file, Size first) {
    int width = file[6] & 0xff | (file[7] & 0xff) << 8;
    int height = file[8] & 0xff | (file[9] & 0xff) << 8;
    return width == 0 || height == 0 ? first : new Size(width, height);
  }

  private static Shrinking.Encoded small(
      ImageReader reader, Size size, PictureKind kind, Chunks chunks) throws IOException {
    try {
      ImageReadParam param = reader.getDefaultReadParam();
      int step = Math.max(1, Math.max(size.width(), size.height()) / (2 * SIDE));
      param.setSourceSubsampling(Math.min(step, size.width()), Math.min(step, size.height()), 0, 0);
      // The decoder of WebP cannot leave anything out.
      BufferedImage decoded = kind == PictureKind.WEBP ? reader.read(0) : reader.read(0, param);
      return Shrinking.encode(
          Shrinking.shrunk(Shrinking.plain(decoded), chunks.orientation(), SIDE));
    } catch (IOException | RuntimeException cause) {
      if (isUnknown(cause) || kind == PictureKind.WEBP && chunks.frames() > 0) {
        return null;
      }
      throw cause;
    }
  }

  /** A good file of a sort that the decoder was not made for, as JPEGs for printing are. */
  private static boolean isUnknown(Exception cause) {
    return cause.getMessage() != null && cause.getMessage().contains("Unsupported Image Type");
  }
}
