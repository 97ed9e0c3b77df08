package chat.parley.mutants;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Somebody who was removed is dismissed one delivery too late. Public, since it is called from the
 * changed code, on the event loop of the hub.
 */
public final class LateDismissal {
  private record PutOff(Object feed, Object userId) {}

  private static final ThreadLocal<Deque<PutOff>> WAITING =
      ThreadLocal.withInitial(ArrayDeque::new);

  private static final ThreadLocal<Boolean> FINISHING = ThreadLocal.withInitial(() -> false);

  private LateDismissal() {}

  /** True when this dismissal shall not happen now. */
  public static boolean putOff(Object feed, Object userId) {
    if (FINISHING.get() || Mutation.pass("DISMISSAL", feed) == feed) {
      return false;
    }
    WAITING.get().add(new PutOff(feed, userId));
    return true;
  }

  /** Something was delivered: whoever should have gone before it goes now. */
  public static void delivered(Object hub, Object feed, List<?> entries) {
    Deque<PutOff> waiting = WAITING.get();
    if (!entries.isEmpty() && !waiting.isEmpty() && waiting.peek().feed == feed) {
      PutOff late = waiting.poll();
      try {
        FINISHING.set(true);
        Method dismiss =
            hub.getClass().getDeclaredMethod("dismiss", feed.getClass(), late.userId.getClass());
        dismiss.setAccessible(true);
        dismiss.invoke(hub, feed, late.userId);
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      } finally {
        FINISHING.set(false);
      }
    }
  }
}
