package chat.parley.bus;

/** The way to the other nodes. */
public interface Outlet {
  /** Tells all of them, in the order of the calls, or drops it; never blocks and never throws. */
  void tell(byte[] wire);
}
