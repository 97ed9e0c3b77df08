package chat.parley.http;

/** The operations of one noun. */
interface Routes {
  void addTo(Api api);
}
