package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Announcement;
import chat.parley.model.Page;

/** What administrators tell everybody. */
final class AnnouncementRoutes implements Routes {
  private final Bus bus;

  AnnouncementRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
        "listAnnouncements",
        call ->
            bus.ask(Addresses.ANNOUNCEMENTS_LIST, null)
                .map(all -> Answer.ok(new Page<Announcement, String>(all, null))));
  }
}
