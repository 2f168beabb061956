import { type DataFrame, LoadingState } from '@grafana/data';
import { orderedRows, type Row, rowsOf, series, table } from '../src/panels/distribution/testFrames';

/** One state in which the panel has to hold its own. */
export interface Case {
  name: string;
  frames: DataFrame[];
  options?: Record<string, unknown>;
  state?: LoadingState;
  width?: number;
  height?: number;
}

const labels = (feature: string) => ({ model: 'flight-delay', version: '3', feature, role: 'input' });

function verdict(feature: string, state: number, thresholds?: [number, number], reason?: string): DataFrame[] {
  const own = labels(feature);
  const rows: Array<[string, Row[]]> = [
    ['state', [[own, state]]],
    ['required', [[own, 131]]],
  ];
  if (thresholds) {
    const [warning, drifted] = thresholds;
    rows.push([
      'threshold',
      [
        [{ ...own, severity: 'warning' }, warning],
        [{ ...own, severity: 'drifted' }, drifted],
      ],
    ]);
  }
  if (reason) {
    rows.push(['reason', [[{ ...own, reason }, 1]]]);
  }
  return rows.map(([refId, entries]) => table(refId, entries));
}

const AIRLINE = {
  WN: 21700,
  DL: 15100,
  AA: 12500,
  OO: 10100,
  EV: 9800,
  UA: 8900,
  MQ: 5100,
  B6: 4600,
  US: 3400,
  AS: 3000,
};
const AIRLINE_NOW = { WN: 2210, DL: 1490, AA: 1890, OO: 1030, EV: 960, UA: 930, MQ: 480, B6: 470, US: 0, AS: 310 };
const special = (missing: number, unseen: number) => ({
  __other__: 0,
  __unseen__: unseen,
  __missing__: missing,
  __invalid__: 0,
});

const EDGES = [31, 150, 250, 370, 500, 650, 850, 1100, 1600, 2400, 4983];
const DISTANCE = [10, 600, 900, 1000, 1010, 990, 1000, 1000, 1000, 990, 890, 12];
const DISTANCE_NOW = [2, 40, 70, 90, 105, 110, 130, 140, 150, 120, 60, 1];

const airline = (refs: typeof table | typeof series) => [
  ...[refs('baseline', rowsOf({ ...AIRLINE, ...special(0, 0) }, labels('airline')))].flat(),
  ...[refs('current', rowsOf({ ...AIRLINE_NOW, ...special(0, 25) }, labels('airline')))].flat(),
];

const distance = (feature: string) => [
  table('baseline', [...orderedRows(EDGES, DISTANCE, labels(feature)), ...rowsOf(special(80, 0), labels(feature))]),
  table(
    'current',
    rowsOf(
      { ...Object.fromEntries(DISTANCE_NOW.map((c, i) => [String(i).padStart(2, '0'), c])), ...special(22, 0) },
      labels(feature)
    )
  ),
];

const nextUp = (value: number) => value + 2 ** (Math.floor(Math.log2(Math.max(value, 1))) - 52);

function discrete(): DataFrame[] {
  const edges = [0, 1, 2, 3].flatMap((value) => [value, nextUp(value)]);
  const counts = [0, 500, 0, 300, 0, 150, 0, 50, 0];
  const now = [0, 30, 0, 30, 0, 25, 0, 15, 0];
  return [
    table('baseline', orderedRows(edges, counts, labels('stops'))),
    table('current', rowsOf(Object.fromEntries(now.map((c, i) => [String(i).padStart(2, '0'), c])), labels('stops'))),
  ];
}

/** Many features of many bins, all different, without chance. */
export function many(features: number, bins: number): DataFrame[] {
  const baseline: Row[] = [];
  const current: Row[] = [];
  const states: Row[] = [];
  for (let f = 0; f < features; f++) {
    const own = labels(`feature ${f + 1}`);
    const edges = Array.from({ length: bins - 1 }, (_, i) => i + f);
    const bell = (i: number, centre: number) => Math.round(1000 * Math.exp(-(((i - centre) / (bins / 5)) ** 2)));
    baseline.push(...orderedRows(edges, edges.map((_, i) => bell(i, bins / 2)).concat(3), own));
    const moved = Array.from({ length: bins }, (_, i) => bell(i, bins / 2 + (f % 5)) + ((i * 7 + f) % 11));
    current.push(...rowsOf(Object.fromEntries(moved.map((c, i) => [String(i).padStart(2, '0'), c])), own));
    states.push([own, [2, 1, 0, 0, -1][f % 5]]);
  }
  return [table('baseline', baseline), table('current', current), table('state', states)];
}

const LONG = {
  'Transportes Aéreos Nacionales de la República Oriental': 400,
  'International Consolidated Airlines Group Sociedad Anónima': 300,
  短: 200,
  'a value with <b>markup</b> & "quotes"': 100,
};

export const CASES: Case[] = [
  { name: 'categories', frames: [...airline(table), ...verdict('airline', 2, [0.031, 0.122])] },
  { name: 'numbers', frames: [...distance('distance'), ...verdict('distance', 1, [0.062, 0.168])] },
  {
    name: 'equal widths',
    frames: [...distance('distance'), ...verdict('distance', 1, [0.062, 0.168])],
    options: { binWidths: 'equal' },
  },
  { name: 'discrete', frames: [...discrete(), ...verdict('stops', 2, [0.08, 0.19])] },
  { name: 'time series frames', frames: airline(series) },
  { name: 'no rules', frames: distance('distance') },
  { name: 'multiples', frames: many(6, 12), width: 1060 },
  { name: 'empty', frames: [] },
  { name: 'loading', frames: [], state: LoadingState.Loading },
  { name: 'baseline only', frames: [...airline(table).slice(0, 1), ...verdict('airline', -1, undefined, 'no_rows')] },
  { name: 'live only', frames: [...airline(table).slice(1, 2), ...verdict('airline', -1, undefined, 'no_baseline')] },
  {
    name: 'too few rows',
    frames: [
      table('baseline', rowsOf({ a: 500, b: 500 }, labels('small'))),
      table('current', rowsOf({ a: 3, b: 9 }, labels('small'))),
      ...verdict('small', -1, undefined, 'too_few_rows'),
    ],
  },
  {
    name: 'one bin',
    frames: [
      table('baseline', rowsOf({ only: 100 }, labels('one'))),
      table('current', rowsOf({ only: 70 }, labels('one'))),
    ],
  },
  {
    name: 'all zero',
    frames: [
      table('baseline', rowsOf({ a: 0, b: 0 }, labels('zero'))),
      table('current', rowsOf({ a: 0, b: 0 }, labels('zero'))),
    ],
  },
  {
    name: 'not a number',
    frames: [
      table('baseline', rowsOf({ a: NaN, b: 5 }, labels('nan'))),
      table('current', rowsOf({ a: 4, b: -Infinity }, labels('nan'))),
    ],
  },
  {
    name: 'long labels',
    frames: [
      table('baseline', rowsOf(LONG, labels('name with a very long text in it'.repeat(3)))),
      table('current', rowsOf({ ...LONG, 短: 900 }, labels('name with a very long text in it'.repeat(3)))),
    ],
  },
  { name: 'fifty bins', frames: many(1, 50) },
  { name: 'narrow', frames: [...airline(table), ...verdict('airline', 2, [0.031, 0.122])], width: 200, height: 300 },
  { name: 'low', frames: distance('distance'), height: 110 },
  { name: 'very tall', frames: distance('distance'), width: 400, height: 1200 },
];
