import { points, percent, shorten, number } from './format';
import { type Axis, type AxisLabel, heightOf, type Layout, layOut, type Slot, ticks, withoutOverlap } from './layout';
import type { FeatureComparison, Options } from './types';
import { biggest } from './words';

/** Everything of a chart that depends on data and size, ready to be put into SVG. */
export interface Drawing {
  width: number;
  height: number;
  left: number;
  plotWidth: number;
  plotHeight: number;
  fontSize: number;
  scale: Layout['scale'];
  slots: Slot[];
  shareTicks: Array<{ y: number; text: string }>;
  baselinePath: string;
  currentPath: string;
  axisPath: string;
  binLabels: AxisLabel[];
  stripTop: number;
  stripHeight: number;
  stripAxis: number;
  contributionPath: string;
  contributionLabels: Array<AxisLabel & { y: number }>;
}

const SMALL = 11;
const TOP = 6;
const STRIP_FROM = 110;
const RIGHT = 2;

export function drawing(feature: FeatureComparison, options: Options, width: number, height: number): Drawing {
  const roomy = width >= 320;
  const left = roomy ? 44 : 4;
  const plotWidth = Math.max(1, width - left - RIGHT);
  const bins = feature.bins.filter(
    (bin) => bin.kind !== 'special' || options.showEmptySpecialBins || bin.baselineRows + bin.currentRows > 0
  );
  const layout = layOut(bins, plotWidth, options.binWidths);
  const strip = stripOf(feature, options, height);
  const plotHeight = Math.max(8, height - strip.room - SMALL - 6);
  const top = highest(layout);
  const y = (value: number) => plotHeight - (top > 0 ? (value / top) * (plotHeight - TOP) : 0);
  const stripTop = height - strip.height;
  return {
    width,
    height,
    left,
    plotWidth,
    plotHeight,
    fontSize: SMALL,
    scale: layout.scale,
    slots: layout.slots,
    shareTicks: roomy ? shareTicks(layout, top, y, plotHeight) : [],
    baselinePath: bars(layout, y, plotHeight, (slot) => slot.bin.baselineShare),
    currentPath: bars(layout, y, plotHeight, (slot) => slot.bin.currentShare),
    axisPath: layout.slots.map((slot) => `M${px(slot.left)} ${plotHeight}h${px(slot.width)}`).join(''),
    binLabels: binLabels(feature, layout, plotWidth),
    stripTop,
    stripHeight: strip.height,
    stripAxis: px(stripTop + strip.height / 2),
    ...contributions(feature, layout.slots, stripTop, strip.height, plotWidth),
  };
}

function stripOf(feature: FeatureComparison, options: Options, height: number) {
  const wanted = options.showContributions && feature.score !== undefined && height >= STRIP_FROM;
  const stripHeight = wanted ? Math.min(90, Math.round(height * 0.28)) : 0;
  return { height: stripHeight, room: stripHeight > 0 ? stripHeight + 4 : 0 };
}

function highest({ slots, scale }: Layout): number {
  return slots.reduce(
    (max, slot) =>
      Math.max(max, heightOf(slot.bin.baselineShare, slot, scale), heightOf(slot.bin.currentShare, slot, scale)),
    0
  );
}

/** An area has no height to be read off, so only shares get ticks. */
function shareTicks(layout: Layout, top: number, y: (value: number) => number, plotHeight: number) {
  if (layout.scale === 'area' || top <= 0) {
    return [];
  }
  return ticks(0, top, Math.max(1, Math.round(plotHeight / 45))).map((value) => ({
    y: px(y(value)),
    text: value === 0 ? '0' : percent(value).replace(/\.?0+ %/, ' %'),
  }));
}

function bars(layout: Layout, y: (value: number) => number, bottom: number, share: (slot: Slot) => number): string {
  return layout.slots
    .map((slot) => {
      const top = y(heightOf(share(slot), slot, layout.scale));
      if (top >= bottom) {
        return '';
      }
      const inset = slot.width > 6 && layout.scale === 'height' ? Math.min(4, slot.width * 0.1) : 0;
      return `M${px(slot.left + inset)} ${bottom}V${px(top)}h${px(slot.width - 2 * inset)}V${bottom}`;
    })
    .join('');
}

