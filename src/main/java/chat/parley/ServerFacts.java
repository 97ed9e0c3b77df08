package chat.parley;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.ServerSetting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What only the start knows and administrators ask for: the settings, and the disk beneath. */
public final class ServerFacts {
  private ServerFacts() {}

  public static void serve(Vertx vertx, Config config) {
    Bus bus = Bus.of(vertx);
    List<ServerSetting> settings = settings(config);
    Path data = Path.of(config.get(Setting.DATA));
    bus.serve(Addresses.SERVER_SETTINGS, nothing -> Future.succeededFuture(settings));
    bus.serve(
        Addresses.SERVER_SPACE,
        nothing -> vertx.executeBlocking(() -> Files.getFileStore(data).getUsableSpace()));
  }

  private static List<ServerSetting> settings(Config config) {
    return Arrays.stream(Setting.values())
        .map(
            setting ->
                new ServerSetting(
                    setting.key(),
                    setting.flag(),
                    setting.variable(),
                    setting.shown(config.get(setting)),
                    config.source(setting),
                    setting.standard(),
                    setting.says()))
        .toList();
  }
}
