package chat.parley.media;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Avatars;
import chat.parley.model.Room;
import chat.parley.model.RoomPictures;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The pictures of people and rooms: made small on one thread of its own, one at a time, with few
 * waiting; and those of people are kept in memory for a while, as a page of a room asks for as many
 * as it shows people. Deploy it once a node, after persistence.
 */
public final class MediaVerticle extends VerticleBase {
  private static final int MOST_WAITING = 8;
  private static final int DISK_THREADS = 4;
  private static final long MOST_BYTES = 16 << 20;

  /** What another node has changed shows here at the latest after this, were its news lost. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Cache<UUID, Optional<Avatars.Picture>> pictures =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher(MediaVerticle::weight)
          .expireAfterWrite(FRESH)
          .build();
  private final MediaOptions options;
  private final MediaMeters meters;
  private Bus bus;
  private WorkerExecutor worker;
  private WorkerExecutor disk;
  private Incoming incoming;
  private int waiting;

  public MediaVerticle(MediaOptions options, MeterRegistry registry) {
    this.options = options;
    this.meters = new MediaMeters(registry);
  }

  @Override
  public Future<?> start() {
    bus = Bus.of(vertx);
    worker = vertx.createSharedWorkerExecutor("parley-pictures", 1);
    disk = vertx.createSharedWorkerExecutor("parley-files", DISK_THREADS);
    servePictures();
    return disk.executeBlocking(() -> Incoming.open(options.folder().resolve("incoming")), false)
        .onSuccess(
            opened -> {
              incoming = opened;
              MediaStore store = store();
              new Uploads(bus, options, opened, store, worker, meters).serve();
              new PreviewPictures(bus, opened, store, worker).serve();
            });
  }

  private MediaStore store() {
    return options.store() == null
        ? new DiskStore(options.folder(), disk)
        : new S3Store(vertx, options.store());
  }

  private void servePictures() {
    bus.serve(
        Addresses.AVATARS_UPLOAD,
        wish ->
            square(wish.file()).compose(picture -> keep(new Avatars.Keep(wish.actor(), picture))));
    bus.serve(Addresses.ROOM_PICTURES_UPLOAD, this::uploadOfRoom);
    bus.serve(Addresses.AVATARS_GET, this::get);
    bus.serve(Addresses.AVATARS_REMOVE, actor -> keep(new Avatars.Keep(actor, null)));
    bus.hear(Addresses.ACCOUNT_CHANGED, "", changed -> pictures.invalidate(changed.userId()));
  }

  @Override
  public Future<?> stop() {
    return disk.executeBlocking(
            () -> {
              if (incoming != null) {
                incoming.close();
              }
              return null;
            },
            false)
        .eventually(() -> Future.join(worker.close(), disk.close()));
  }

  private Future<Room> uploadOfRoom(RoomPictures.Upload wish) {
    return square(wish.file())
        .compose(
            picture ->
                bus.ask(
                    Addresses.ROOM_PICTURES_KEEP,
                    new RoomPictures.Keep(wish.actor(), wish.roomId(), picture)));
  }

  private Future<Avatars.Picture> square(byte[] file) {
    if (waiting >= MOST_WAITING) {
      return Future.failedFuture(
          Problem.UNAVAILABLE.retryAfter(2, "Too many pictures are being sent"));
    }
    waiting++;
    return worker
        .executeBlocking(() -> picture(Squares.of(file)), false)
        .onComplete(done -> waiting--);
  }

  private Future<Account> keep(Avatars.Keep wish) {
    UUID userId = wish.actor().userId();
    return bus.ask(Addresses.AVATARS_KEEP, wish)
        .onSuccess(kept -> bus.publish(Addresses.ACCOUNT_CHANGED, "", new AccountChanged(userId)));
  }

  private Future<Avatars.Picture> get(Avatars.Get wish) {
    Optional<Avatars.Picture> known = pictures.getIfPresent(wish.userId());
    return (isMeant(wish, known) ? Future.succeededFuture(known) : read(wish.userId()))
        .map(picture -> picture.orElseThrow(Problem.NOT_FOUND::failure));
  }

  /** Who means another picture than the known one has heard of a change before this node has. */
  private static boolean isMeant(Avatars.Get wish, Optional<Avatars.Picture> known) {
    return known != null
        && (wish.hash() == null
            || known.filter(picture -> picture.hash().equals(wish.hash())).isPresent());
  }

  private Future<Optional<Avatars.Picture>> read(UUID userId) {
    return bus.ask(Addresses.AVATARS_READ, userId)
        .onSuccess(picture -> pictures.put(userId, picture));
  }

  private static int weight(UUID userId, Optional<Avatars.Picture> picture) {
    return 200 + picture.map(each -> each.bytes().length).orElse(0);
  }

  private static Avatars.Picture picture(Shrinking.Encoded square) throws NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(square.bytes());
    return new Avatars.Picture(HexFormat.of().formatHex(hash), square.type(), square.bytes());
  }
}
