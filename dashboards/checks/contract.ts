import fs from 'node:fs';
import path from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import yaml from 'js-yaml';
import { REPOSITORY } from './dashboards';
import { RULES } from './stack';

/** A metric in an expression, with the labels that the expression relies on. */
export interface Use {
  metric: string;
  labels: string[];
}

/** Every series selector of an expression: its metric, and the labels that its matchers name. */
export function usesIn(expr: string): Use[] {
  const uses: Use[] = [];
  parser.parse(expr).iterate({
    enter(node) {
      if (node.name !== 'VectorSelector') {
        return;
      }
      const text = expr.slice(node.from, node.to);
      const metric = /^[a-zA-Z_:][\w:]*/.exec(text)?.[0] ?? '';
      const matchers = text.slice(metric.length);
      const labels = [...matchers.matchAll(/[{,]\s*([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)/g)].map((match) => match[1]);
      uses.push({ metric, labels });
    },
  });
  return uses;
}

/** Label names by metric, as a scrape has them. */
export function labelsInScrape(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line);
    if (match) {
      const labels = found.get(match[1]) ?? new Set();
      found.set(match[1], labels);
      [...(match[2] ?? '').matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].forEach(([, label]) => labels.add(label));
    }
  }
  return found;
}

/** What the rules promise to record. */
export function recordedSeries(): Map<string, Set<string>> {
  const file = path.join(REPOSITORY, 'alert-rules/recorded-series.json');
  const series: Array<{ name: string; labels: string[] }> = JSON.parse(fs.readFileSync(file, 'utf8'));
  return new Map(series.map(({ name, labels }) => [name, new Set(labels)]));
}

export interface Rule {
  record?: string;
  alert?: string;
  expr: string;
}

export function rules(): Rule[] {
  return RULES.flatMap((file) => {
    const { groups } = yaml.load(fs.readFileSync(file, 'utf8')) as { groups: Array<{ rules: Rule[] }> };
    return groups.flatMap((group) => group.rules);
  });
}

/** Prometheus makes these itself. */
export const FROM_PROMETHEUS = /^(up|ALERTS|scrape_\w+|prometheus_\w+)$/;

/** Every scraped series has these two labels. */
export const SCRAPE_LABELS = ['job', 'instance'];

/**
 * Metrics of the contract that the exporter does not expose in the demo, and why. The test says when one turns up.
 */
export const NOT_EXPOSED: Record<string, string> = {
  model_inference_duration_seconds: 'only a native histogram has this name without a suffix',
  model_drift_exporter_config_last_reload_successful: 'the demo has no configuration file',
  model_drift_exporter_snapshot_failures_total: 'the demo keeps its state in memory',
  model_drift_exporter_access_files_usable: 'everybody may see the demo',
};

/** Questions to which the demo has no answer, though the metrics are there. */
export const EMPTY_HERE: Array<{ expr: RegExp; reason: string }> = [
  {
    expr: /feature_violations:ratio.*> 0/,
    reason: 'the demo breaks a rule in so few rows that a window may have none',
  },
  { expr: /^feature:model_feature_insufficient:fleet\{/, reason: 'every feature of the demo may have a verdict' },
  { expr: /metric=~"mae\|/, reason: 'the model that is looked at predicts a class, not a number' },
];
