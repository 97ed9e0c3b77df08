package chat.parley.bus;

import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Accounts.SessionsEnded;
import chat.parley.model.Announcement;
import chat.parley.model.FilterWords;
import chat.parley.model.NodeNews;
import chat.parley.model.RoomBatch;
import chat.parley.model.Seen;
import chat.parley.model.Signal;
import chat.parley.model.UserNotice;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;

/**
 * Announcements as bytes between nodes: a version, a kind, then the record's components in order;
 * JSON that clients will see is carried as it is. Reading trusts nothing but its own bounds.
 */
final class WireForm {
  /** Of all forms; a node that is told another one drops it and learns from the database. */
  private static final byte VERSION = 2;

  private static final byte BATCH = 1;
  private static final byte SIGNAL = 2;
  private static final byte NOTICE = 3;
  private static final byte SESSIONS = 4;
  private static final byte BEAT = 5;
  private static final byte CHANGES = 6;
  private static final byte WHOLE = 7;
  private static final byte ASK = 8;
  private static final byte LEAVING = 9;
  private static final byte ACCOUNT = 10;
  private static final byte SEEN = 11;
  private static final byte ROLL = 12;
  private static final byte SHARE = 13;
  private static final byte ANNOUNCEMENT = 15;
  private static final byte FILTER = 14;

  private WireForm() {}

  static Buffer write(Object event) {
    WireWriter out = new WireWriter().put(VERSION);
    if (event instanceof RoomBatch batch) {
      write(out.put(BATCH), batch);
    } else if (event instanceof Signal signal) {
      out.put(SIGNAL).put(signal.roomId()).put(signal.version());
      out.put(signal.fromUserId()).put(signal.json());
    } else if (event instanceof Seen seen) {
      out.put(SEEN).put(seen.roomId()).put(seen.version()).put(seen.userId()).put(seen.seq());
    } else if (event instanceof UserNotice notice) {
      out.put(NOTICE).put(notice.userId()).put(notice.version()).put(notice.json());
    } else if (event instanceof SessionsEnded ended) {
      out.put(SESSIONS).all(ended.sessionIds(), out::put);
    } else if (event instanceof AccountChanged changed) {
      out.put(ACCOUNT).put(changed.userId());
    } else if (event instanceof FilterWords.Changed changed) {
      out.put(FILTER).put(changed.version());
    } else if (event instanceof Announcement.News told) {
      out.put(ANNOUNCEMENT).put(told.json());
    } else if (event instanceof NodeNews news) {
      write(out, news);
    } else {
      throw new IllegalArgumentException(event.getClass() + " does not leave its node");
    }
    return out.bytes();
  }

  private static void write(WireWriter out, RoomBatch batch) {
    out.put(batch.roomId())
        .all(
            batch.entries(),
            entry ->
                out.put(entry.version())
                    .put(entry.lastSeq())
                    .maybe(entry.memberId())
                    .put(entry.gone())
                    .put(entry.seq())
                    .put(entry.json()));
  }

  private static void write(WireWriter out, NodeNews news) {
    if (news instanceof NodeNews.Beat beat) {
      out.put(BEAT).put(beat.nodeId()).put(beat.number());
    } else if (news instanceof NodeNews.Changes changes) {
      out.put(CHANGES).put(changes.nodeId()).put(changes.number());
      out.all(changes.changes(), each -> write(out, each.place()).put(each.here()));
    } else if (news instanceof NodeNews.Whole whole) {
      out.put(WHOLE).put(whole.nodeId()).put(whole.number()).put(whole.part()).put(whole.last());
      out.all(whole.places(), each -> write(out, each));
    } else if (news instanceof NodeNews.Ask ask) {
      out.put(ASK).put(ask.nodeId()).put(ask.of());
    } else if (news instanceof NodeNews.Roll roll) {
      out.put(ROLL).put(roll.nodeId()).put(roll.callId()).put(roll.question());
    } else if (news instanceof NodeNews.Share share) {
      out.put(SHARE).put(share.nodeId()).put(share.callId()).put(share.answer());
    } else {
      out.put(LEAVING).put(news.nodeId());
    }
  }

  private static WireWriter write(WireWriter out, NodeNews.Place place) {
    return out.put(place.roomId()).put(place.userId()).put(place.version());
  }

  /** Throws {@link RuntimeException} for whatever {@link #write} has not written. */
  static Object read(Buffer bytes) {
    WireReader in = new WireReader(bytes);
    if (in.number8() != VERSION) {
      throw new IllegalArgumentException("written by another version");
    }
    Object event = event(in.number8(), in);
    in.end();
    return event;
  }

  private static Object event(byte kind, WireReader in) {
    return switch (kind) {
      case BATCH -> new RoomBatch(in.id(), in.all(() -> entry(in)));
      case SIGNAL -> new Signal(in.id(), in.number(), in.id(), in.text());
      case NOTICE -> new UserNotice(in.id(), in.number(), in.text());
      case SESSIONS -> new SessionsEnded(in.all(in::id));
      case BEAT -> new NodeNews.Beat(in.id(), in.number());
      case CHANGES -> new NodeNews.Changes(in.id(), in.number(), changes(in));
      case WHOLE ->
          new NodeNews.Whole(
              in.id(), in.number(), in.number(), in.truth(), in.all(() -> place(in)));
      case ASK -> new NodeNews.Ask(in.id(), in.id());
      case ANNOUNCEMENT -> new Announcement.News(in.text());
      case ROLL -> new NodeNews.Roll(in.id(), in.id(), in.text());
      case SHARE -> new NodeNews.Share(in.id(), in.id(), in.text());
      case SEEN -> new Seen(in.id(), in.number(), in.id(), in.number());
      case ACCOUNT -> new AccountChanged(in.id());
      case FILTER -> new FilterWords.Changed(in.number());
      case LEAVING -> new NodeNews.Leaving(in.id());
      default -> throw new IllegalArgumentException("of no known kind");
    };
  }

  private static RoomBatch.Entry entry(WireReader in) {
    long version = in.number();
    long lastSeq = in.number();
    UUID memberId = in.maybeId();
    boolean gone = in.truth();
    return new RoomBatch.Entry(version, lastSeq, memberId, gone, in.number(), in.text());
  }

  private static List<NodeNews.Change> changes(WireReader in) {
    return in.all(() -> new NodeNews.Change(place(in), in.truth()));
  }

  private static NodeNews.Place place(WireReader in) {
    return new NodeNews.Place(in.id(), in.id(), in.number());
  }
}
