import { comparisonsOf, orderFeatures } from './comparison';
import { orderedRows, type Row, rowsOf, series, table } from './testFrames';

const country = { model: 'm', version: '1', feature: 'country', role: 'input' };
const baseline = rowsOf(
  { DE: 3000, FR: 2000, US: 4500, __other__: 400, __missing__: 100, __unseen__: 0, __invalid__: 0 },
  country
);
const current = rowsOf(
  { DE: 600, FR: 665, US: 1200, __other__: 280, __missing__: 220, __unseen__: 5, __invalid__: 0 },
  { ...country, window: '1h' }
);
const verdict: Array<[string, Row[]]> = [
  ['score', [[{ ...country, measure: 'psi', window: '1h' }, 0.227655]]],
  [
    'threshold',
    [
      [{ ...country, severity: 'warning' }, 0.03957],
      [{ ...country, severity: 'drifted' }, 0.13843],
    ],
  ],
  ['state', [[country, 2]]],
  ['required', [[country, 100]]],
];

describe('comparisonsOf', () => {
  it.each([
    [
      'tables',
      [table('baseline', baseline), table('current', current), ...verdict.map(([ref, rows]) => table(ref, rows))],
    ],
    [
      'time series',
      [
        ...series('baseline', baseline),
        ...series('current', current),
        ...verdict.flatMap(([ref, rows]) => series(ref, rows)),
      ],
    ],
  ])('reads %s', (_, frames) => {
    const [feature, ...others] = comparisonsOf(frames);
    expect(others).toHaveLength(0);
    expect(feature).toMatchObject({
      feature: 'country',
      ordered: false,
      baselineRows: 10000,
      currentRows: 2970,
      score: 0.227655,
      warningThreshold: 0.03957,
      driftedThreshold: 0.13843,
      state: 2,
      requiredRows: 100,
    });
    expect(feature.bins.map((bin) => bin.name)).toEqual([
      'US',
      'DE',
      'FR',
      '__other__',
      '__unseen__',
      '__missing__',
      '__invalid__',
    ]);
    expect(feature.bins.reduce((sum, bin) => sum + bin.contribution, 0)).toBeCloseTo(0.227655, 6);
  });

  it('tells queries apart by their labels when the refIds say nothing', () => {
    const edges = orderedRows([0, 1], [10, 80, 10], { feature: 'x' });
    const counts = rowsOf({ '00': 20, '01': 60, '02': 20 }, { feature: 'x', __name__: 'feature_bin:increase' });
    const state: Row[] = [[{ feature: 'x', __name__: 'feature:model_feature_drift_state:fleet' }, 1]];
    const [feature] = comparisonsOf([table('A', edges), table('B', counts), table('C', state)]);
    expect(feature).toMatchObject({ baselineRows: 100, currentRows: 100, state: 1, ordered: true });
  });

  it('sets tails apart and keeps ordered bins in order', () => {
    const edges = orderedRows([-1.5, 0, 3], [5, 40, 50, 5], { feature: 'x' });
    const [feature] = comparisonsOf([table('baseline', [edges[2], edges[0], edges[3], edges[1]])]);
    expect(feature.bins.map((bin) => [bin.kind, bin.label])).toEqual([
      ['lowerTail', '< −1.5'],
      ['interval', '−1.5 – 0'],
      ['interval', '0 – 3'],
      ['upperTail', '≥ 3'],
    ]);
  });

  it('counts a baseline once, however many replicas expose it, and adds up live rows', () => {
    const replica = (instance: string) => ({ feature: 'x', instance });
    const [feature] = comparisonsOf([
      table('baseline', [...rowsOf({ a: 10 }, replica('1')), ...rowsOf({ a: 10 }, replica('2'))]),
      table('current', [...rowsOf({ a: 3 }, replica('1')), ...rowsOf({ a: 4 }, replica('2'))]),
    ]);
    expect(feature).toMatchObject({ baselineRows: 10, currentRows: 7, edgesDisagree: false });
  });

  it('notices replicas with different edges', () => {
    const [feature] = comparisonsOf([
      table('baseline', [
        ...orderedRows([1, 2], [1, 2, 3], { feature: 'x' }),
        ...orderedRows([1, 2.5], [1, 2, 3], { feature: 'x' }),
      ]),
    ]);
    expect(feature.edgesDisagree).toBe(true);
  });

  it('withholds the score while there is no verdict, and says why', () => {
    const labels = { feature: 'x' };
    const [feature] = comparisonsOf([
      table('baseline', rowsOf({ a: 50, b: 50 }, labels)),
      table('current', rowsOf({ a: 1, b: 9 }, labels)),
      table('state', [[labels, -1]]),
      table('reason', [[{ ...labels, reason: 'too_few_rows' }, 1]]),
    ]);
    expect(feature).toMatchObject({ score: undefined, reasons: ['too few rows in the window'] });
  });

  it.each([
    ['baseline', { baselineRows: 3, currentRows: 0 }],
    ['current', { baselineRows: 0, currentRows: 3 }],
  ])('survives with only the %s side', (refId, expected) => {
    const [feature] = comparisonsOf([table(refId, rowsOf({ a: 1, b: 2 }, { feature: 'x' }))]);
    expect(feature).toMatchObject({ ...expected, score: undefined });
  });

  it('reads nothing from nothing', () => {
    expect(comparisonsOf([])).toEqual([]);
    expect(comparisonsOf([table('baseline', [])])).toEqual([]);
  });

  it('takes NaN for no rows', () => {
    const [feature] = comparisonsOf([table('current', rowsOf({ a: NaN, b: 2 }, { feature: 'x' }))]);
    expect(feature.currentRows).toBe(2);
  });

  it.each([
    ['baseline', ['b', 'a', 'c']],
    ['contribution', ['c', 'b', 'a']],
    ['name', ['a', 'b', 'c']],
  ] as const)('sorts categories by %s', (order, expected) => {
    const frames = [
      table('baseline', rowsOf({ a: 30, b: 60, c: 10 }, { feature: 'x' })),
      table('current', rowsOf({ a: 30, b: 20, c: 50 }, { feature: 'x' })),
    ];
    expect(comparisonsOf(frames, order)[0].bins.map((bin) => bin.name)).toEqual(expected);
  });
});

describe('orderFeatures', () => {
  const frames = [
    table(
      'current',
      ['calm', 'few', 'bad', 'worse'].flatMap((feature) => rowsOf({ a: 1 }, { feature }))
    ),
    table('state', [
      [{ feature: 'calm' }, 0],
      [{ feature: 'few' }, -1],
      [{ feature: 'bad' }, 2],
      [{ feature: 'worse' }, 2],
    ]),
    table('score', [
      [{ feature: 'bad' }, 0.3],
      [{ feature: 'worse' }, 0.5],
    ]),
  ];

  it('puts first what needs eyes first', () => {
    expect(orderFeatures(comparisonsOf(frames), 'drift').map((f) => f.feature)).toEqual([
      'worse',
      'bad',
      'calm',
      'few',
    ]);
  });

  it('can go by name', () => {
    expect(orderFeatures(comparisonsOf(frames), 'name').map((f) => f.feature)).toEqual(['bad', 'calm', 'few', 'worse']);
  });
});
