package chat.parley.model;

import java.util.BitSet;

/**
 * What one can react with: one emoji, by the grammar of Unicode's UTS 51, in the one way of writing
 * it that its emoji-test.txt calls fully qualified. So what looks the same counts as the same, and
 * no words are smuggled in. Pictures that Unicode has set aside for later are taken too.
 */
public final class ReactionEmoji {
  private static final int MAX_CHARS = 32;

  private static final int JOINER = 0x200d;
  private static final int SHOW_AS_PICTURE = 0xfe0f;
  private static final int KEYCAP = 0x20e3;
  private static final int BLACK_FLAG = 0x1f3f4;
  private static final int END_OF_TAGS = 0xe007f;

  /** Unicode 17, property Emoji, below U+1F000 and without digits. */
  private static final BitSet OLD =
      codePoints(
          """
          a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23f3 23f8-23fa 24c2
          25aa-25ab 25b6 25c0 25fb-25fe 2600-2604 260e 2611 2614-2615 2618 261d 2620 2622-2623 2626
          262a 262e-262f 2638-263a 2640 2642 2648-2653 265f-2660 2663 2665-2666 2668 267b 267e-267f
          2692-2697 2699 269b-269c 26a0-26a1 26a7 26aa-26ab 26b0-26b1 26bd-26be 26c4-26c5 26c8
          26ce-26cf 26d1 26d3-26d4 26e9-26ea 26f0-26f5 26f7-26fa 26fd 2702 2705 2708-270d 270f 2712
          2714 2716 271d 2721 2728 2733-2734 2744 2747 274c 274e 2753-2755 2757 2763-2764 2795-2797
          27a1 27b0 27bf 2934-2935 2b05-2b07 2b1b-2b1c 2b50 2b55 3030 303d 3297 3299
          """);

  /** Emoji that are no Emoji_Presentation: on their own they may be shown as text. */
  private static final BitSet SHOWN_AS_TEXT =
      codePoints(
          """
          a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 2328 23cf 23ed-23ef 23f1-23f2 23f8-23fa 24c2
          25aa-25ab 25b6 25c0 25fb-25fc 2600-2604 260e 2611 2618 261d 2620 2622-2623 2626 262a
          262e-262f 2638-263a 2640 2642 265f-2660 2663 2665-2666 2668 267b 267e 2692 2694-2697 2699
          269b-269c 26a0 26a7 26b0-26b1 26c8 26cf 26d1 26d3 26e9 26f0-26f1 26f4 26f7-26f9 2702
          2708-2709 270c-270d 270f 2712 2714 2716 271d 2721 2733-2734 2744 2747 2763-2764 27a1
          2934-2935 2b05-2b07 3030 303d 3297 3299 1f170-1f171 1f17e-1f17f 1f202 1f237 1f321
          1f324-1f32c 1f336 1f37d 1f396-1f397 1f399-1f39b 1f39e-1f39f 1f3cb-1f3ce 1f3d4-1f3df 1f3f3
          1f3f5 1f3f7 1f43f 1f441 1f4fd 1f549-1f54a 1f56f-1f570 1f573-1f579 1f587 1f58a-1f58d 1f590
          1f5a5 1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef
          1f5f3 1f5fa 1f6cb 1f6cd-1f6cf 1f6e0-1f6e5 1f6e9 1f6f0 1f6f3
          """);

  private ReactionEmoji() {}

  private static BitSet codePoints(String ranges) {
    BitSet set = new BitSet();
    for (String range : ranges.trim().split("\\s+")) {
      String[] ends = range.split("-");
      set.set(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16) + 1);
    }
    return set;
  }

  /** The emoji as it is stored and shown; null when the text is none, or more than one. O(1). */
  public static String canonical(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return null;
    }
    int[] points = text.codePoints().filter(point -> point != SHOW_AS_PICTURE).toArray();
    boolean one = isKeycap(points) || isFlag(points) || isRegion(points) || isJoined(points);
    String written = one ? qualified(points) : null;
    return written == null || written.length() > MAX_CHARS ? null : written;
  }

  private static boolean isKeycap(int[] points) {
    return points.length == 2 && isKey(points[0]) && points[1] == KEYCAP;
  }

  private static boolean isKey(int point) {
    return point >= '0' && point <= '9' || point == '#' || point == '*';
  }

  private static boolean isFlag(int[] points) {
    return points.length == 2 && isRegional(points[0]) && isRegional(points[1]);
  }

  private static boolean isRegional(int point) {
    return point >= 0x1f1e6 && point <= 0x1f1ff;
  }

  /** A flag of a part of a country: its letters as tags, such as Scotland's. */
  private static boolean isRegion(int[] points) {
    int last = points.length - 1;
    if (last < 4 || last > 7 || points[0] != BLACK_FLAG || points[last] != END_OF_TAGS) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      boolean digit = points[i] >= 0xe0030 && points[i] <= 0xe0039;
      boolean letter = points[i] >= 0xe0061 && points[i] <= 0xe007a;
      if (!digit && !letter) {
        return false;
      }
    }
    return true;
  }

  /** Pictures, each maybe with a skin tone, joined to one. */
  private static boolean isJoined(int[] points) {
    int i = 0;
    while (i < points.length && isPicture(points[i])) {
      i++;
      if (i < points.length && isSkinTone(points[i])) {
        i++;
      }
      if (i == points.length) {
        return true;
      }
      if (points[i++] != JOINER) {
        return false;
      }
    }
    return false;
  }

  private static boolean isPicture(int point) {
    return point < 0x1f000
        ? OLD.get(point)
        : point == 0x1f004
            || point == 0x1f0cf
            || point >= 0x1f170 && point <= 0x1faff && !isRegional(point);
  }

  private static boolean isSkinTone(int point) {
    return point >= 0x1f3fb && point <= 0x1f3ff;
  }

  private static String qualified(int[] points) {
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      written.appendCodePoint(points[i]);
      boolean toned = i + 1 < points.length && isSkinTone(points[i + 1]);
      if (isKey(points[i]) || SHOWN_AS_TEXT.get(points[i]) && !toned) {
        written.appendCodePoint(SHOW_AS_PICTURE);
      }
    }
    return written.toString();
  }
}
