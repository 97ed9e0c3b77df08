package chat.parley.realtime;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A run of frames for many sockets: prepared once per transport, the same bytes handed to everyone.
 * Whoever makes a run releases it after the last socket has it.
 */
final class Run implements AutoCloseable {
  private final List<byte[]> payloads;
  private final long bytes;
  private ByteBuf raw;
  private ByteBuf sockJs;

  Run(List<byte[]> payloads) {
    this.payloads = payloads;
    long sum = 0;
    for (byte[] payload : payloads) {
      sum += payload.length;
    }
    this.bytes = sum;
  }

  static Run of(byte[] payload) {
    return new Run(List.of(payload));
  }

  /** A view for one socket of the raw transport; the socket's channel releases it. */
  ByteBuf raw() {
    if (raw == null) {
      raw = Frames.raw(payloads);
    }
    return raw.retainedDuplicate();
  }

  /** The same for SockJS. */
  ByteBuf sockJs() {
    if (sockJs == null) {
      sockJs = Frames.sockJs(payloads);
    }
    return sockJs.retainedDuplicate();
  }

  /** How many frames. */
  int size() {
    return payloads.size();
  }

  /** How long the payloads are together. */
  long bytes() {
    return bytes;
  }

  List<byte[]> payloads() {
    return payloads;
  }

  @Override
  public void close() {
    if (raw != null) {
      raw.release();
    }
    if (sockJs != null) {
      sockJs.release();
    }
  }
}
