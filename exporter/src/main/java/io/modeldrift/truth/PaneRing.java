package io.modeldrift.truth;

import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One kind of counts in total and per pane of every window.
 *
 * <p>Rows are counted into an open pane that no window owns; {@link #flush} adds it to the total
 * and to the newest pane of each window. Panes are made when the first row falls into them. Not
 * thread-safe.
 */
final class PaneRing<T extends Accumulator<T>> {

  private final Supplier<T> empty;
  private final T total;
  private final T open;
  private final List<List<@Nullable T>> panes = new ArrayList<>();
  private boolean changed;

  PaneRing(List<Window> windows, Supplier<T> empty) {
    this.empty = empty;
    this.total = empty.get();
    this.open = empty.get();
    for (Window window : windows) {
      List<@Nullable T> ring = new ArrayList<>();
      for (int pane = 0; pane < window.panes(); pane++) {
        ring.add(null);
      }
      panes.add(ring);
    }
  }

  /** Returns what the next rows are to be counted into. */
  T open() {
    changed = true;
    return open;
  }

  /** Closes the open pane: adds it to the total and to one pane of each window. */
  void flush(int[] newestPanes) {
    if (!changed) {
      return;
    }
    total.add(open);
    for (int window = 0; window < panes.size(); window++) {
      List<@Nullable T> ring = panes.get(window);
      T pane = ring.get(newestPanes[window]);
      if (pane == null) {
        pane = empty.get();
        ring.set(newestPanes[window], pane);
      }
      pane.add(open);
    }
    open.clear();
    changed = false;
  }

  /** Empties a pane that has aged out. */
  void clear(int window, int pane) {
    panes.get(window).set(pane, null);
  }

  /** Writes everything, which must be flushed. */
  void save(StateOutput out) {
    total.save(out);
    for (List<@Nullable T> ring : panes) {
      for (T pane : ring) {
        out.flag(pane != null);
        if (pane != null) {
          pane.save(out);
        }
      }
    }
  }

  /**
   * Goes on where saved counts stood; those of several names may be added up.
   *
   * @param saved windows that they were made over
   * @param same for each window its index there, or -1 if it is new
   * @param continuous whether the total goes on as well
   */
  void restore(StateInput in, List<Window> saved, int[] same, boolean continuous)
      throws SnapshotException {
    T savedTotal = empty.get();
    savedTotal.restore(in);
    for (int s = 0; s < saved.size(); s++) {
      List<@Nullable T> ring = new ArrayList<>();
      for (int pane = 0; pane < saved.get(s).panes(); pane++) {
        ring.add(in.flag() ? pane(in) : null);
      }
      for (int w = 0; w < same.length; w++) {
        if (same[w] == s) {
          add(panes.get(w), ring);
        }
      }
    }
    if (continuous) {
      total.add(savedTotal);
    }
  }

  private static <T extends Accumulator<T>> void add(
      List<@Nullable T> ring, List<@Nullable T> added) {
    for (int pane = 0; pane < ring.size(); pane++) {
      T known = ring.get(pane);
      T more = added.get(pane);
      if (known != null && more != null) {
        known.add(more);
      } else if (more != null) {
        ring.set(pane, more);
      }
    }
  }

  private T pane(StateInput in) throws SnapshotException {
    T pane = empty.get();
    pane.restore(in);
    return pane;
  }

  /** Returns a copy of everything flushed so far. */
  T total() {
    T copy = empty.get();
    copy.add(total);
    return copy;
  }

  /** Returns what a window holds. */
  T window(int window) {
    T sum = empty.get();
    for (T pane : panes.get(window)) {
      if (pane != null) {
        sum.add(pane);
      }
    }
    return sum;
  }
}