/** Bins that drifted most get their label first; the rest as far as there is room. */
function binLabels(feature: FeatureComparison, layout: Layout, plotWidth: number): AxisLabel[] {
  const characterWidth = SMALL * 0.56;
  const { axis } = layout;
  const apart = axis ? layout.slots.filter((slot) => slot.bin.kind !== 'interval') : layout.slots;
  const rank = new Map(biggest(feature, layout.slots.length).map((bin, i) => [bin.name, i]));
  const named = [...apart]
    .sort((a, b) => (rank.get(a.bin.name) ?? 1e3) - (rank.get(b.bin.name) ?? 1e3))
    .map((slot) => clampLabel(slot.left + slot.width / 2, shorten(slot.bin.label, 18), plotWidth, characterWidth));
  const edges = axis ? axisTicks(axis, plotWidth, characterWidth) : [];
  return withoutOverlap([...edges, ...named], characterWidth);
}

function axisTicks({ from, to, left, right }: Axis, plotWidth: number, characterWidth: number): AxisLabel[] {
  const x = (value: number) => left + ((value - from) / (to - from)) * (right - left);
  return ticks(from, to, Math.max(1, Math.floor((right - left) / 70))).map((value) =>
    clampLabel(x(value), number(value), plotWidth, characterWidth)
  );
}

function clampLabel(x: number, text: string, plotWidth: number, characterWidth: number): AxisLabel {
  const half = (text.length * characterWidth) / 2;
  if (x - half < 0) {
    return { x: px(Math.max(0, x - half)), text, anchor: 'start' };
  }
  if (x + half > plotWidth) {
    return { x: px(plotWidth), text, anchor: 'end' };
  }
  return { x: px(x), text, anchor: 'middle' };
}

/** Above the line where the live share grew, below it where it shrank. */
function contributions(feature: FeatureComparison, slots: Slot[], top: number, height: number, plotWidth: number) {
  const largest = slots.reduce((max, { bin }) => Math.max(max, bin.contribution || 0), 0);
  if (height <= 0 || largest <= 0) {
    return { contributionPath: '', contributionLabels: [] };
  }
  const middle = top + height / 2;
  const reach = height / 2 - SMALL - 2;
  const grew = (slot: Slot) => slot.bin.currentShare >= slot.bin.baselineShare;
  const length = (slot: Slot) => ((slot.bin.contribution || 0) / largest) * reach;
  const contributionPath = slots
    .filter((slot) => length(slot) >= 0.3)
    .map((slot) => {
      const inset = slot.width > 6 ? Math.min(4, slot.width * 0.1) : 0;
      const end = grew(slot) ? middle - length(slot) : middle + length(slot);
      return `M${px(slot.left + inset)} ${px(middle)}V${px(end)}h${px(slot.width - 2 * inset)}V${px(middle)}Z`;
    })
    .join('');
  const characterWidth = SMALL * 0.56;
  const wanted = biggest(feature, 3)
    .filter((bin) => bin.contribution >= largest * 0.05)
    .flatMap((bin) => slots.filter((slot) => slot.bin.name === bin.name));
  const side = (upwards: boolean) =>
    withoutOverlap(
      wanted
        .filter((slot) => grew(slot) === upwards)
        .map((slot) =>
          clampLabel(
            slot.left + slot.width / 2,
            `${upwards ? '▲' : '▼'} ${points(slot.bin.currentShare - slot.bin.baselineShare)}`,
            plotWidth,
            characterWidth
          )
        ),
      characterWidth
    ).map((label) => {
      const slot = wanted.reduce((a, b) => (Math.abs(centre(b) - label.x) < Math.abs(centre(a) - label.x) ? b : a));
      return { ...label, y: px(upwards ? middle - length(slot) - 3 : middle + length(slot) + SMALL) };
    });
  return { contributionPath, contributionLabels: [...side(true), ...side(false)] };
}

function centre(slot: Slot): number {
  return slot.left + slot.width / 2;
}

/** A tenth of a pixel is finer than any screen and keeps the markup short. */
function px(value: number): number {
  return Math.round(value * 10) / 10;
}
