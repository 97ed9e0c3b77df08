package chat.parley.bench.scenario;

import chat.parley.bench.Scenario;
import chat.parley.bench.Stage;

/** P8: those who do not read, and rooms that are too big. */
public final class SlowAndBig implements Scenario {
  @Override
  public String id() {
    return "P8";
  }

  @Override
  public String title() {
    return "slow readers and a big room";
  }

  @Override
  public void run(Stage stage) {
    new SlowReaders(stage).run();
    BigRoom.run(stage);
  }
}
