import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { drawDashboard, launch, PICTURES, serve, type Server } from './browser';
import {
  EMPTY_HERE,
  FROM_PROMETHEUS,
  labelsInScrape,
  NOT_EXPOSED,
  recordedSeries,
  rules,
  SCRAPE_LABELS,
  type Use,
  usesIn,
} from './contract';
import { dashboards, type Expression, expressionsOf, substitute } from './dashboards';
import { Stack } from './stack';

/** The feature of the demo that drifts: an airline disappears in July. */
const VALUES = {
  datasource: 'prometheus',
  job: 'drift-exporter',
  model: 'flight-delay',
  version: '1',
  candidate: '2',
  feature: 'airline',
  segment: 'all',
  window: '5m',
};
const AIRLINE = 'model="flight-delay",feature="airline",window="5m"';

const expressions: Expression[] = dashboards().flatMap((dashboard) =>
  expressionsOf(dashboard).map((e) => ({ ...e, expr: substitute(e.expr, VALUES) }))
);

let stack: Stack;
let scraped: Map<string, Set<string>>;
let browser: Browser;
let server: Server;

before(async () => {
  stack = await Stack.start(300);
  [browser, server] = await Promise.all([launch(), serve(stack.prometheus)]);
  await stack.until('the airline is drifted', async () => {
    const states = await stack.ask(`feature:model_feature_drift_state:fleet{${AIRLINE}} == 2`);
    return states.length > 0;
  });
  await stack.until(
    'an alert fires',
    async () => (await stack.ask('ALERTS{alertstate="firing",model!=""}')).length > 0
  );
  scraped = labelsInScrape(await stack.scrape());
  fs.mkdirSync(PICTURES, { recursive: true });
});

after(async () => {
  await browser?.close();
  server?.close();
  stack?.stop();
});

test('dashboards and rules use only metrics and labels that exist', () => {
  const recorded = recordedSeries();
  const known = (use: Use) => scraped.get(use.metric) ?? recorded.get(use.metric);
  const inRules = rules().map((rule) => ({ place: rule.record ?? rule.alert!, expr: rule.expr }));
  const promised = new Set(rules().map((rule) => rule.record));
  for (const { place, expr } of [...expressions, ...inRules]) {
    for (const use of usesIn(expr)) {
      if (
        FROM_PROMETHEUS.test(use.metric) ||
        NOT_EXPOSED[use.metric] ||
        (promised.has(use.metric) && !recorded.has(use.metric))
      ) {
        continue;
      }
      const labels = known(use);
      assert.ok(labels, `${place}: nothing exposes or records ${use.metric}`);
      for (const label of use.labels) {
        // The feature of a tolerance is optional, and absent in the demo.
        const optional = use.metric === 'model_feature_drift_tolerance' && label === 'feature';
        assert.ok(
          optional || labels.has(label) || SCRAPE_LABELS.includes(label),
          `${place}: ${use.metric} has no label ${label}, only ${[...labels].join(', ')}`
        );
      }
    }
  }
});

test('what is said to be missing is missing', (context) => {
  // Good news, and no reason to fail whoever brought it.
  Object.keys(NOT_EXPOSED)
    .filter((metric) => scraped.has(metric))
    .forEach((metric) => context.diagnostic(`${metric} is exposed now: take it off the list in contract.ts`));
});

test('every expression returns data, but for those with a reason not to', async () => {
  const empty: string[] = [];
  for (const { place, expr, kind, instant } of expressions) {
    const samples = await stack.ask(expr, instant ? undefined : { minutes: 10 });
    const reason = usesIn(expr)
      .map((use) => NOT_EXPOSED[use.metric])
      .concat(EMPTY_HERE.find(({ expr: pattern }) => pattern.test(expr))?.reason ?? '')
      .find(Boolean);
    // A variable asks for a label of any series, a query for numbers.
    const filled = samples.some(({ value }) => kind === 'variable' || !Number.isNaN(value));
    if (!filled && !reason) {
      empty.push(`${place}: ${expr}`);
    }
  }
  assert.deepStrictEqual(empty, []);
});

for (const { file, json } of dashboards()) {
  test(`${file} is drawn without an error`, async () => {
    const variables = new URLSearchParams(
      Object.entries(VALUES).map(([name, value]) => [`var-${name}`, value])
    ).toString();
    const url = `${server.url}/dashboard.html?d=${file}&minutes=4&${variables}`;
    const outcome = await drawDashboard(browser, url, path.join(PICTURES, file.replace('.json', '.png')));
    assert.ok(outcome.panels.length >= 8, `${json.title}: ${outcome.panels.length} panels`);
  });
}
