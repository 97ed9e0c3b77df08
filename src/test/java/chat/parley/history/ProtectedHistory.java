package chat.parley.history;

/**
 * I11: in a room that shows nobody what was said before they came, whoever was added sees on no
 * path what was said before their addition, at whatever version. What they saw while they had been
 * there before is no secret, nor is the answer to what they said themselves.
 */
final class ProtectedHistory implements Rule.OfRoom {
  @Override
  public String id() {
    return "I11";
  }

  @Override
  public void judge(Facts room, Found found) {
    Admissions admissions = room.admissions();
    for (Fact.Received seen : room.of(Fact.Received.class)) {
      if (seen.via() == Fact.Via.ANSWER) {
        continue;
      }
      // So new that it was not read by right of an earlier stay.
      judge(room, admissions.since(seen.who(), seen.version()), seen, found);
      if (seen.via() != Fact.Via.LIVE) {
        judge(room, admissions.answered(seen.who(), seen.askedAt()), seen, found);
      }
    }
  }

  private static void judge(Facts room, Fact.Added added, Fact.Received seen, Found found) {
    long saidAt = room.versions().first(seen.message().seq());
    if (added != null && saidAt < added.version()) {
      found.violation(
          "what was said at version %d reached somebody who was added by version %d"
              .formatted(saidAt, added.version()),
          added,
          seen);
    }
  }
}
