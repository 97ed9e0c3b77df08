package chat.parley.media;

import chat.parley.model.Previews;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Links that wait to be looked at: few at once, one of a host at a time, and of what one person
 * sends only so many, so that nobody can use the server to knock on doors. What comes above that is
 * dropped: a preview is a courtesy.
 */
final class PreviewQueue {
  static final int AT_ONCE = 4;
  static final int MOST = 100;
  static final int MOST_OF_ONE = 5;

  /** A message and where its link leads. */
  record Job(Previews.Said said, String link, PreviewPlace place) {}

  private final List<Job> waiting = new ArrayList<>();
  private final Set<Job> underWay = new HashSet<>();

  /** False when it is dropped. */
  boolean offer(Job job) {
    UUID sender = job.said().senderId();
    long ofOne = waiting.stream().filter(each -> each.said().senderId().equals(sender)).count();
    return waiting.size() < MOST && ofOne < MOST_OF_ONE && waiting.add(job);
  }

  /** The first whose host is not being asked already; null for none. */
  Job next() {
    if (underWay.size() >= AT_ONCE) {
      return null;
    }
    for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
      Job job = jobs.next();
      if (underWay.stream().noneMatch(other -> other.place().host().equals(job.place().host()))) {
        jobs.remove();
        underWay.add(job);
        return job;
      }
    }
    return null;
  }

  void done(Job job) {
    underWay.remove(job);
  }
}
