package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Search;
import chat.parley.model.SearchQuery;

/** Search among messages. */
final class SearchRoutes implements Routes {
  private final Bus bus;

  SearchRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "searchMessages",
            call ->
                bus.ask(
                        Addresses.SEARCH_FIND,
                        new Search.Find(
                            call.me(),
                            query(call.text("q")),
                            call.id("roomId"),
                            call.text("before"),
                            call.limit()))
                    .map(Answer::ok))
        .on(
            "rebuildSearch",
            call -> bus.ask(Addresses.SEARCH_REBUILD, null).map(begun -> Answer.accepted()));
  }

  private static SearchQuery query(String typed) {
    try {
      return SearchQuery.parse(typed);
    } catch (SearchQuery.Unclear unclear) {
      throw Problem.INVALID.at("q", unclear.getMessage());
    }
  }
}
