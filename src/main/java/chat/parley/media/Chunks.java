package chat.parley.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The parts that a picture's file is made of, read only as far as they tell how the picture is to
 * be turned and what decoding it will cost. Trusts no length: what does not fit ends the walk.
 */
final class Chunks {
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int ORIENTATION = 0x0112;

  private final byte[] file;

  /** 1 to 8 as in EXIF; 1 is as it lies. */
  private int orientation = 1;

  private int components = 3;
  private boolean whole;
  private int scans;
  private int frames;

  private Chunks(byte[] file) {
    this.file = file;
  }

  static Chunks of(byte[] file, PictureKind kind) {
    Chunks chunks = new Chunks(file);
    switch (kind) {
      case JPEG -> chunks.jpeg();
      case PNG -> chunks.png();
      case WEBP -> chunks.webp();
      case GIF, GIF_OF_1987 -> chunks.gif();
    }
    return chunks;
  }

  int orientation() {
    return orientation;
  }

  /** Pictures of an animation; 0 or 1 for what is none. */
  int frames() {
    return frames;
  }

  /** How many times a JPEG's decoder will go over all of the picture. */
  int scans() {
    return scans;
  }

  /**
   * Bytes a pixel that a JPEG's decoder keeps of the whole picture before it gives the first line:
   * 0 unless it comes in several scans.
   */
  int keptBytesPerPixel() {
    return whole || scans > 1 ? 2 * components : 0;
  }

  private void jpeg() {
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) != 0xda) {
      int marker = file[at + 1] & 0xff;
      int length = number(at + 2, 2, ByteOrder.BIG_ENDIAN);
      if (length < 2) {
        break;
      }
      segment(marker, at + 4, Math.min(length - 2, file.length - at - 4));
      at += 2 + length;
    }
    // Inside of a scan 0xff is followed by a zero, so each of these begins one.
    for (int i = Math.max(0, at); i + 1 < file.length; i++) {
      if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xda) {
        scans++;
      }
    }
  }

  private void segment(int marker, int at, int length) {
    boolean frame =
        marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame && length >= 6) {
      components = file[at + 5] & 0xff;
      whole = marker != 0xc0 && marker != 0xc1;
    }
    if (marker == 0xe1
        && length > EXIF.length
        && java.util.Arrays.equals(file, at, at + EXIF.length, EXIF, 0, EXIF.length)) {
      exif(at + EXIF.length, length - EXIF.length);
    }
  }

  private void png() {
    int at = 8;
    while (at >= 0 && at + 12 <= file.length) {
      int length = number(at, 4, ByteOrder.BIG_ENDIAN);
      if (length < 0 || length > file.length - at - 12) {
        return;
      }
      if (isNamed(at + 4, "eXIf")) {
        exif(at + 8, length);
      }
      frames += isNamed(at + 4, "fcTL") ? 1 : 0;
      at += 12 + length;
    }
  }

  private void webp() {
    int at = 12;
    while (at >= 0 && at + 8 <= file.length) {
      int length = number(at + 4, 4, ByteOrder.LITTLE_ENDIAN);
      if (length < 0 || length > file.length - at - 8) {
        return;
      }
      if (isNamed(at, "EXIF")) {
        exif(at + 8, length);
      }
      frames += isNamed(at, "ANMF") ? 1 : 0;
      at += 8 + length + (length & 1);
    }
  }

  private void gif() {
    int at = 13 + colours(10);
    while (at + 10 < file.length && at > 0) {
      int block = file[at] & 0xff;
      if (block == 0x2c) {
        frames++;
        at = afterBlocks(at + 11 + colours(at + 9));
      } else if (block == 0x21) {
        at = afterBlocks(at + 2);
      } else {
        return;
      }
    }
  }

  /** Bytes of a table of colours. */
  private int colours(int flagsAt) {
    int flags = flagsAt < file.length ? file[flagsAt] & 0xff : 0;
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  private int afterBlocks(int at) {
    int next = at;
    while (next < file.length && file[next] != 0) {
      next += 1 + (file[next] & 0xff);
    }
    return next + 1;
  }

  /** A TIFF header and its first directory. */
  private void exif(int at, int length) {
    if (length < 14) {
      return;
    }
    ByteOrder order = file[at] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int directory = number(at + 4, 4, order);
    if (directory < 8 || directory > length - 2) {
      return;
    }
    int entries = number(at + directory, 2, order);
    for (int i = 0; i < entries && directory + 2 + 12 * (i + 1) <= length; i++) {
      int entry = at + directory + 2 + 12 * i;
      if (number(entry, 2, order) == ORIENTATION) {
        int value = number(entry + 8, 2, order);
        orientation = value >= 1 && value <= 8 ? value : 1;
        return;
      }
    }
  }

  private boolean isNamed(int at, String name) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1).equals(name);
  }

  private int number(int at, int bytes, ByteOrder order) {
    ByteBuffer part = ByteBuffer.wrap(file, at, bytes).order(order);
    return bytes == 2 ? part.getShort() & 0xffff : part.getInt();
  }
}
