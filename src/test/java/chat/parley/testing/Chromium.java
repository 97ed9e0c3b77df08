package chat.parley.testing;

import java.nio.file.Path;
import java.util.List;

/** The browser that browser tests drive: the Chromium or Chrome of this machine. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> PACKAGES =
      List.of("chromium", "fonts-noto-color-emoji", "fonts-dejavu");

  private Chromium() {}

  /** The path of the browser's executable; the first call may take minutes if it installs one. */
  static Path executable() {
    return Packages.executable(NAMES, PACKAGES);
  }
}
