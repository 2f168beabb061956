import type * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import { COLORS, STATE, STATE_SIGNS, type StateName } from '../src/shared/meaning';
import { thresholds } from './thresholds';

export const DATASOURCE: common.DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

export interface Query {
  expr: string;
  refId?: string;
  legend?: string;
}

/** What every panel says; `id` stays what it is for ever, links and alerts point at it. */
export interface PanelText {
  id: number;
  title: string;
  description: string;
  w: number;
  h: number;
  unit: string;
  decimals?: number;
  min?: number;
  max?: number;
  noValue?: string;
  steps?: dashboard.Threshold[];
  mappings?: dashboard.ValueMapping[];
  links?: dashboard.DashboardLink[];
  overrides?: Override[];
  transformations?: dashboard.DataTransformerConfig[];
}

export interface Override {
  name?: string;

  regex?: string;
  properties: dashboard.DynamicConfigValue[];
}

interface Drawn {
  type: string;
  targets: Array<ReturnType<prometheus.DataqueryBuilder['build']>>;
  options: unknown;
  custom?: unknown;
  color?: dashboard.FieldColor;
}

const NO_DATA = 'No data';

function panel(text: PanelText, drawn: Drawn): dashboard.Panel {
  const { id, title, description, w, h, noValue, links, transformations } = text;
  return {
    ...dashboard.defaultPanel(),
    id,
    type: drawn.type,
    title,
    description,
    datasource: DATASOURCE,
    gridPos: { x: 0, y: 0, w, h },
    targets: drawn.targets,
    ...(transformations ? { transformations } : {}),
    fieldConfig: {
      defaults: {
        unit: text.unit,
        ...optional('decimals', text.decimals),
        ...optional('min', text.min),
        ...optional('max', text.max),
        noValue: noValue ?? NO_DATA,
        color: drawn.color ?? { mode: dashboard.FieldColorModeId.Thresholds },
        thresholds: { mode: dashboard.ThresholdsMode.Absolute, steps: text.steps ?? [step(null, COLORS.baseline)] },
        mappings: text.mappings ?? [],
        ...(links ? { links } : {}),
        ...(drawn.custom ? { custom: drawn.custom } : {}),
      },
      overrides: (text.overrides ?? []).map(({ name, regex, properties }) => ({
        matcher: name === undefined ? { id: 'byRegexp', options: regex } : { id: 'byName', options: name },
        properties,
      })),
    },
    options: drawn.options as dashboard.Panel['options'],
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function query({ expr, refId, legend }: Query, index: number, shape: 'range' | 'instant' | 'table') {
  const builder = new prometheus.DataqueryBuilder()
    .datasource(DATASOURCE)
    .refId(refId ?? String.fromCharCode(65 + index))
    .expr(expr.replace(/\s+/g, ' ').trim())
    .legendFormat(legend ?? '__auto')
    .format(shape === 'table' ? prometheus.PromQueryFormat.Table : prometheus.PromQueryFormat.TimeSeries);
  return (shape === 'range' ? builder.range() : builder.instant()).build();
}

/** One or a few numbers of now. */
export function stat(text: PanelText, queries: Query[], options: { colorMode?: 'value' | 'background' | 'none' } = {}) {
  return panel(text, {
    type: 'stat',
    targets: queries.map((q, i) => query(q, i, 'instant')),
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      orientation: 'auto',
      textMode: queries.length > 1 ? 'value_and_name' : 'auto',
      colorMode: options.colorMode ?? (text.steps || text.mappings ? 'value' : 'none'),
      graphMode: 'none',
      justifyMode: 'auto',
      wideLayout: true,
    },
  });
}

/** The least that the vertical axis spans when all values are 0. */
const SMALLEST_SPAN: Record<string, number> = { percentunit: 0.01, s: 0.001, bytes: 1024 };

export interface LineOptions {
  stack?: boolean;
  thresholdLine?: boolean;
  bars?: boolean;
  fill?: number;
  legend?: 'list' | 'table' | 'hidden';
}

/** How numbers went over time. */
export function timeseries(text: PanelText, queries: Query[], options: LineOptions = {}) {
  return panel(text, {
    type: 'timeseries',
    targets: queries.map((q, i) => query(q, i, 'range')),
    color: { mode: dashboard.FieldColorModeId.PaletteClassicByName },
    custom: {
      drawStyle: options.bars ? 'bars' : 'line',
      lineWidth: 1,
      lineInterpolation: 'linear',
      fillOpacity: options.fill ?? (options.stack ? 25 : 0),
      showPoints: 'never',
      spanNulls: false,
      stacking: { mode: options.stack ? 'normal' : 'none', group: 'A' },
      thresholdsStyle: { mode: options.thresholdLine ? 'dashed' : 'off' },
      axisPlacement: 'auto',
      // Without it a line of zeros gets an axis up to 100, in per cent up to 10 000.
      ...(text.max === undefined ? { axisSoftMax: SMALLEST_SPAN[text.unit] ?? 1 } : {}),
    },
    options: {
      legend: {
        displayMode: options.legend === 'table' ? 'table' : 'list',
        placement: 'bottom',
        showLegend: options.legend !== 'hidden',
        calcs: options.legend === 'table' ? ['lastNotNull', 'max'] : [],
      },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  });
}

/** The text for no data is for the whole table; a single cell without a value just says so. */
const EMPTY_CELL: Override = { regex: '/.*/', properties: [{ id: 'noValue', value: '–' }] };

/** Labels and numbers of now, one row a series; queries are merged by their common labels. */
export function table(text: PanelText, queries: Query[], sortBy?: string) {
  const overrides = [EMPTY_CELL, ...(text.overrides ?? [])];
  return panel(
    { ...text, overrides },
    {
      type: 'table',
      targets: queries.map((q, i) => query(q, i, 'table')),
      custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, filterable: false },
      options: {
        showHeader: true,
        cellHeight: 'sm',
        footer: { show: false, reducer: [], countRows: false, fields: '' },
        sortBy: sortBy ? [{ displayName: sortBy, desc: true }] : [],
      },
    }
  );
}

export function bargauge(text: PanelText, queries: Query[]) {
  return panel(text, {
    type: 'bargauge',
    targets: queries.map((q, i) => query(q, i, 'instant')),
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      orientation: 'horizontal',
      displayMode: 'gradient',
      valueMode: 'color',
      namePlacement: 'left',
      showUnfilled: true,
      sizing: 'auto',
      minVizWidth: 8,
      minVizHeight: 16,
      maxVizHeight: 40,
    },
  });
}

