package chat.parley.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A {@code .tar.gz} in the making: beside its name, readable by its owner only, and there under its
 * name when it is whole and on the disk. Tar has no table of contents, so it takes no memory
 * however much there is in it.
 */
final class ArchiveWriter implements AutoCloseable {
  /** Of a table in one entry; a bound on memory. */
  private static final int PIECE = 4 << 20;

  private static final int PRIVATE = 0600;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final TarArchiveOutputStream tar;
  private final Date time;
  private final byte[] buffer = new byte[64 << 10];

  ArchiveWriter(Path file, Instant time) throws IOException {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.time = Date.from(time);
    Files.deleteIfExists(part);
    this.channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    this.tar = new TarArchiveOutputStream(new Quick(Channels.newOutputStream(channel)), "UTF-8");
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /** Most of it does not shrink. */
  private static final class Quick extends GZIPOutputStream {
    Quick(OutputStream out) throws IOException {
      super(new BufferedOutputStream(out, 1 << 16), 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  void add(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(name, bytes, bytes.length);
  }

  private void add(String name, byte[] bytes, int length) throws IOException {
    begin(name, length);
    tar.write(bytes, 0, length);
    tar.closeArchiveEntry();
  }

  private void begin(String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(time);
    entry.setMode(PRIVATE);
    tar.putArchiveEntry(entry);
  }

  /** Takes exactly {@code size} bytes; gives their SHA-256. */
  String add(String name, long size, InputStream bytes) throws IOException {
    begin(name, size);
    Sha256 sha = new Sha256();
    for (long left = size; left > 0; ) {
      int count = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException(name + " ended before its " + size + " bytes");
      }
      sha.add(buffer, count);
      tar.write(buffer, 0, count);
      left -= count;
    }
    tar.closeArchiveEntry();
    return sha.end();
  }

  /** Takes bytes of any number, as pieces {@code name/000000} and so on. */
  Pieces pieces(String name) {
    return new Pieces(name);
  }

  /** What is written here is in the archive once it is closed. */
  final class Pieces extends OutputStream {
    private final String name;
    private final Sha256 sha = new Sha256();
    private final byte[] piece = new byte[PIECE];
    private int length;
    private int count;

    private Pieces(String name) {
      this.name = name;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int size) throws IOException {
      for (int done = 0; done < size; ) {
        int fits = Math.min(size - done, PIECE - length);
        System.arraycopy(bytes, offset + done, piece, length, fits);
        length += fits;
        done += fits;
        if (length == PIECE) {
          flushPiece();
        }
      }
    }

    private void flushPiece() throws IOException {
      sha.add(piece, length);
      add("%s/%06d".formatted(name, count++), piece, length);
      length = 0;
    }

    @Override
    public void close() throws IOException {
      if (length > 0) {
        flushPiece();
      }
    }

    String sha256() {
      return sha.end();
    }
  }

  /** It is whole. */
  void finish() throws IOException {
    tar.finish();
    tar.flush();
    // The compressor's own end, while the file is still ours to force.
    tar.close();
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves nothing unless it is finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
