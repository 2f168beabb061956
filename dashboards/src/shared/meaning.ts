/**
 * One colour and one word per meaning, for the panel and for every generated dashboard.
 * Colours are Grafana palette names, so both themes bring their own shade.
 * A check compares the states with `alert-rules/thresholds.json`, the home of every number that rules share.
 */
export const COLORS = {
  baseline: 'blue',
  live: 'purple',
  // The four states as the rules' thresholds.json has them.
  insufficient: 'gray',
  stable: 'green',
  warning: 'orange',
  drifted: 'red',
} as const;

/** Values of the recorded state series; below 0 there is no verdict. */
export const STATE = { insufficient: -1, stable: 0, warning: 1, drifted: 2 } as const;

export type StateName = keyof typeof STATE;

/** Older baselines describe a world that may be gone; the same number as in `thresholds.json`. */
export const BASELINE_STALE_DAYS = 180;

/** A sign beside the word, so that no state is told by colour alone. */
export const STATE_SIGNS: Record<StateName, string> = {
  insufficient: '○',
  stable: '✓',
  warning: '▲',
  drifted: '◆',
};

export function stateName(value: number | undefined): StateName | undefined {
  return (Object.keys(STATE) as StateName[]).find((name) => STATE[name] === value);
}

/** Bins that hold no value of their own, in the order in which they are drawn and listed. */
export const SPECIAL_BINS = ['__other__', '__unseen__', '__missing__', '__invalid__'] as const;

export const SPECIAL_BIN_LABELS: Record<string, string> = {
  __other__: 'other',
  __unseen__: 'unseen',
  __missing__: 'missing',
  __invalid__: 'invalid',
};

/** Why there is no verdict, in words; the keys are the `reason` label of the rules and the exporter. */
export const REASONS: Record<string, string> = {
  no_baseline: 'no baseline',
  baseline_too_small: 'the baseline has too few rows for this many bins',
  no_rows: 'no rows in the window',
  too_few_rows: 'too few rows in the window',
  not_defined: 'the measure is not defined here',
  layout_mismatch: 'the bins of baseline and live traffic differ',
};
