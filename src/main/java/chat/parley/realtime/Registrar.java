package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Rooms;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets sockets into rooms. Membership is read from the database, many wishes in one question, and
 * counts for the version of its snapshot; a socket joins when delivery has come exactly that far
 * and no membership has changed since. So nobody hears what came after their removal, and nothing
 * is missed between the question and the first event.
 */
final class Registrar {
  /** Somebody's wish to hear a room, until it is granted, refused or withdrawn. */
  static final class Wish {
    final Session session;
    final RoomFeed feed;
    boolean withdrawn;

    /** The version in whose snapshot membership was seen. */
    private long seenAt;

    private long fromSeq;

    Wish(Session session, RoomFeed feed) {
      this.session = session;
      this.feed = feed;
    }
  }

  private final Vertx vertx;
  private final Bus bus;
  private final RoomHub hub;
  private List<Wish> asking = new ArrayList<>();
  private final List<Wish> waiting = new ArrayList<>();

  Registrar(Vertx vertx, Bus bus, RoomHub hub) {
    this.vertx = vertx;
    this.bus = bus;
    this.hub = hub;
  }

  /** The feed stays for as long as there are wishes for it. */
  Wish register(Session session, RoomFeed feed) {
    feed.registering++;
    Wish wish = new Wish(session, feed);
    ask(wish);
    return wish;
  }

  /** Wishes of one turn are checked in one question. */
  private void ask(Wish wish) {
    asking.add(wish);
    if (asking.size() == 1) {
      vertx.runOnContext(
          turn -> {
            List<Wish> wishes = asking;
            asking = new ArrayList<>();
            check(wishes);
          });
    }
  }

  private void check(List<Wish> wishes) {
    List<Rooms.MayHear.Ear> ears =
        wishes.stream()
            .map(wish -> new Rooms.MayHear.Ear(wish.session.userId(), wish.feed.roomId))
            .toList();
    bus.ask(Addresses.ROOMS_MAY_HEAR, new Rooms.MayHear(ears))
        .onComplete(
            answers -> {
              for (int i = 0; i < wishes.size(); i++) {
                answer(wishes.get(i), answers.get(i));
              }
            },
            failure -> wishes.forEach(wish -> refuse(wish, (Failure) failure)));
  }

  private void answer(Wish wish, Rooms.Admission admission) {
    if (wish.withdrawn) {
      end(wish);
    } else if (!admission.allowed()) {
      refuse(wish, Problem.NOT_FOUND.failure());
    } else {
      if (!wish.feed.isStarted()) {
        hub.start(wish.feed, admission.head());
      }
      wish.seenAt = admission.head().version();
      wish.fromSeq = admission.fromSeq();
      admit(wish);
    }
  }

  /**
   * Joins at exactly what has been delivered, if the membership that was seen still stands there.
   */
  private void admit(Wish wish) {
    RoomFeed feed = wish.feed;
    if (wish.withdrawn) {
      end(wish);
    } else if (feed.delivered() < wish.seenAt) {
      waiting.add(wish);
      hub.want(feed, wish.seenAt);
    } else if (feed.memberChangedAt() > wish.seenAt) {
      ask(wish);
    } else {
      Subscription subscription = new Subscription(wish.session, feed, wish.fromSeq);
      wish.session.hearing().joined(subscription);
      hub.join(subscription);
      end(wish);
    }
  }

  private void refuse(Wish wish, Failure failure) {
    if (!wish.withdrawn) {
      wish.session.hearing().refused(wish.feed, failure);
    }
    end(wish);
  }

  private void end(Wish wish) {
    wish.feed.registering--;
    hub.dropIfUnused(wish.feed);
  }

  /** Those who waited for delivery to come as far as their membership was seen. */
  void admitWaiting(RoomFeed feed) {
    if (waiting.isEmpty()) {
      return;
    }
    List<Wish> ready = new ArrayList<>();
    waiting.removeIf(
        wish -> wish.feed == feed && feed.delivered() >= wish.seenAt && ready.add(wish));
    ready.forEach(this::admit);
  }
}