/** A band a series, coloured by its state. */
export function stateTimeline(text: PanelText, queries: Query[]) {
  return panel(text, {
    type: 'state-timeline',
    targets: queries.map((q, i) => query(q, i, 'range')),
    custom: { lineWidth: 0, fillOpacity: 80 },
    options: {
      mergeValues: true,
      showValue: 'never',
      alignValue: 'left',
      rowHeight: 0.9,
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'single', sort: 'none' },
    },
  });
}

/** Buckets of a Prometheus histogram over time. */
export function heatmap(text: PanelText, expr: string) {
  const target = { ...query({ expr, legend: '{{le}}' }, 0, 'range'), format: prometheus.PromQueryFormat.Heatmap };
  return panel(text, {
    type: 'heatmap',
    targets: [target],
    custom: { scaleDistribution: { type: 'linear' }, hideFrom: { legend: false, tooltip: false, viz: false } },
    options: {
      calculate: false,
      cellGap: 1,
      color: { mode: 'scheme', scheme: 'Blues', steps: 64, exponent: 0.5, fill: COLORS.baseline, reverse: false },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
      filterValues: { le: 1e-9 },
      legend: { show: true },
      rowsFrame: { layout: 'auto' },
      tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
      yAxis: { axisPlacement: 'left', reverse: false, unit: 's' },
    },
  });
}

export interface DistributionQueries {
  baseline: string;
  current: string;
  score?: string;
  threshold?: string;
  state?: string;
  required?: string;
  reason?: string;
}

