package chat.parley.bench;

/** One question that the bench answers. */
public interface Scenario {
  /** As it is named on the command line, such as {@code P1}. */
  String id();

  /** What it is about, in a few words. */
  String title();

  /** Measures, and reports; leaves nothing running. */
  void run(Stage stage);
}
