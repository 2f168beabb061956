package io.modeldrift.observe;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.ArrayList;
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
   * The windows that saved counts were made over.
   *
   * @param newest number of each window's newest pane
   */
  public record Saved(List<Window> windows, long[] newest) {

    private static final int MAX_WINDOWS = 100;

    /** Reads what {@link PaneClock#save} wrote. */
    public static Saved restore(StateInput in) throws SnapshotException {
      int count = in.size(MAX_WINDOWS);
      List<Window> windows = new ArrayList<>();
      long[] newest = new long[count];
      for (int w = 0; w < count; w++) {
        windows.add(Window.restore(in));
        newest[w] = in.number();
      }
      return new Saved(windows, newest);
    }
  }

  /** Writes the windows and where each stands. */
  public void save(StateOutput out) {
    out.number(windows.size());
    for (int w = 0; w < newest.length; w++) {
      windows.get(w).save(out);
      out.number(newest[w]);
    }
  }

  /**
   * Goes on where a saved clock stood, as far as the windows are the same and that does not lie in
   * the future.
   *
   * @return for each window its index there, or -1 if it is new
   */
  public int[] takeOver(Saved saved, long nowMillis) {
    int[] same = new int[newest.length];
    for (int w = 0; w < same.length; w++) {
      same[w] = saved.windows().indexOf(windows.get(w));
      if (same[w] >= 0 && saved.newest()[same[w]] > pane(w, nowMillis)) {
        same[w] = -1;
      }
      if (same[w] >= 0) {
        newest[w] = saved.newest()[same[w]];
        index[w] = ringIndex(w, newest[w]);
      }
    }
    return same;
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
