package chat.parley.media;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * The kinds of picture that are taken. Which one it is, its first bytes say; whatever else the
 * runtime could decode (TIFF, BMP …) is never asked to.
 */
enum PictureKind {
  PNG("89504e470d0a1a0a", 0),
  JPEG("ffd8ff", 0),
  GIF("474946383961", 0),
  GIF_OF_1987("474946383761", 0),
  /** Behind {@code RIFF} and a length. */
  WEBP("57454250", 8);

  // Here and not at the start of the server: looking for decoders takes a tenth of a second.
  static {
    System.setProperty("java.awt.headless", "true");
    // Else decoders may leave files in the folder of temporary ones.
    ImageIO.setUseCache(false);
  }

  private final byte[] magic;
  private final int at;

  PictureKind(String magic, int at) {
    this.magic = java.util.HexFormat.of().parseHex(magic);
    this.at = at;
  }

  static Optional<PictureKind> of(byte[] picture) {
    for (PictureKind kind : values()) {
      if (kind.begins(picture)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private boolean begins(byte[] picture) {
    boolean riff = this != WEBP || picture.length > 4 && picture[0] == 'R' && picture[1] == 'I';
    return riff
        && picture.length >= at + magic.length
        && java.util.Arrays.equals(picture, at, at + magic.length, magic, 0, magic.length);
  }

  /** To be disposed of. */
  ImageReader reader() throws IOException {
    return switch (this) {
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
      case PNG -> ImageIO.getImageReadersByFormatName("png").next();
      case JPEG -> ImageIO.getImageReadersByFormatName("jpeg").next();
      case GIF, GIF_OF_1987 -> ImageIO.getImageReadersByFormatName("gif").next();
    };
  }
}
