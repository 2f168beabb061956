import { REASONS, STATE, stateName, type StateName } from '../../shared/meaning';
import * as format from './format';
import type { Bin, FeatureComparison, Options } from './types';

type Names = Pick<Options, 'baselineName' | 'currentName'>;

/** Why this feature has no verdict; empty when it has one or when no rules were asked. */
export function whyNoVerdict(feature: FeatureComparison): string {
  if (feature.state !== undefined && feature.state !== STATE.insufficient) {
    return '';
  }
  if (feature.reasons.length > 0) {
    return feature.reasons.join(', ');
  }
  if (feature.baselineRows <= 0) {
    return REASONS.no_baseline;
  }
  if (feature.currentRows <= 0) {
    return REASONS.no_rows;
  }
  if (feature.requiredRows !== undefined && feature.currentRows < feature.requiredRows) {
    return REASONS.too_few_rows;
  }
  return '';
}

export function stateOf(feature: FeatureComparison): StateName | undefined {
  return stateName(feature.state) ?? (whyNoVerdict(feature) ? 'insufficient' : undefined);
}

/** The numbers that belong beside a score: threshold, rows it rests on, rows it needs. */
export function evidence(feature: FeatureComparison): string[] {
  const parts: string[] = [];
  if (feature.score !== undefined) {
    parts.push(`PSI ${format.score(feature.score)}`);
  }
  if (feature.warningThreshold !== undefined) {
    parts.push(`warning > ${format.score(feature.warningThreshold)}`);
  }
  if (feature.driftedThreshold !== undefined) {
    parts.push(`drifted > ${format.score(feature.driftedThreshold)}`);
  }
  const needed = feature.requiredRows === undefined ? '' : ` of ≥ ${format.rows(feature.requiredRows)}`;
  parts.push(`${format.rows(feature.currentRows)} rows${needed}`);
  parts.push(`baseline ${format.rows(feature.baselineRows)}`);
  return parts;
}

/** One sentence for those who hear the chart instead of seeing it. */
export function summary(feature: FeatureComparison): string {
  const state = stateOf(feature);
  const why = whyNoVerdict(feature);
  const verdict = state === 'insufficient' ? `no verdict: ${why || 'not enough rows'}` : (state ?? 'no verdict asked');
  const most = biggest(feature, 1)[0];
  const moved = most ? `. Moved most: ${most.label}, ${format.points(most.currentShare - most.baselineShare)}` : '';
  return `${feature.feature || 'distribution'}: ${verdict}. ${evidence(feature).join(', ')}${moved}.`;
}

/** The bins with the largest contributions, largest first. */
export function biggest(feature: FeatureComparison, count: number): Bin[] {
  return feature.bins
    .filter((bin) => bin.contribution > 0)
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, count);
}

export interface Fact {
  name: string;
  value: string;
}

/** Everything there is to say about one bin, for the tooltip and for screen readers. */
export function binFacts(feature: FeatureComparison, bin: Bin, names: Names): Fact[] {
  const facts = [
    { name: names.baselineName, value: side(bin.baselineShare, bin.baselineRows) },
    { name: names.currentName, value: side(bin.currentShare, bin.currentRows) },
    { name: 'difference', value: format.points(bin.currentShare - bin.baselineShare) },
  ];
  if (feature.score !== undefined && Number.isFinite(bin.contribution)) {
    const total = feature.bins.reduce((sum, other) => sum + (other.contribution || 0), 0);
    const part = total > 0 ? ` (${format.percent(bin.contribution / total)} of the score)` : '';
    facts.push({ name: 'contribution', value: `${format.score(bin.contribution)}${part}` });
  }
  return facts;
}

function side(share: number, rows: number): string {
  return Number.isFinite(share) ? `${format.percent(share)} (${format.rows(rows)} rows)` : 'no rows';
}
