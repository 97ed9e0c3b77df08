package chat.parley;

import chat.parley.media.MediaOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** How the settings say that files are kept. */
public final class MediaSettings {
  private MediaSettings() {}

  /** Throws {@link Config.Wrong} when they do not fit each other. */
  public static MediaOptions of(Config config) {
    MediaOptions disk =
        MediaOptions.of(Path.of(config.get(Setting.DATA)).resolve("media"))
            .bounded(
                bytes(config.number(Setting.UPLOAD_LIMIT)),
                bytes(config.number(Setting.MEDIA_QUOTA)));
    return config.get(Setting.MEDIA_STORE).equals("disk") ? disk : disk.with(store(config));
  }

  private static long bytes(int mebibytes) {
    return (long) mebibytes << 20;
  }

  private static MediaOptions.S3 store(Config config) {
    for (Setting needed :
        List.of(Setting.S3_URL, Setting.S3_BUCKET, Setting.S3_KEY, Setting.S3_SECRET)) {
      if (config.get(needed).isEmpty()) {
        throw new Config.Wrong("--media-store s3 needs " + needed.flag());
      }
    }
    return new MediaOptions.S3(
        URI.create(config.get(Setting.S3_URL)),
        config.get(Setting.S3_REGION),
        config.get(Setting.S3_BUCKET),
        config.get(Setting.S3_KEY),
        config.get(Setting.S3_SECRET),
        config.list(Setting.PRIVATE_ADDRESSES).contains("s3"));
  }
}
