import assert from 'node:assert';
import { test } from 'node:test';
import { BASELINE_STALE_DAYS, COLORS, STATE } from '../src/shared/meaning';
import { thresholds } from '../generator/thresholds';
import { dashboards, expressionsOf, type Json, labelValues, panelsOf, readJson, variablesIn } from './dashboards';

const CORE_PANELS = ['stat', 'timeseries', 'table', 'bargauge', 'state-timeline', 'heatmap', 'row', 'text'];
const OUR_PANEL = 'modeldrift-distribution-panel';
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
/** In the order in which a person chooses; a dashboard may leave some out. */
const VARIABLE_ORDER = ['datasource', 'job', 'model', 'version', 'candidate', 'feature', 'segment', 'window'];
const BUILT_IN_VARIABLES = ['__rate_interval', '__interval', '__range', '__url_time_range'];

const all = dashboards();
const uids = new Set(all.map(({ json }) => json.uid));

test('every dashboard that rules link to exists under its uid, and no other', () => {
  assert.deepStrictEqual([...uids].sort(), Object.values(thresholds.dashboards).sort());
  for (const uid of uids) {
    assert.ok(uid.length <= 40, uid);
  }
});

test('colours, states and ages are those of the rules', () => {
  for (const [state, color] of Object.entries(thresholds.colors)) {
    assert.strictEqual(COLORS[state as keyof typeof COLORS], color);
  }
  assert.strictEqual(BASELINE_STALE_DAYS, thresholds.baseline.staleDays);
  const { drift } = thresholds as unknown as { drift: { states: object } };
  assert.deepStrictEqual({ ...STATE }, drift.states);
});

test('plugin.json includes every dashboard under its own name', () => {
  const includes = readJson('src/plugin.json').includes.filter((include: Json) => include.type === 'dashboard');
  const titles = Object.fromEntries(all.map(({ file, json }) => [`dashboards/${file}`, json.title]));
  assert.deepStrictEqual(
    Object.fromEntries(includes.map((include: Json) => [include.path, `Model drift / ${include.name}`])),
    titles
  );
});

