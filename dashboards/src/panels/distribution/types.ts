export type View = 'auto' | 'single' | 'multiples';
export type BinWidths = 'true' | 'equal';
export type CategoryOrder = 'baseline' | 'contribution' | 'name';
export type FeatureOrder = 'drift' | 'name';

export interface Options {
  view: View;
  binWidths: BinWidths;
  categoryOrder: CategoryOrder;
  featureOrder: FeatureOrder;
  maxFeatures: number;
  minChartWidth: number;
  showContributions: boolean;
  showEmptySpecialBins: boolean;
  baselineName: string;
  currentName: string;
}

export const defaults: Options = {
  view: 'auto',
  binWidths: 'true',
  categoryOrder: 'baseline',
  featureOrder: 'drift',
  maxFeatures: 20,
  minChartWidth: 260,
  showContributions: true,
  showEmptySpecialBins: false,
  baselineName: 'baseline',
  currentName: 'live',
};

/** Where a bin belongs on the axis; `special` bins are set apart from the values. */
export type BinKind = 'lowerTail' | 'interval' | 'upperTail' | 'category' | 'special';

export interface Bin {
  name: string;
  label: string;
  kind: BinKind;
  /** Edges of an ordered bin, infinite in the tails, NaN where unknown. */
  lower: number;
  upper: number;
  baselineRows: number;
  currentRows: number;
  /** Share of all rows of its side, special bins included. NaN if that side has no rows. */
  baselineShare: number;
  currentShare: number;
  /** Term of the population stability index; 0 for a bin empty on both sides. NaN without both sides. */
  contribution: number;
}

/** Baseline and live counts of one feature, with the verdict that the queries brought along. */
export interface FeatureComparison {
  key: string;
  model: string;
  version: string;
  feature: string;
  role: string;
  ordered: boolean;
  bins: Bin[];
  baselineRows: number;
  currentRows: number;
  /** From the query if it gave one, otherwise the sum of the contributions. */
  score: number | undefined;
  warningThreshold: number | undefined;
  driftedThreshold: number | undefined;
  state: number | undefined;
  requiredRows: number | undefined;
  /** Why there is no verdict: words for the reader. */
  reasons: string[];
  /** Replicas gave different edges to the same bin. */
  edgesDisagree: boolean;
  href: string | undefined;
  onLinkClick: ((event: unknown) => void) | undefined;
}
