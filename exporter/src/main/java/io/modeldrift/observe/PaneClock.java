package io.modeldrift.observe;

import java.util.List;

/**
 * Which pane of each window is the newest.
 *
 * <p>Panes start at multiples of their length since the epoch, the same on every replica. A clock
 * that is set back changes nothing: the newest pane stays the newest. A clock that jumps forward is
 * a long silence: everything in between is empty.
 *
 * <p>Not thread-safe.
 */
public final class PaneClock {

  private final List<Window> windows;
  private final long[] newest;
  private final int[] index;

  /** Makes a clock whose newest panes are those of this moment. */
  public PaneClock(List<Window> windows, long nowMillis) {
    this.windows = windows;
    this.newest = new long[windows.size()];
    this.index = new int[windows.size()];
    for (int w = 0; w < newest.length; w++) {
      newest[w] = pane(w, nowMillis);
      index[w] = ringIndex(w, newest[w]);
    }
  }

  /**
   * Goes on from another clock where the windows are the same.
   *
   * @param others for each window its index there, or -1 if it is new
   */
  void takeOver(PaneClock before, int[] others) {
    for (int w = 0; w < newest.length; w++) {
      if (others[w] >= 0) {
        newest[w] = before.newest[others[w]];
        index[w] = before.index[others[w]];
      }
    }
  }

  /**
   * Goes on where a saved clock stood; does nothing if that lies in the future.
   *
   * @return whether it does
   */
  boolean takeOver(int window, long savedNewest, long nowMillis) {
    if (savedNewest > pane(window, nowMillis)) {
      return false;
    }
    newest[window] = savedNewest;
    index[window] = ringIndex(window, savedNewest);
    return true;
  }

  /** Told which pane of which window has aged out and is about to be the newest. */
  public interface Reuse {
    /** Empties a pane. */
    void clear(int window, int pane);
  }

  /** Returns whether {@link #advance} to this moment would open a new pane of any window. */
  public boolean isBeyond(long nowMillis) {
    for (int w = 0; w < newest.length; w++) {
      if (pane(w, nowMillis) > newest[w]) {
        return true;
      }
    }
    return false;
  }

  /** Makes the panes of this moment the newest; does nothing for windows where they are not. */
  public void advance(long nowMillis, Reuse reuse) {
    for (int w = 0; w < newest.length; w++) {
      long now = pane(w, nowMillis);
      if (now <= newest[w]) {
        continue;
      }
      int panes = windows.get(w).panes();
      long first = Math.max(newest[w] + 1, now - panes + 1);
      for (long aged = first; aged <= now; aged++) {
        reuse.clear(w, ringIndex(w, aged));
      }
      newest[w] = now;
      index[w] = ringIndex(w, now);
    }
  }

  /** Returns the ring index of the newest pane of each window; the array is live. */
  public int[] indexes() {
    return index;
  }

  /** Returns the number since the epoch of a window's newest pane. */
  public long newest(int window) {
    return newest[window];
  }

  private long pane(int window, long nowMillis) {
    return Math.floorDiv(nowMillis, windows.get(window).paneMillis());
  }

  private int ringIndex(int window, long pane) {
    return (int) Math.floorMod(pane, (long) windows.get(window).panes());
  }
}
