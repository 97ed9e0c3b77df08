package chat.parley.media;

import chat.parley.bus.Problem;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory for the decoder of WebP. That one reads words of eight bytes, also the last one,
 * and takes the end of a broken file for zeros, at the price of an exception a bit: minutes for a
 * picture. So there are a few zeros behind the end, and whoever wants more is stopped.
 */
final class BoundedBytes extends ImageInputStreamImpl {
  private static final int ZEROS = 64;

  private final byte[] file;

  BoundedBytes(byte[] file) {
    this.file = file;
  }

  @Override
  public int read() {
    bitOffset = 0;
    requireInside();
    int at = (int) streamPos++;
    return at < file.length ? file[at] & 0xff : 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    bitOffset = 0;
    requireInside();
    int count = (int) Math.min(length, file.length + ZEROS - streamPos);
    for (int i = 0; i < count; i++) {
      int at = (int) streamPos++;
      into[offset + i] = at < file.length ? file[at] : 0;
    }
    return count;
  }

  private void requireInside() {
    if (streamPos >= file.length + ZEROS) {
      throw Problem.PICTURE_UNREADABLE.failure();
    }
  }

  @Override
  public long length() {
    return file.length;
  }
}
