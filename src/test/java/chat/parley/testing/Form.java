package chat.parley.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body of {@code multipart/form-data}. */
public final class Form {
  /** What is said of it. */
  public static final String TYPE = "multipart/form-data; boundary=parley-test-boundary";

  private static final String LINE = "--parley-test-boundary";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** With one file. */
  public static Form of(String name, byte[] file) {
    return new Form().file("file", name, file);
  }

  public Form file(String part, String name, byte[] file) {
    // As browsers do it.
    String quoted = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    head("name=\"" + part + "\"; filename=\"" + quoted + "\"\r\nContent-Type: text/html");
    bytes.writeBytes(file);
    return text("\r\n");
  }

  public Form field(String part, String value) {
    head("name=\"" + part + "\"");
    return text(value + "\r\n");
  }

  private void head(String disposition) {
    text(LINE + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n");
  }

  /** As it stands, in the middle of whatever it is. */
  public Form text(String raw) {
    bytes.writeBytes(raw.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Without its end. */
  public byte[] begun() {
    return bytes.toByteArray();
  }

  public byte[] bytes() {
    return text(LINE + "--\r\n").begun();
  }
}
