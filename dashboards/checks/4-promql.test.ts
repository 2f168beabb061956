import assert from 'node:assert';
import { test } from 'node:test';
import yaml from 'js-yaml';
import { parser } from '@prometheus-io/lezer-promql';
import fs from 'node:fs';
import path from 'node:path';
import { ALERTS_FILE } from '../generator/generate';
import { dashboards, expressionsOf, type Json, panelsOf, ROOT, substitute } from './dashboards';

/** Values of the kind that a browser would put in. */
const VALUES = {
  datasource: 'prometheus',
  job: '.+',
  model: 'flight-delay',
  version: '3',
  candidate: '4',
  feature: 'airline',
  segment: 'all',
  window: '1h',
};

/** The part of an expression that no grammar rule fits. */
export function syntaxError(expr: string): string | undefined {
  let found: string | undefined;
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError && found === undefined) {
        found = expr.slice(Math.max(0, node.from - 20), node.to + 20) || expr;
      }
    },
  });
  return found;
}

test('the parser notices what is no PromQL', () => {
  assert.strictEqual(syntaxError('sum by (a) (rate(x_total[5m]))'), undefined);
  assert.ok(syntaxError('sum by (a (x)'));
});

for (const dashboard of dashboards()) {
  test(`${dashboard.file}: every expression is PromQL`, () => {
    const expressions = expressionsOf(dashboard);
    assert.ok(expressions.length > 0);
    for (const { place, expr } of expressions) {
      const filled = substitute(expr, VALUES);
      assert.doesNotMatch(filled, /\$[a-zA-Z{]/, `${place}: ${filled}`);
      assert.strictEqual(syntaxError(filled), undefined, `${place}: ${filled}`);
    }
  });
}

test('alerts for Grafana are PromQL, have valid uids and point at panels that exist', () => {
  const { groups } = yaml.load(fs.readFileSync(path.join(ROOT, ALERTS_FILE), 'utf8')) as Json;
  const rules: Json[] = groups[0].rules;
  assert.strictEqual(new Set(rules.map((rule) => rule.uid)).size, rules.length);
  for (const { uid, data, annotations } of rules) {
    assert.match(uid, /^[a-z-]{1,40}$/);
    assert.strictEqual(syntaxError(data[0].model.expr), undefined, uid);
    const target = dashboards().find(({ json }) => json.uid === annotations.__dashboardUid__);
    const panels = target ? panelsOf(target.json).map((panel) => String(panel.id)) : [];
    assert.ok(
      panels.includes(annotations.__panelId__),
      `${uid}: ${annotations.__dashboardUid__} ${annotations.__panelId__}`
    );
    assert.doesNotMatch(JSON.stringify(annotations), /\$value\b|\| query\b/, uid);
    assert.ok(annotations.summary && annotations.runbook_url, uid);
  }
});
