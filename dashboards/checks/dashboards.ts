import fs from 'fs';
import path from 'path';

export const ROOT = path.resolve(__dirname, '..');
export const REPOSITORY = path.resolve(ROOT, '..');

/* eslint-disable @typescript-eslint/no-explicit-any -- the checks read what is written, not what types promise */
export type Json = any;
/* eslint-enable @typescript-eslint/no-explicit-any */

export interface DashboardFile {
  file: string;
  json: Json;
}

export function readJson(file: string): Json {
  return JSON.parse(fs.readFileSync(path.resolve(ROOT, file), 'utf8'));
}

export function dashboards(): DashboardFile[] {
  return fs
    .readdirSync(path.join(ROOT, 'src/dashboards'))
    .sort()
    .map((file) => ({ file, json: readJson(`src/dashboards/${file}`) }));
}

/** Every panel, folded ones included, headings not. */
export function panelsOf(dashboard: Json): Json[] {
  return dashboard.panels.flatMap((panel: Json) => (panel.type === 'row' ? panel.panels : [panel]));
}

export interface Expression {
  /** Dashboard, panel and query, to find it again. */
  place: string;
  expr: string;
  kind: 'panel' | 'annotation' | 'variable';
  instant: boolean;
}

export function expressionsOf({ file, json }: DashboardFile): Expression[] {
  const found: Expression[] = [];
  for (const panel of panelsOf(json)) {
    for (const target of panel.targets ?? []) {
      const place = `${file}#${panel.id} ${panel.title} (${target.refId})`;
      found.push({ place, expr: target.expr, kind: 'panel', instant: Boolean(target.instant) });
    }
  }
  for (const annotation of json.annotations.list) {
    const expr = annotation.expr;
    found.push({ place: `${file} annotation ${annotation.name}`, expr, kind: 'annotation', instant: false });
  }
  for (const variable of json.templating.list) {
    const parts = labelValues(variable);
    if (parts) {
      found.push({ place: `${file} variable ${variable.name}`, expr: parts.metric, kind: 'variable', instant: true });
    }
  }
  return found;
}

/** The two parts of a `label_values(metric, label)` variable. */
export function labelValues(variable: Json): { metric: string; label: string } | undefined {
  const match = variable.type === 'query' && /^label_values\((.+),\s*(\w+)\)$/.exec(variable.query);
  return match ? { metric: match[1], label: match[2] } : undefined;
}

export type Values = Record<string, string>;

const BUILT_IN: Values = { __rate_interval: '1m', __interval: '30s', __range: '1h' };

export function substitute(expr: string, values: Values): string {
  return expr.replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, braced, plain) => {
    const name = braced ?? plain;
    return values[name] ?? BUILT_IN[name] ?? whole;
  });
}

export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([\w.]+)(?::\w+)?\}|\$([a-zA-Z_]\w*)/g)].map((match) => match[1] ?? match[2]);
}
