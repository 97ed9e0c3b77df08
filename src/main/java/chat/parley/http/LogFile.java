package chat.parley.http;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Ten files of at most a tenth of the size: the newest, and those before it by number. One server
 * at a time; blocks, so never on an event loop.
 */
final class LogFile implements AutoCloseable {
  private static final int FILES = 10;

  /** Several lines at once, as they are. */
  private static final class Verbatim extends EncoderBase<byte[]> {
    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
      return NOTHING;
    }

    @Override
    public byte[] encode(byte[] lines) {
      return lines;
    }

    @Override
    public byte[] footerBytes() {
      return NOTHING;
    }
  }

  /** Logback's own looks once a minute. */
  private static final class Full extends TriggeringPolicyBase<byte[]> {
    private final long most;

    Full(long most) {
      this.most = most;
    }

    @Override
    public boolean isTriggeringEvent(File file, byte[] lines) {
      return file.length() > 0 && file.length() + lines.length > most;
    }
  }

  private final FileChannel held;
  private final RollingFileAppender<byte[]> appender = new RollingFileAppender<>();

  /** Opens {@code <name>.jsonl} in the folder and goes on where it ends. */
  LogFile(Path folder, String name, long bytes) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    held =
        FileChannel.open(
            folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isOurs(held)) {
      held.close();
      throw new IOException("another server writes there");
    }
    ContextBase context = new ContextBase();
    appender.setContext(context);
    appender.setName(name);
    appender.setFile(folder.resolve(name + ".jsonl").toString());
    Verbatim encoder = new Verbatim();
    encoder.start();
    appender.setEncoder(encoder);
    Full full = new Full(bytes / FILES);
    full.start();
    appender.setTriggeringPolicy(full);
    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(appender);
    window.setFileNamePattern(folder.resolve(name + ".%i.jsonl").toString());
    window.setMinIndex(1);
    window.setMaxIndex(FILES - 1);
    window.start();
    appender.setRollingPolicy(window);
    appender.start();
    if (!appender.isStarted()) {
      held.close();
      throw new IOException("it cannot be opened");
    }
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  /** Whole lines. */
  void append(byte[] lines) {
    appender.doAppend(lines);
  }

  @Override
  public void close() throws IOException {
    appender.stop();
    held.close();
  }
}
