package chat.parley.media;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Says what a file is by its first bytes, whatever it is called. Knows what is shown in place, and
 * the few others that people send most; text only when it is plainly that and no mark-up; for the
 * rest there is one name. O(bytes looked at).
 */
final class Sniffer {
  /** So much of the beginning tells. */
  static final int HEAD = 8 * 1024;

  static final String ANYTHING = "application/octet-stream";

  private static final int PDF_WITHIN = 1024;

  private record Magic(String type, int at, byte[] bytes) {
    Magic(String type, int at, String hex) {
      this(type, at, HexFormat.of().parseHex(hex));
    }

    boolean begins(byte[] head, int length) {
      return length >= at + bytes.length
          && java.util.Arrays.equals(head, at, at + bytes.length, bytes, 0, bytes.length);
    }
  }

  private static final List<Magic> MAGIC =
      List.of(
          new Magic("image/png", 0, "89504e470d0a1a0a"),
          new Magic("image/jpeg", 0, "ffd8ff"),
          new Magic("image/gif", 0, "474946383961"),
          new Magic("image/gif", 0, "474946383761"),
          new Magic("audio/flac", 0, "664c6143"),
          new Magic("audio/mpeg", 0, "494433"),
          new Magic("application/zip", 0, "504b0304"),
          new Magic("application/gzip", 0, "1f8b08"),
          new Magic("image/tiff", 0, "49492a00"),
          new Magic("image/tiff", 0, "4d4d002a"));

  private final byte[] head;
  private final int length;
  private final String latin;

  private Sniffer(byte[] head, int length) {
    this.head = head;
    this.length = length;
    this.latin = new String(head, 0, length, StandardCharsets.ISO_8859_1);
  }

  /**
   * @param head the first bytes, at most {@link #HEAD}
   */
  static String type(byte[] head) {
    return new Sniffer(head, Math.min(head.length, HEAD)).type();
  }

  private String type() {
    if (latin.startsWith("RIFF") && length >= 12) {
      return switch (latin.substring(8, 12)) {
        case "WEBP" -> "image/webp";
        case "WAVE" -> "audio/wav";
        default -> ANYTHING;
      };
    }
    for (Magic magic : MAGIC) {
      if (magic.begins(head, length)) {
        return magic.type();
      }
    }
    if (latin.startsWith("ftyp", 4)) {
      return ofBrand();
    }
    if (latin.startsWith("\u001a\u0045\u00df\u00a3")) {
      return matroska();
    }
    if (latin.startsWith("OggS")) {
      return latin.contains("theora") ? "video/ogg" : "audio/ogg";
    }
    return isMpegAudio() ? "audio/mpeg" : other();
  }

  private String ofBrand() {
    String brand = length >= 12 ? latin.substring(8, 12) : "";
    if (brand.equals("M4A ") || brand.equals("M4B ")) {
      return "audio/mp4";
    }
    boolean known =
        brand.startsWith("iso")
            || brand.startsWith("mp4")
            || List.of("avc1", "M4V ", "dash", "MSNV").contains(brand);
    if (!known) {
      return brand.equals("qt  ") ? "video/quicktime" : ANYTHING;
    }
    // A recorder's file says at its beginning what tracks it has.
    return latin.contains("soun") && !latin.contains("vide") ? "audio/mp4" : "video/mp4";
  }

  private String matroska() {
    if (!latin.substring(0, Math.min(length, 64)).contains("webm")) {
      return ANYTHING;
    }
    boolean sound = latin.contains("A_OPUS") || latin.contains("A_VORBIS");
    return sound && !latin.contains("V_VP") && !latin.contains("V_AV1")
        ? "audio/webm"
        : "video/webm";
  }

  /** A frame's header of layer III whose every field can be. */
  private boolean isMpegAudio() {
    return length >= 4
        && (head[0] & 0xff) == 0xff
        && (head[1] & 0xe6) == 0xe2
        && (head[1] & 0x18) != 0x08
        && (head[2] & 0xf0) != 0xf0
        && (head[2] & 0xf0) != 0
        && (head[2] & 0x0c) != 0x0c;
  }

  private String other() {
    if (latin.substring(0, Math.min(length, PDF_WITHIN)).contains("%PDF-")) {
      return "application/pdf";
    }
    return length > 0 && isPlainText() ? "text/plain" : ANYTHING;
  }

  private boolean isPlainText() {
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(length);
    // The last character may be cut in two.
    if (utf8.decode(ByteBuffer.wrap(head, 0, length), text, length < HEAD).isError()) {
      return false;
    }
    String words = text.flip().toString();
    boolean bare = words.chars().noneMatch(c -> c < ' ' && "\t\n\r\f".indexOf(c) < 0 || c == 0x7f);
    return bare && !isMarkup(words);
  }

  /** SVG, HTML, XML and the like, with or without their prologue. */
  private static boolean isMarkup(String words) {
    String low = words.toLowerCase(Locale.ROOT);
    String start = low.replaceFirst("^[\\s\\ufeff]+", "");
    return start.startsWith("<")
        || low.contains("<html")
        || low.contains("<svg")
        || low.contains("<script")
        || low.contains("<!doctype")
        || low.contains("<?xml");
  }
}
