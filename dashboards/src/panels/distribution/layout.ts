import type { Bin, BinWidths } from './types';

/** Where the bins of one feature stand, in pixels from the left edge of the plot. */
export interface Slot {
  bin: Bin;
  left: number;
  width: number;
}

export interface Layout {
  slots: Slot[];
  /**
   * With equal heights per share a wide bin looks heavier than it is, so bins of true width show their share as area.
   * Discrete values have no width that an area could have; then heights are shares.
   */
  scale: 'height' | 'area';
  /** Which stretch of the plot stands for which values; absent with equal widths. */
  axis?: Axis;
}

export interface Axis {
  from: number;
  to: number;
  left: number;
  right: number;
}

/** Narrower than this nobody could see a bar. */
const NARROWEST = 2;
const POINT = 12;
const GAP = 10;

export function layOut(bins: Bin[], plotWidth: number, widths: BinWidths): Layout {
  const values = bins.filter((bin) => bin.kind !== 'special');
  const special = bins.filter((bin) => bin.kind === 'special');
  const intervals = values.filter((bin) => bin.kind === 'interval');
  const range = intervals.length > 0 ? intervals[intervals.length - 1].upper - intervals[0].lower : NaN;
  if (widths === 'equal' || !(range > 0 && Number.isFinite(range))) {
    return { slots: equalSlots(values, special, plotWidth), scale: 'height' };
  }
  return trueSlots(values, special, plotWidth, intervals[0].lower, range);
}

function equalSlots(values: Bin[], special: Bin[], plotWidth: number): Slot[] {
  const gap = values.length > 0 && special.length > 0 ? GAP : 0;
  const width = Math.max(0, plotWidth - gap) / Math.max(1, values.length + special.length);
  return [...values, ...special].map((bin, i) => ({
    bin,
    left: i * width + (i >= values.length ? gap : 0),
    width,
  }));
}

function trueSlots(values: Bin[], special: Bin[], plotWidth: number, start: number, range: number): Layout {
  const hasLower = values.some((bin) => bin.kind === 'lowerTail');
  const hasUpper = values.some((bin) => bin.kind === 'upperTail');
  const apart = Number(hasLower) + Number(hasUpper) + special.length;
  const apartWidth = Math.min(32, Math.max(6, plotWidth / (apart + 12)));
  const gaps = GAP * (Number(hasLower) + Number(hasUpper) + Number(special.length > 0));
  const axisWidth = Math.max(NARROWEST, plotWidth - apart * apartWidth - gaps);
  const axisLeft = hasLower ? apartWidth + GAP : 0;
  const axisRight = axisLeft + axisWidth;
  let next = axisRight + GAP;
  const slots = [...values, ...special].map((bin): Slot => {
    if (bin.kind === 'lowerTail') {
      return { bin, left: 0, width: apartWidth };
    }
    if (bin.kind !== 'interval') {
      const slot = { bin, left: next, width: apartWidth };
      next += apartWidth + (bin.kind === 'upperTail' ? GAP : 0);
      return slot;
    }
    const width = Math.max(NARROWEST, ((bin.upper - bin.lower) / range) * axisWidth);
    const left = axisLeft + ((bin.lower - start) / range) * axisWidth;
    return { bin, left: Math.min(left, axisRight - width), width };
  });
  const axis = { from: start, to: start + range, left: axisLeft, right: axisRight };
  const discrete = ({ bin }: Slot) => bin.kind === 'interval' && ((bin.upper - bin.lower) / range) * axisWidth < 0.5;
  if (!slots.some((slot) => discrete(slot) && slot.bin.baselineRows + slot.bin.currentRows > 0)) {
    return { slots, scale: 'area', axis };
  }
  return {
    slots: slots.map((slot) => (discrete(slot) ? widened(slot, axisLeft, axisRight) : slot)),
    scale: 'height',
    axis,
  };
}

/** A single value gets a bar around it that both sides can be told apart in. */
function widened(slot: Slot, from: number, to: number): Slot {
  const width = Math.min(POINT, to - from);
  const left = slot.left + slot.width / 2 - width / 2;
  return { ...slot, left: Math.min(Math.max(left, from), to - width), width };
}

/** What a share becomes on the vertical axis: itself, or spread over the width of its slot. */
export function heightOf(share: number, slot: Slot, scale: Layout['scale']): number {
  if (!Number.isFinite(share)) {
    return 0;
  }
  return scale === 'area' ? share / slot.width : share;
}

/** The slot under a pointer, or the nearest one: bars can be too narrow to hit. */
export function slotAt(slots: Slot[], x: number): number {
  let best = -1;
  let distance = Infinity;
  slots.forEach(({ left, width }, i) => {
    const away = x < left ? left - x : x > left + width ? x - left - width : 0;
    if (away < distance) {
      [best, distance] = [i, away];
    }
  });
  return best;
}

/** A step of about a quarter of the span that a person would choose: 1, 2 or 5 times a power of ten. */
export function niceStep(span: number, steps: number): number {
  if (!(span > 0) || !Number.isFinite(span)) {
    return 1;
  }
  const rough = span / Math.max(1, steps);
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((d) => d * power >= rough * 0.999) ?? 10;
  return digit * power;
}

export function ticks(from: number, to: number, steps: number): number[] {
  const step = niceStep(to - from, steps);
  const result: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9 && result.length < 50; i++) {
    result.push(Number((i * step).toPrecision(12)));
  }
  return result;
}

export interface AxisLabel {
  x: number;
  text: string;
  anchor: 'start' | 'middle' | 'end';
}

/** Drops every label that would touch one placed before it, so the important ones have to come first. */
export function withoutOverlap(labels: AxisLabel[], characterWidth: number): AxisLabel[] {
  const taken: Array<[number, number]> = [];
  return labels.filter(({ x, text, anchor }) => {
    const width = text.length * characterWidth;
    const from = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    const free = taken.every(([start, end]) => from > end + 6 || from + width < start - 6);
    if (free) {
      taken.push([from, from + width]);
    }
    return free;
  });
}
