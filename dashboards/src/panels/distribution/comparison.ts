import type { DataFrame } from '@grafana/data';
import { REASONS, SPECIAL_BINS, STATE } from '../../shared/meaning';
import { interval, specialLabel } from './format';
import { asRows, psi, shares, total } from './model';
import { type Sample, samplesOf } from './samples';
import type { Bin, BinKind, CategoryOrder, FeatureComparison, FeatureOrder } from './types';

/** Names with numbers in them sort as people count; made once, because making one is slow. */
const names = new Intl.Collator('en', { numeric: true });

interface BinSample {
  baseline: number;
  current: number;
  lower: number;
  upper: number;
}

interface Collected {
  labels: Record<string, string>;
  bins: Map<string, BinSample>;
  edgesDisagree: boolean;
  score?: number;
  warningThreshold?: number;
  driftedThreshold?: number;
  state?: number;
  requiredRows?: number;
  reasons: Set<string>;
  link?: { href: string; onClick?: (event: unknown) => void };
}

/** One comparison per model, version, feature and role in the frames, in no particular order. */
export function comparisonsOf(frames: DataFrame[], order: CategoryOrder = 'baseline'): FeatureComparison[] {
  const collected = new Map<string, Collected>();
  for (const sample of samplesOf(frames)) {
    const key = keyOf(sample.labels);
    let target = collected.get(key);
    if (!target) {
      collected.set(
        key,
        (target = { labels: sample.labels, bins: new Map(), edgesDisagree: false, reasons: new Set() })
      );
    }
    collect(target, sample);
  }
  return [...collected].map(([key, target]) => compare(key, target, order));
}

/** What needs eyes first comes first: state, then how far beyond the threshold, then the name. */
export function orderFeatures(features: FeatureComparison[], order: FeatureOrder): FeatureComparison[] {
  const byName = (a: FeatureComparison, b: FeatureComparison) => names.compare(a.key, b.key);
  if (order === 'name') {
    return [...features].sort(byName);
  }
  const urgency = (f: FeatureComparison) => f.state ?? STATE.insufficient;
  const excess = (f: FeatureComparison) => (f.score ?? 0) / (f.driftedThreshold ?? 1);
  return [...features].sort((a, b) => urgency(b) - urgency(a) || excess(b) - excess(a) || byName(a, b));
}

function keyOf(labels: Record<string, string>): string {
  return ['feature', 'role', 'model', 'version'].map((label) => labels[label] ?? '').join('\u0001');
}

function collect(target: Collected, { role, labels, value, links }: Sample): void {
  switch (role) {
    case 'baseline':
    case 'current':
      return collectRows(target, role, labels, value, links);
    case 'threshold':
      return void (target[labels.severity === 'drifted' ? 'driftedThreshold' : 'warningThreshold'] = finite(value));
    case 'score':
      return void (target.score = finite(value));
    case 'state':
      return void (target.state = finite(value));
    case 'required':
      return void (target.requiredRows = finite(value));
    case 'reason':
      if (value > 0 && labels.reason) {
        target.reasons.add(REASONS[labels.reason] ?? labels.reason);
      }
  }
}

function collectRows(
  target: Collected,
  side: 'baseline' | 'current',
  labels: Record<string, string>,
  value: number,
  links: Sample['links']
): void {
  const name = labels.bin ?? '';
  let bin = target.bins.get(name);
  if (!bin) {
    target.bins.set(name, (bin = { baseline: 0, current: 0, lower: NaN, upper: NaN }));
  }
  if (labels.lower !== undefined && labels.upper !== undefined) {
    const [lower, upper] = [edge(labels.lower), edge(labels.upper)];
    const known = !Number.isNaN(bin.lower);
    target.edgesDisagree ||= known && (bin.lower !== lower || bin.upper !== upper);
    bin.lower = known ? bin.lower : lower;
    bin.upper = known ? bin.upper : upper;
  }
  if (side === 'baseline') {
    // Every replica exposes the same baseline: adding them up would multiply it.
    bin.baseline = Math.max(bin.baseline, asRows(value));
  } else {
    bin.current += asRows(value);
    target.link ??= links()[0];
  }
}