for (const { file, json } of all) {
  const panels = panelsOf(json);
  const declared = json.templating.list.map((variable: Json) => variable.name);

  test(`${file}: ids are unique, nothing overlaps, nothing sticks out`, () => {
    const ids = [...json.panels.map((p: Json) => p.id), ...panels.map((p) => p.id)];
    const rows = json.panels.filter((p: Json) => p.type === 'row').length;
    assert.strictEqual(new Set(ids).size, panels.length + rows);
    assertNoOverlap(json.panels);
    for (const row of json.panels.filter((p: Json) => p.collapsed)) {
      assertNoOverlap(row.panels);
    }
  });

  test(`${file}: every panel asks a question and says what its numbers are`, () => {
    for (const panel of panels) {
      const place = `panel ${panel.id} "${panel.title}"`;
      const { defaults } = panel.fieldConfig;
      assert.ok(panel.title, place);
      assert.match(panel.description ?? '', /\?/, `${place}: the description states the question it answers`);
      assert.ok(panel.description.length > 40, `${place}: the description says how to read it`);
      assert.ok(defaults.unit, `${place}: a unit, even if it is "none"`);
      assert.ok(defaults.noValue, `${place}: a text for no data`);
      assert.ok([...CORE_PANELS, OUR_PANEL].includes(panel.type), `${place}: ${panel.type} is no core panel`);
      if (defaults.unit === 'percentunit' && panel.type === 'timeseries') {
        assert.ok(defaults.min === 0 || defaults.max === 1, `${place}: a share has bounds`);
      }
    }
  });

  test(`${file}: every panel, query, annotation and variable uses the chosen data source`, () => {
    const uses = [
      ...panels.flatMap((panel) => [panel.datasource, ...panel.targets.map((target: Json) => target.datasource)]),
      ...json.annotations.list.map((annotation: Json) => annotation.datasource),
      ...json.templating.list.filter((v: Json) => v.type === 'query').map((v: Json) => v.datasource),
    ];
    uses.forEach((use) => assert.deepStrictEqual(use, DATASOURCE));
    assert.strictEqual(json.__inputs, undefined);
  });

  test(`${file}: variables come in order, chained and refreshed`, () => {
    const positions = declared.map((name: string) => VARIABLE_ORDER.indexOf(name));
    assert.ok(!positions.includes(-1), `unknown variable in ${declared}`);
    assert.deepStrictEqual(
      positions,
      [...positions].sort((a, b) => a - b)
    );
    assert.strictEqual(declared[0], 'datasource');
    for (const variable of json.templating.list.filter((v: Json) => v.type === 'query')) {
      assert.ok(labelValues(variable), `${variable.name}: a label_values query, as a string`);
      assert.strictEqual(variable.refresh, 2);
      assert.ok(variable.sort > 0, `${variable.name} is sorted`);
      assert.ok(!variable.multi || (variable.includeAll && variable.allValue === '.+'), variable.name);
      for (const used of variablesIn(variable.query)) {
        assert.ok(declared.indexOf(used) < declared.indexOf(variable.name), `${variable.name} needs ${used} before it`);
      }
    }
  });

  test(`${file}: only known variables are used`, () => {
    for (const name of variablesIn(JSON.stringify(json))) {
      const known = declared.includes(name) || BUILT_IN_VARIABLES.includes(name) || /^__(data|field)\b/.test(name);
      assert.ok(known || /^\d/.test(name), `$${name}`);
    }
  });

  test(`${file}: a variable with several values is matched by a pattern, a single one exactly`, () => {
    for (const { place, expr } of expressionsOf({ file, json })) {
      for (const [, operator, variables] of expr.matchAll(/(=~|!~|!=|=)"((?:\$\w+\|?)+)"/g)) {
        const several =
          variables.includes('|') || json.templating.list.some((v: Json) => v.multi && variables === `$${v.name}`);
        assert.strictEqual(operator.endsWith('~'), several, `${place}: ${operator}"${variables}"`);
      }
    }
  });

  test(`${file}: counters are only read through rate or increase, gauges never are`, () => {
    for (const { place, expr, kind } of expressionsOf({ file, json })) {
      if (kind !== 'panel') {
        continue;
      }
      for (const match of expr.matchAll(/\b([a-z_]+(?:_total|_bucket|_sum|_count))\{[^}]*\}(\[[^\]]+\])?/g)) {
        const before = expr.slice(0, match.index);
        const ledger = /ledger/.test(panelTitle(panels, place));
        assert.ok(ledger || /(rate|increase)\($/.test(before), `${place}: ${match[1]} outside rate and increase`);
        assert.ok(ledger || /\$__rate_interval|\$__range/.test(match[2] ?? ''), `${place}: a range that fits the zoom`);
      }
      for (const match of expr.matchAll(/(?:rate|increase)\(([a-z_]+)\{/g)) {
        assert.match(match[1], /_(total|bucket|sum|count)$/, `${place}: ${match[1]} is no counter`);
      }
    }
  });

  test(`${file}: links lead to dashboards that exist, with variables that they have`, () => {
    const links = JSON.stringify(json).match(/\/d\/[^"]+/g) ?? [];
    for (const link of links) {
      const [, uid, query] = /^\/d\/([^?]+)\?(.*)$/.exec(link)!;
      assert.ok(uids.has(uid), link);
      assert.match(query, /\$\{datasource:queryparam\}/, link);
      assert.match(query, /\$\{__url_time_range\}/, link);
      const target = all.find((other) => other.json.uid === uid)!.json.templating.list.map((v: Json) => v.name);
      for (const [, name] of query.matchAll(/var-(\w+)=/g)) {
        assert.ok(target.includes(name), `${link}: ${uid} has no variable ${name}`);
      }
    }
    assert.deepStrictEqual(json.links[0].tags, json.tags);
    assert.ok(json.links[0].includeVars && json.links[0].keepTime);
  });

  test(`${file}: thresholds begin without a lower bound and are numbers of the rules`, () => {
    const known = numbersIn(thresholds);
    for (const panel of panels) {
      for (const steps of stepsIn(panel)) {
        assert.strictEqual(steps[0].value, null, `panel ${panel.id}`);
        for (const { value } of steps.slice(1)) {
          assert.ok(known.has(value), `panel ${panel.id} "${panel.title}": ${value} is no number of thresholds.json`);
        }
      }
    }
  });

  test(`${file}: tables join answers that have the same labels`, () => {
    for (const panel of panels.filter((p) => p.type === 'table' && p.targets.length > 1)) {
      const labels = panel.targets.map((target: Json) => /\bby \(([^)]*)\)/.exec(target.expr)?.[1]);
      assert.strictEqual(new Set(labels).size, 1, `panel ${panel.id} "${panel.title}": ${labels.join(' | ')}`);
      // A plain selector keeps the name of its metric, and rows with different names do not join.
      panel.targets.forEach((target: Json) => assert.doesNotMatch(target.expr, /^[\w:]+\{/, `panel ${panel.id}`));
    }
  });

  test(`${file}: tables, numbers of now and our panel ask for now`, () => {
    for (const panel of panels) {
      const overTime = ['timeseries', 'state-timeline', 'heatmap'].includes(panel.type);
      for (const target of panel.targets) {
        assert.strictEqual(Boolean(target.range), overTime, `panel ${panel.id} ${target.refId}`);
        assert.strictEqual(Boolean(target.instant), !overTime, `panel ${panel.id} ${target.refId}`);
      }
    }
  });

  test(`${file}: shared settings`, () => {
    assert.strictEqual(json.editable, false);
    assert.strictEqual(json.refresh, '1m');
    assert.strictEqual(json.graphTooltip, 1);
    assert.strictEqual(json.timezone, 'browser');
    assert.deepStrictEqual(json.time, { from: 'now-24h', to: 'now' });
    assert.ok(Number.isInteger(json.revision) && json.revision > 0);
    assert.strictEqual(json.version, json.revision);
    assert.ok(json.description.includes('?'), 'the description states the question it answers');
  });
}

function panelTitle(panels: Json[], place: string): string {
  const id = Number(/#(\d+)/.exec(place)?.[1]);
  return panels.find((panel) => panel.id === id)?.title ?? '';
}

function assertNoOverlap(panels: Json[]) {
  const cells = new Map<string, string>();
  for (const { id, title, gridPos } of panels) {
    assert.ok(gridPos.x >= 0 && gridPos.x + gridPos.w <= 24, `${title} sticks out`);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        const other = cells.get(`${x},${y}`);
        assert.ok(!other, `${title} (${id}) overlaps ${other}`);
        cells.set(`${x},${y}`, `${title} (${id})`);
      }
    }
  }
}

function stepsIn(panel: Json): Json[][] {
  const found: Json[][] = [];
  JSON.stringify(panel.fieldConfig, (key, value) => {
    if (key === 'steps') {
      found.push(value);
    }
    return value;
  });
  return found;
}

/** 0 and 1 are states and counts of anything at all; days are shown in seconds. */
function numbersIn(value: unknown): Set<number> {
  const numbers = new Set<number>([0, 1]);
  JSON.stringify(value, (key, entry) => {
    if (typeof entry === 'number') {
      numbers.add(key.endsWith('Days') ? entry * 86400 : entry);
    }
    return entry;
  });
  return numbers;
}