/** The panel of this bundle: it tells its queries apart by their refId. */
export function distribution(
  text: Omit<PanelText, 'unit'>,
  queries: DistributionQueries,
  options: Record<string, unknown> = {}
) {
  return panel(
    { ...text, unit: 'none' },
    {
      type: 'modeldrift-distribution-panel',
      targets: Object.entries(queries).map(([refId, expr], i) => query({ refId, expr }, i, 'table')),
      options,
    }
  );
}

export function step(value: number | null, color: string): dashboard.Threshold {
  // The first step has no lower bound; the SDK's type does not know that JSON says so with null.
  return { value: value as number, color };
}

/** Green below `watch`, then orange, then red from `bad` on. */
export function steps(watch: number, bad: number): dashboard.Threshold[] {
  return [step(null, COLORS.stable), step(watch, COLORS.warning), step(bad, COLORS.drifted)];
}

export const RATIO_STEPS = steps(thresholds.drift.ratio.watch, thresholds.drift.ratio.drifted);
export const DRIFTED_FEATURES_STEPS = steps(
  thresholds.drift.driftedFeaturesRatio.watch,
  thresholds.drift.driftedFeaturesRatio.drifted
);
/** Any at all is worth a look. */
export const ANY_STEPS = [step(null, COLORS.stable), step(1, COLORS.drifted)];

export const STATE_STEPS = [
  step(null, COLORS.insufficient),
  step(STATE.stable, COLORS.stable),
  step(STATE.warning, COLORS.warning),
  step(STATE.drifted, COLORS.drifted),
];

export const STATE_MAPPINGS: dashboard.ValueMapping[] = [
  {
    type: dashboard.MappingType.ValueToText,
    options: Object.fromEntries(
      (Object.keys(STATE) as StateName[]).map((name, index) => [
        String(STATE[name]),
        { text: `${STATE_SIGNS[name]} ${name}`, color: COLORS[name], index },
      ])
    ),
  } as dashboard.ValueMapping,
];

export function override(name: string, properties: Record<string, unknown>): Override {
  return { name, properties: Object.entries(properties).map(([id, value]) => ({ id, value })) };
}

/** A coloured cell that tells a state in words. */
export const STATE_CELL = {
  mappings: STATE_MAPPINGS,
  thresholds: { mode: 'absolute', steps: STATE_STEPS },
  'custom.cellOptions': { type: 'color-text' },
};

export const RATIO_CELL = {
  decimals: 2,
  thresholds: { mode: 'absolute', steps: RATIO_STEPS },
  'custom.cellOptions': { type: 'color-text' },
};

export function colored(name: string, color: string, more: Record<string, unknown> = {}): Override {
  return override(name, { color: { mode: 'fixed', fixedColor: color }, ...more });
}

const DASH = { fill: 'dash', dash: [8, 6] };

/** For an override by pattern: lines that are no measurement. */
export const DASHES = [{ id: 'custom.lineStyle', value: DASH }];

/** A line that is no measurement but a bar to compare with. */
export function barLine(name: string, color: string): Override {
  return colored(name, color, { 'custom.lineStyle': DASH, 'custom.fillOpacity': 0 });
}

export interface Column {
  /** Name of the column as the merged queries give it: a label, or `Value #A`. */
  from: string;
  to: string;
}

/** Joins instant queries by their labels, then keeps, names and orders the columns that are wanted. */
export function columns(wanted: Column[], hidden: string[] = []): dashboard.DataTransformerConfig[] {
  const drop = ['Time', '__name__', ...hidden].filter((name) => !wanted.some((column) => column.from === name));
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(drop.map((name) => [name, true])),
        indexByName: Object.fromEntries(wanted.map((column, index) => [column.from, index])),
        renameByName: Object.fromEntries(wanted.map((column) => [column.from, column.to])),
      },
    },
  ];
}

export type Variables = Record<string, string>;

/** A link to another dashboard; time and data source always travel along. */
export function linkTo(uid: string, title: string, variables: Variables): dashboard.DashboardLink {
  const parameters = Object.entries(variables).map(([name, value]) => `var-${name}=${value}`);
  const url = `/d/${uid}?${['${datasource:queryparam}', ...parameters, '${__url_time_range}'].join('&')}`;
  return new dashboard.DashboardLinkBuilder(title).type(dashboard.DashboardLinkType.Link).url(url).build();
}
