package chat.parley.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures for tests, good ones and bad ones, made on the spot. */
public final class Pictures {
  private Pictures() {}

  /** Left half red, right half blue, a white line on top; {@code format} as ImageIO calls it. */
  public static byte[] halves(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    drawing.setColor(Color.RED);
    drawing.fillRect(0, 0, width / 2, height);
    drawing.setColor(Color.BLUE);
    drawing.fillRect(width / 2, 0, width - width / 2, height);
    drawing.setColor(Color.WHITE);
    drawing.fillRect(0, 0, width, height / 8);
    drawing.dispose();
    return written(image, format);
  }

  /** Half of it lets the background through. */
  public static byte[] seeThrough(int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    Graphics2D drawing = image.createGraphics();
    drawing.setColor(Color.GREEN);
    drawing.fillRect(0, 0, side / 2, side);
    drawing.dispose();
    return written(image, "png");
  }

  static byte[] png(BufferedImage image) {
    return written(image, "png");
  }

  private static byte[] written(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static BufferedImage read(byte[] picture) {
    try {
      return ImageIO.read(new ByteArrayInputStream(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JPEG as a camera writes it, held sideways, that says where it was taken. */
  public static byte[] withExif(byte[] jpeg, int orientation, String secret) {
    byte[] text = secret.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 24 + 4 + text.length);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    exif.putShort((short) 2);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0);
    exif.putShort((short) 0x010e).putShort((short) 2).putInt(text.length).putInt(8 + 2 + 24 + 4);
    exif.putInt(0).put(text);
    ByteBuffer whole = ByteBuffer.allocate(jpeg.length + 4 + exif.capacity());
    whole.put(jpeg, 0, 2).put((byte) 0xff).put((byte) 0xe1);
    whole.putShort((short) (2 + exif.capacity())).put(exif.array());
    return whole.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** So many pictures one after the other, the first one as {@link #halves}. */
  public static byte[] animation(int pictures) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
      try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
        writer.setOutput(out);
        writer.prepareWriteSequence(null);
        writer.writeToSequence(new IIOImage(read(halves("png", 64, 64)), null, null), null);
        IIOImage next =
            new IIOImage(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY), null, null);
        for (int i = 1; i < pictures; i++) {
          writer.writeToSequence(next, null);
        }
        writer.endWriteSequence();
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PNG that promises so many pixels and brings a stream of zeros. */
  public static byte[] bomb(int width, int height) {
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    head.put((byte) 1).put((byte) 0);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.writeBytes(chunk("IHDR", head.array()));
    png.writeBytes(chunk("IDAT", deflated(50_000_000)));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] deflated(int zeros) {
    Deflater deflater = new Deflater(9);
    byte[] part = new byte[1 << 16];
    byte[] out = new byte[1 << 16];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int done = 0; done < zeros; done += part.length) {
      deflater.setInput(part);
      while (!deflater.needsInput()) {
        all.write(out, 0, deflater.deflate(out));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      all.write(out, 0, deflater.deflate(out));
    }
    deflater.end();
    return all.toByteArray();
  }

  private static byte[] chunk(String name, byte[] data) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(type)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  /**
   * A lossless WebP of one colour, of any size in 48 bytes: all five of its codes have one word, so
   * no pixel takes a bit.
   */
  public static byte[] webp(int width, int height, Color colour) {
    Bits bits = new Bits();
    bits.put(0x2f, 8).put(width - 1, 14).put(height - 1, 14).put(0, 1).put(0, 3).put(0, 3);
    for (int word : new int[] {colour.getGreen(), colour.getRed(), colour.getBlue(), 255}) {
      bits.put(0b101, 3).put(word, 8);
    }
    bits.put(0b0001, 4);
    byte[] data = bits.bytes(28);
    return ByteBuffer.allocate(20 + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(12 + data.length)
        .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data)
        .array();
  }

  /** Least significant bit first. */
  private static final class Bits {
    private final java.util.BitSet set = new java.util.BitSet();
    private int length;

    Bits put(int value, int count) {
      for (int i = 0; i < count; i++) {
        set.set(length++, (value >> i & 1) == 1);
      }
      return this;
    }

    byte[] bytes(int size) {
      return java.util.Arrays.copyOf(set.toByteArray(), size);
    }
  }
}
