import fs from 'fs';
import path from 'path';
import { asRows, psi, shares } from './model';

interface Vector {
  id: string;
  baseline: number[];
  current: number[];
  expected: { score: number; bins: number; contributions: number[] };
  tolerance: { absolute: number; relative: number };
}

const vectors: Vector[] = JSON.parse(
  fs.readFileSync(path.resolve(__dirname, '../../../testdata/psi-vectors.json'), 'utf8')
);

function expectClose(actual: number, expected: number, { absolute, relative }: Vector['tolerance']) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(absolute + relative * Math.abs(expected));
}

describe('psi', () => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s agrees with the exporter', (_, vector) => {
    const result = psi(vector.baseline, vector.current)!;
    expectClose(result.score, vector.expected.score, vector.tolerance);
    expect(result.binsInUse).toBe(vector.expected.bins);
    result.contributions.forEach((c, i) => expectClose(c, vector.expected.contributions[i], vector.tolerance));
  });

  // The rows of the rules' own test: what Prometheus records has to be what the panel draws.
  it.each([
    ['country', [3000, 2000, 4500, 400, 100, 0, 0], [600, 665, 1200, 280, 220, 5, 0], 0.227655],
    ['undeclared', [6000, 4000, 0], [600, 400, 350], 2.295817],
    ['score', [3000, 2500, 2000, 1500, 800, 200], [250, 270, 290, 300, 310, 210], 0.440423],
    ['single', [10000], [1200], 0],
  ])('%s agrees with the recording rules', (_, baseline, current, score) => {
    expect(psi(baseline, current)!.score).toBeCloseTo(score, 6);
  });

  it('has no score when a side has no rows', () => {
    expect(psi([1, 2], [0, 0])).toBeUndefined();
    expect(psi([0, 0], [1, 2])).toBeUndefined();
    expect(psi([], [])).toBeUndefined();
  });

  it('is symmetric and never negative', () => {
    const [a, b] = [
      [5, 0, 17, 40],
      [1, 9, 30, 2],
    ];
    expect(psi(a, b)!.score).toBeCloseTo(psi(b, a)!.score, 12);
    expect(psi(a, b)!.contributions.every((c) => c >= 0)).toBe(true);
  });
});

describe('counts', () => {
  it('takes what is no count for no rows', () => {
    expect([NaN, Infinity, -3, null, undefined, 'x', 2.5].map(asRows)).toEqual([0, 0, 0, 0, 0, 0, 2.5]);
  });

  it('has no shares without rows', () => {
    expect(shares([1, 3])).toEqual([0.25, 0.75]);
    expect(shares([0, 0])).toEqual([NaN, NaN]);
  });
});