function compare(key: string, target: Collected, order: CategoryOrder): FeatureComparison {
  const binNames = [...target.bins.keys()];
  const baseline = binNames.map((name) => target.bins.get(name)!.baseline);
  const current = binNames.map((name) => target.bins.get(name)!.current);
  const result = psi(baseline, current);
  const [baselineShares, currentShares] = [shares(baseline), shares(current)];
  const ordered = isOrdered(target.bins);
  const bins = binNames.map((name, i): Bin => {
    const { lower, upper } = target.bins.get(name)!;
    const kind = kindOf(name, ordered, lower, upper);
    return {
      name,
      label: labelOf(name, kind, lower, upper),
      kind,
      lower,
      upper,
      baselineRows: baseline[i],
      currentRows: current[i],
      baselineShare: baselineShares[i],
      currentShare: currentShares[i],
      contribution: result ? result.contributions[i] : NaN,
    };
  });
  const { model = '', version = '', feature = '', role = '' } = target.labels;
  const insufficient = target.state === STATE.insufficient;
  return {
    key,
    model,
    version,
    feature,
    role,
    ordered,
    bins: sortBins(bins, order),
    baselineRows: total(baseline),
    currentRows: total(current),
    // A score below the required rows is noise: the rules withhold it, and so does the panel.
    score: insufficient ? undefined : (target.score ?? result?.score),
    warningThreshold: target.warningThreshold,
    driftedThreshold: target.driftedThreshold,
    state: target.state,
    requiredRows: target.requiredRows,
    reasons: [...target.reasons],
    edgesDisagree: target.edgesDisagree,
    href: target.link?.href,
    onLinkClick: target.link?.onClick,
  };
}

/** Ordered features have edges; one that only lost its baseline still has two-digit bin names. */
function isOrdered(bins: Map<string, BinSample>): boolean {
  const values = [...bins].filter(([name]) => !isSpecial(name));
  if (values.some(([, bin]) => !Number.isNaN(bin.lower))) {
    return true;
  }
  return values.length > 0 && values.every(([name, bin]) => /^\d\d$/.test(name) && bin.baseline === 0);
}

function isSpecial(name: string): boolean {
  return (SPECIAL_BINS as readonly string[]).includes(name);
}

function kindOf(name: string, ordered: boolean, lower: number, upper: number): BinKind {
  if (isSpecial(name)) {
    return 'special';
  }
  if (!ordered) {
    return 'category';
  }
  if (lower === -Infinity && upper !== Infinity) {
    return 'lowerTail';
  }
  return upper === Infinity && lower !== -Infinity ? 'upperTail' : 'interval';
}

function labelOf(name: string, kind: BinKind, lower: number, upper: number): string {
  if (kind === 'special') {
    return specialLabel(name);
  }
  return kind === 'category' ? name : interval(lower, upper) || `bin ${name}`;
}

function sortBins(bins: Bin[], order: CategoryOrder): Bin[] {
  const special = (bin: Bin) => (SPECIAL_BINS as readonly string[]).indexOf(bin.name);
  const byName = (a: Bin, b: Bin) => names.compare(a.name, b.name);
  return [...bins].sort((a, b) => {
    const apart = special(a) - special(b);
    if (apart !== 0 || special(a) >= 0) {
      return apart;
    }
    if (a.kind !== 'category') {
      return a.name < b.name ? -1 : 1;
    }
    if (order === 'name') {
      return byName(a, b);
    }
    const key = (bin: Bin) => (order === 'contribution' ? bin.contribution || 0 : bin.baselineRows);
    return key(b) - key(a) || b.currentRows - a.currentRows || byName(a, b);
  });
}

/** Edges are label values, written as Prometheus writes numbers. */
function edge(text: string): number {
  if (/^[-+]?inf(inity)?$/i.test(text)) {
    return text.startsWith('-') ? -Infinity : Infinity;
  }
  return text === '' ? NaN : Number(text);
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
