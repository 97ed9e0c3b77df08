package chat.parley.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a message can have beside its words, as {@code has:} asks for it. The order is stored. */
public enum Carried {
  LINK,
  FILE,
  IMAGE,
  VIDEO,
  AUDIO,
  VOICE;

  /** As it is written in a query. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a message has; {@code attachments} may be null. */
  public static Set<Carried> by(FoldedText text, List<Attachment> attachments) {
    Set<Carried> carried = EnumSet.noneOf(Carried.class);
    if (text.text().contains("http://") || text.text().contains("https://")) {
      carried.add(LINK);
    }
    for (Attachment each : attachments == null ? List.<Attachment>of() : attachments) {
      carried.add(FILE);
      String type = each.type();
      if (type.startsWith("image/")) {
        carried.add(IMAGE);
      } else if (type.startsWith("video/")) {
        carried.add(VIDEO);
      } else if (type.startsWith("audio/")) {
        carried.add(AUDIO);
      }
      if (Boolean.TRUE.equals(each.voice())) {
        carried.add(VOICE);
      }
    }
    return carried;
  }
}
