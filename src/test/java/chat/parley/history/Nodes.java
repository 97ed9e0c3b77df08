package chat.parley.history;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The addresses of a server's nodes; clients move on from those that are known to be dead. */
public final class Nodes {
  private final List<String> urls;
  private final Set<String> dead = ConcurrentHashMap.newKeySet();

  public Nodes(List<String> urls) {
    this.urls = List.copyOf(urls);
  }

  /** This one will not come back; nobody goes there any more. */
  public void bury(String url) {
    dead.add(url);
  }

  List<String> alive() {
    return urls.stream().filter(url -> !dead.contains(url)).toList();
  }

  String any(Random random) {
    List<String> alive = alive();
    return alive.get(random.nextInt(alive.size()));
  }
}
