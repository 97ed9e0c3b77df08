package chat.parley.realtime;

import java.util.List;

/** The wire of a {@link Script}: what goes out is said in its words. */
final class ScriptWire implements Wire {
  private final Wire wire;
  private final Script script;

  ScriptWire(Wire wire, Script script) {
    this.wire = wire;
    this.script = script;
  }

  @Override
  public void write(Run run) {
    List<byte[]> said = script.translate(run.payloads());
    if (!said.isEmpty()) {
      try (Run translated = new Run(said)) {
        wire.write(translated);
      }
    }
    script.follow(run.payloads());
  }

  @Override
  public void flush() {
    wire.flush();
  }

  @Override
  public long pendingBytes() {
    return wire.pendingBytes();
  }

  @Override
  public boolean afterReading(Runnable task) {
    return wire.afterReading(task);
  }

  @Override
  public boolean isOpen() {
    return wire.isOpen();
  }

  @Override
  public void cut() {
    wire.cut();
  }
}
