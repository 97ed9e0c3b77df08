package chat.parley.model;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is asked about rooms and their members. Whoever asks comes first: what is not theirs does
 * not exist.
 */
public final class Rooms {
  private Rooms() {}

  /** Make a room; a direct one is found again. */
  public record Create(Actor actor, NewRoom wish) {}

  /** The answer to {@link Create}: {@code fresh} is false for the direct room there already was. */
  public record Created(Room room, boolean fresh) {}

  /** My rooms; with {@code since} (may be null), what changed about them. */
  public record ListMine(UUID readerId, Long since) {}

  /** Public rooms by name; {@code q} and {@code after} may be null. */
  public record Directory(UUID readerId, String q, String after, int limit) {}

  /** One room. */
  public record Get(UUID readerId, UUID roomId) {}

  /** Join a public room. */
  public record Join(Actor actor, UUID roomId) {}

  /** Leave a room. */
  public record Leave(Actor actor, UUID roomId) {}

  /**
   * The members of a room.
   *
   * @param after a user id; may be null
   * @param q how their user names or display names begin; null for everybody. Then there is one
   *     page, and {@code after} says nothing
   */
  public record ListMembers(UUID readerId, UUID roomId, UUID after, String q, int limit) {}

  /** Add someone. */
  public record AddMember(Actor actor, UUID roomId, UUID userId) {}

  /** Remove someone. */
  public record RemoveMember(Actor actor, UUID roomId, UUID userId) {}

  /** Change what a room is called, or how it is set up. */
  public record Change(Actor actor, UUID roomId, RoomSettings wish) {}

  /** Give a member another role. */
  public record ChangeRole(Actor actor, UUID roomId, UUID userId, MemberRole role) {}

  /** Delete a room with all that was said in it. */
  public record Delete(Actor actor, UUID roomId) {}

  /** Raise my read mark. */
  public record MarkRead(Actor actor, UUID roomId, long seq) {}

  /** What changed since a version. */
  public record SyncSince(UUID readerId, UUID roomId, long since, int limit) {}

  /**
   * Asked by the hub: may these people hear these rooms? One answer a question, in the same order.
   */
  public record MayHear(List<Ear> ears) {
    /** One person who wants to hear one room. */
    public record Ear(UUID userId, UUID roomId) {}
  }

  /**
   * One answer: {@code head} is of the snapshot in which membership was read; null when the room is
   * not theirs.
   *
   * @param fromSeq the first message that they may see; 0 for all
   */
  public record Admission(Head head, long fromSeq) {
    public static final Admission REFUSED = new Admission(null, 0);

    public boolean allowed() {
      return head != null;
    }
  }

  /** Asked by the hub for itself: a room's changes since a version, for everybody in it. */
  public record ReadLog(UUID roomId, long since) {}

  /** Asked by the node every two seconds: where do these rooms and these people stand? */
  public record ReadHeads(List<UUID> roomIds, List<UUID> userIds) {}

  /** The answer; rooms that are gone and users without a version are absent. */
  public record Heads(Map<UUID, Head> rooms, Map<UUID, Long> users) {}
}
