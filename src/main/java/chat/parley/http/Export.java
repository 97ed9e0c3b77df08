package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Avatars;
import chat.parley.model.Draft;
import chat.parley.model.Drafts;
import chat.parley.model.Json;
import chat.parley.model.Media;
import chat.parley.model.Messages;
import chat.parley.model.OwnData;
import chat.parley.model.Page;
import chat.parley.model.Scheduled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everything that is kept of a person, as a zip that is made while it is sent: a page of messages
 * at a time, and the next one only when the last is out, so it takes little memory however much
 * there is. Packing runs on a worker. Once begun it cannot fail in words: the connection breaks,
 * and the zip lacks its end.
 */
final class Export {
  /** Whoever reads so slowly gives their place to somebody else. */
  private static final long LONGEST_MS = 600_000;

  /** So many are in memory at a time. */
  private static final int DRAFTS = 50;

  private final Bus bus;
  private final Vertx vertx;
  private final OwnData data;
  private final HttpServerResponse response;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final FilePieces pieces;
  private final ZipOutputStream zip = new ZipOutputStream(packed);

  Export(Bus bus, OwnData data, HttpServerResponse response) {
    this.bus = bus;
    this.vertx = bus.vertx();
    this.data = data;
    this.response = response;
    this.pieces = new FilePieces(bus.vertx());
  }

  /** {@code done} is run whatever happens. */
  Future<Void> write(Runnable done) {
    response
        .setChunked(true)
        .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/zip")
        .putHeader(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"parley.zip\"");
    long timer = vertx.setTimer(LONGEST_MS, late -> response.reset());
    return file("profile.json", profile())
        .compose(written -> file("sessions.json", data.sessions()))
        .compose(written -> file("rooms.json", data.rooms()))
        .compose(written -> avatar())
        .compose(written -> rooms(0))
        .compose(written -> drafts(null, false))
        .compose(
            written ->
                some(
                    "scheduled.json",
                    bus.ask(Addresses.SCHEDULED_LIST, me()).map(Scheduled.List::items)))
        .compose(written -> some("blocked.json", bus.ask(Addresses.BLOCKS_LIST, me())))
        .compose(written -> files(null))
        .compose(written -> pack(zip::close))
        .compose(packed -> response.end())
        .onFailure(broken -> response.reset())
        .onComplete(
            over -> {
              vertx.cancelTimer(timer);
              pieces.close();
              done.run();
            });
  }

  private record Profile(Object account, Object createdAt) {}

  private Profile profile() {
    return new Profile(data.account(), data.createdAt());
  }

  private UUID me() {
    return data.account().user().id();
  }

  /** A file only if there are any. */
  private Future<Void> some(String name, Future<? extends List<?>> items) {
    return items.compose(all -> all.isEmpty() ? Future.succeededFuture() : file(name, all));
  }

  private Future<Void> file(String name, Object record) {
    return file(name, Json.bytes(record));
  }

  private Future<Void> file(String name, byte[] bytes) {
    return pack(
        () -> {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(bytes);
          zip.closeEntry();
        });
  }

  private Future<Void> avatar() {
    UUID me = data.account().user().id();
    return data.account().user().avatarUrl() == null
        ? Future.succeededFuture()
        : bus.ask(Addresses.AVATARS_GET, new Avatars.Get(me, null))
            .compose(picture -> file("avatar" + ending(picture), picture.bytes()));
  }

  private static String ending(Avatars.Picture picture) {
    return picture.type().equals("image/png") ? ".png" : ".jpg";
  }

  private Future<Void> rooms(int index) {
    if (index == data.rooms().size()) {
      return Future.succeededFuture();
    }
    UUID roomId = data.rooms().get(index).id();
    return messages(roomId, 0, false).compose(written -> rooms(index + 1));
  }

  /** A file only for rooms where something was said. */
  private Future<Void> messages(UUID roomId, long after, boolean begun) {
    UUID me = data.account().user().id();
    return bus.ask(Addresses.MESSAGES_OWN, new Messages.OwnAfter(me, roomId, after))
        .compose(page -> messages(roomId, page, begun));
  }

  private Future<Void> messages(UUID roomId, Messages.OwnPage page, boolean begun) {
    boolean open = begun || !page.items().isEmpty();
    return pack(() -> {
          if (open && !begun) {
            zip.putNextEntry(new ZipEntry("messages/" + roomId + ".ndjson"));
          }
          lines(page.items());
          if (open && page.next() == null) {
            zip.closeEntry();
          }
        })
        .compose(
            packed ->
                page.next() == null
                    ? Future.succeededFuture()
                    : messages(roomId, page.next(), open));
  }

  /** A file only if there are any. */
  private Future<Void> drafts(UUID after, boolean begun) {
    UUID me = data.account().user().id();
    return bus.ask(Addresses.DRAFTS_LIST, new Drafts.ListMine(me, after, DRAFTS))
        .compose(page -> draftPage(page, begun));
  }

  private Future<Void> draftPage(Page<Draft, UUID> page, boolean begun) {
    boolean open = begun || !page.items().isEmpty();
    return pack(() -> {
          if (open && !begun) {
            zip.putNextEntry(new ZipEntry("drafts.ndjson"));
          }
          lines(page.items());
          if (open && page.next() == null) {
            zip.closeEntry();
          }
        })
        .compose(
            packed -> page.next() == null ? Future.succeededFuture() : drafts(page.next(), open));
  }

  /** What I have sent, or am about to. */
  private Future<Void> files(UUID after) {
    return bus.ask(Addresses.MEDIA_OWN, new Media.OwnAfter(me(), after))
        .compose(
            page -> {
              Future<Void> all = Future.succeededFuture();
              for (Media.Stored each : page.items()) {
                all = all.compose(written -> media(each));
              }
              return page.next() == null ? all : all.compose(written -> files(page.next()));
            });
  }

  /** One that has gone meanwhile is left out. */
  private Future<Void> media(Media.Stored stored) {
    UUID id = stored.shown().id();
    return bus.ask(Addresses.MEDIA_OPEN, new Media.Get(me(), id, false))
        .map(Optional::of)
        .otherwise(Optional.empty())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : pack(() -> zip.putNextEntry(entry(id, found.get())))
                        .compose(begun -> pieces(found.get(), 0))
                        .compose(written -> pack(zip::closeEntry)));
  }

  private static ZipEntry entry(UUID id, Media.Content file) {
    return new ZipEntry("files/" + id + "/" + file.name());
  }

  private Future<Void> pieces(Media.Content file, long from) {
    return from >= file.size()
        ? Future.succeededFuture()
        : pieces
            .read(file, from)
            .compose(bytes -> pack(() -> zip.write(bytes)).map(bytes.length))
            .compose(written -> pieces(file, from + written));
  }

  private void lines(List<?> items) throws IOException {
    for (Object item : items) {
      zip.write(Json.bytes(item));
      zip.write('\n');
    }
  }

  private interface Packing {
    void run() throws IOException;
  }

  /** Packs on a worker and sends what has come of it. */
  private Future<Void> pack(Packing packing) {
    return vertx
        .executeBlocking(
            () -> {
              packing.run();
              byte[] bytes = packed.toByteArray();
              packed.reset();
              return bytes;
            })
        .compose(
            bytes ->
                bytes.length == 0
                    ? Future.succeededFuture()
                    : response.write(Buffer.buffer(bytes)));
  }
}
