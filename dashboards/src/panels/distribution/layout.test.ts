import { comparisonsOf } from './comparison';
import { grid } from './grid';
import { heightOf, layOut, slotAt, ticks, withoutOverlap } from './layout';
import { orderedRows, rowsOf, table } from './testFrames';

function binsOf(edges: number[], counts: number[], special: Record<string, number> = {}) {
  const rows = [...orderedRows(edges, counts, { feature: 'x' }), ...rowsOf(special, { feature: 'x' })];
  return comparisonsOf([table('baseline', rows)])[0].bins;
}

describe('layOut', () => {
  it('gives ordered bins their true widths and sets tails and special bins apart', () => {
    const { slots, scale } = layOut(binsOf([0, 10, 40], [1, 20, 60, 1], { __missing__: 4 }), 400, 'true');
    const [lower, first, second, upper, missing] = slots;
    expect(scale).toBe('area');
    expect(second.width / first.width).toBeCloseTo(3, 6);
    expect(first.left).toBeGreaterThan(lower.left + lower.width);
    expect(upper.left).toBeGreaterThan(second.left + second.width);
    expect(missing.left).toBeGreaterThan(upper.left + upper.width);
    expect(missing.left + missing.width).toBeCloseTo(400, 6);
  });

  it('draws shares as areas where widths differ, so that a wide bin does not look heavier than it is', () => {
    const { slots, scale } = layOut(binsOf([0, 10, 40], [0, 50, 50, 0]), 400, 'true');
    const areas = slots.slice(1, 3).map((slot) => heightOf(slot.bin.baselineShare, slot, scale) * slot.width);
    expect(areas[0]).toBeCloseTo(areas[1], 9);
  });

  it('falls back to heights for discrete values, which have no width', () => {
    const nextUp = 1 + Number.EPSILON;
    expect(layOut(binsOf([0, 1, nextUp, 2], [0, 20, 60, 20, 0]), 400, 'true').scale).toBe('height');
  });

  it('keeps every bin wide enough to be seen and inside the plot', () => {
    const edges = Array.from({ length: 49 }, (_, i) => 2 ** i);
    const { slots } = layOut(binsOf(edges, Array(50).fill(3)), 180, 'true');
    for (const { left, width } of slots) {
      expect(width).toBeGreaterThanOrEqual(2);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(180.001);
    }
  });

  it.each([
    ['asked for', [0, 10, 40], [1, 20, 60, 1], 'equal' as const],
    ['there is no range', [5], [10, 90], 'true' as const],
  ])('uses equal widths when %s', (_, edges, counts, widths) => {
    const { slots, scale } = layOut(binsOf(edges, counts), 400, widths);
    expect(scale).toBe('height');
    slots.forEach((slot) => expect(slot.width).toBeCloseTo(400 / counts.length, 9));
  });

  it('has no slots for no bins', () => {
    expect(layOut([], 400, 'true').slots).toEqual([]);
  });
});

describe('slotAt', () => {
  const { slots } = layOut(binsOf([0, 10, 40], [1, 20, 60, 1]), 400, 'true');

  it('finds the bin under the pointer, and the nearest one in a gap', () => {
    expect(slotAt(slots, slots[2].left + 1)).toBe(2);
    expect(slotAt(slots, slots[0].width + 1)).toBe(0);
    expect(slotAt(slots, 9999)).toBe(3);
    expect(slotAt([], 10)).toBe(-1);
  });
});

describe('ticks', () => {
  it('chooses round numbers inside the range', () => {
    expect(ticks(0, 1, 4)).toEqual([0, 0.5, 1]);
    expect(ticks(-3, 12, 5)).toEqual([0, 5, 10]);
    expect(ticks(0, 0, 4)).toEqual([0]);
  });
});

describe('withoutOverlap', () => {
  it('keeps the first of two labels that would touch', () => {
    const label = (x: number, text: string) => ({ x, text, anchor: 'middle' as const });
    expect(
      withoutOverlap([label(50, 'first'), label(60, 'second'), label(150, 'third')], 6).map((l) => l.text)
    ).toEqual(['first', 'third']);
  });
});

describe('grid', () => {
  it('shares the height while charts stay legible', () => {
    expect(grid(4, 800, 400, 260)).toMatchObject({ columns: 2, height: 195 });
  });

  it('scrolls rather than squeezes', () => {
    expect(grid(20, 800, 400, 260).height).toBe(130);
  });

  it('has one column in a narrow panel', () => {
    expect(grid(5, 200, 300, 260)).toMatchObject({ columns: 1 });
  });
});
