/**
 * The arithmetic of the panel: shares, and the population stability index with half counts.
 * It follows the exporter's statistics exactly and is tested against the same reference values.
 */

export interface Psi {
  /** Sum of the contributions, at least 0. */
  score: number;
  /** Bins that are non-empty on at least one side. */
  binsInUse: number;
  /** One term per bin, in the order given; 0 for a bin that is empty on both sides. */
  contributions: number[];
}

/** Counts come from a query, so anything can be in them: what is no count is no row. */
export function asRows(value: unknown): number {
  const rows = Number(value);
  return Number.isFinite(rows) && rows > 0 ? rows : 0;
}

export function total(counts: number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Shares of the total; NaN for every bin when there are no rows at all. */
export function shares(counts: number[]): number[] {
  const rows = total(counts);
  return counts.map((count) => (rows > 0 ? count / rows : NaN));
}

/**
 * Population stability index with half a row added to every bin in use, which keeps it finite when a bin is empty
 * on one side. Returns `undefined` when a side has no rows: without rows there is no score, not a score of 0.
 */
export function psi(baseline: number[], current: number[]): Psi | undefined {
  const baselineTotal = total(baseline);
  const currentTotal = total(current);
  if (baselineTotal <= 0 || currentTotal <= 0) {
    return undefined;
  }
  const inUse = baseline.map((rows, i) => rows + current[i] > 0);
  const binsInUse = inUse.filter(Boolean).length;
  const contributions = baseline.map((rows, i) => {
    if (!inUse[i]) {
      return 0;
    }
    const p = (rows + 0.5) / (baselineTotal + binsInUse / 2);
    const q = (current[i] + 0.5) / (currentTotal + binsInUse / 2);
    return (q - p) * Math.log(q / p);
  });
  return { score: total(contributions), binsInUse, contributions };
}
