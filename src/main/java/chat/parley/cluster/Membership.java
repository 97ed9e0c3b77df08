package chat.parley.cluster;

import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import org.infinispan.manager.DefaultCacheManager;

/** Infinispan as cluster manager, with a cache manager that starts and stops with it. */
final class Membership extends InfinispanClusterManager {
  private final DefaultCacheManager caches;
  private Vertx vertx;

  Membership(DefaultCacheManager caches) {
    super(caches);
    this.caches = caches;
  }

  @Override
  public void init(Vertx started) {
    vertx = started;
    super.init(started);
  }

  @Override
  public void join(Completable<Void> promise) {
    vertx
        .executeBlocking(
            () -> {
              caches.start();
              return null;
            },
            false)
        .onComplete(started -> super.join(promise), promise::fail);
  }

  @Override
  public void leave(Completable<Void> promise) {
    super.leave(
        (left, failure) ->
            vertx
                .<Void>executeBlocking(
                    () -> {
                      caches.stop();
                      return null;
                    },
                    false)
                .onComplete(promise));
  }
}
