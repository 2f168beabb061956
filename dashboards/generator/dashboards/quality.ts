import { type Board, datasourceVariable, MODEL, modelAnnotations, VERSION, windowVariable } from '../board';
import * as p from '../panel';
import { thresholds, uids } from '../thresholds';
import { COLORS } from '../../src/shared/meaning';
import { fromSeries, M, MW, rowsInWindow, toFeature } from './shared';

const featureOfRow = toFeature('${__data.fields.Feature}');
const QUALITY_STEPS = [p.step(null, COLORS.stable), p.step(thresholds.quality.alert, COLORS.drifted)];
const shareOf = (bin: string) => `max by (feature) (feature_bin:model_feature_observed:ratio{${MW},bin="${bin}"})`;
const moreThanBaseline = (bin: string) =>
  `max by (feature) (feature_bin:model_feature_observed:ratio{${MW},bin="${bin}"} - feature_bin:model_feature_expected:ratio{${MW},bin="${bin}"})`;
/** The feature whose share grew most beyond that of the baseline. */
const worst = (id: number, title: string, bin: string, description: string) =>
  p.stat(
    {
      id,
      title,
      description,
      w: 5,
      h: 4,
      unit: 'percentunit',
      decimals: 2,
      steps: QUALITY_STEPS,
      noValue: 'No verdicts',
    },
    [{ expr: `max(${moreThanBaseline(bin)})` }]
  );
const shareCell = { unit: 'percentunit', decimals: 2 };

export const quality: Board = {
  file: 'quality.json',
  uid: uids.quality,
  title: 'Model drift / Data quality',
  description:
    'Is the data broken, rather than different? Missing, unseen and invalid values, and violations of the schema.',
  variables: [datasourceVariable(), MODEL, VERSION, windowVariable()],
  annotations: modelAnnotations(),
  panels: [
    worst(
      1,
      'Most missing',
      '__missing__',
      'How much more often than in the baseline is the worst feature missing? More than the alert allows points at a broken source.'
    ),
    worst(
      2,
      'Most unseen',
      '__unseen__',
      'How much more often than in the baseline does a feature take values that the baseline never saw? New categories, or another spelling of the old ones.'
    ),
    worst(
      3,
      'Most invalid',
      '__invalid__',
      'Which share of the worst feature cannot be read at all: text where a number belongs, infinite numbers?'
    ),
    rowsInWindow(4, 'How many rows do the shares rest on, over all replicas?'),
    p.stat(
      {
        id: 5,
        title: 'Silent features',
        description:
          'How many features of the baseline had no value at all in the window, although the model was used? They have been dropped or renamed upstream.',
        w: 5,
        h: 4,
        unit: 'none',
        steps: p.ANY_STEPS,
        noValue: 'No features',
      },
      [{ expr: `sum(feature:model_feature_values:increase{${MW}} == bool 0)` }]
    ),
    p.table(
      {
        id: 6,
        title: 'Shares by feature',
        description:
          'Which features are missing, unseen or invalid more often than in the baseline? Differences are to the baseline. Choose a feature to see when it began.',
        w: 15,
        h: 11,
        unit: 'none',
        noValue: 'No feature has enough rows in this window',
        transformations: p.columns([
          { from: 'feature', to: 'Feature' },
          { from: 'Value #A', to: 'Missing' },
          { from: 'Value #B', to: 'Δ missing' },
          { from: 'Value #C', to: 'Unseen' },
          { from: 'Value #D', to: 'Δ unseen' },
          { from: 'Value #E', to: 'Invalid' },
          { from: 'Value #F', to: 'Rows' },
        ]),
        overrides: [
          p.override('Feature', { 'custom.width': 220, links: [featureOfRow] }),
          ...['Missing', 'Unseen', 'Invalid'].map((name) => p.override(name, shareCell)),
          ...['Δ missing', 'Δ unseen'].map((name) =>
            p.override(name, {
              ...shareCell,
              thresholds: { mode: 'absolute', steps: QUALITY_STEPS },
              'custom.cellOptions': { type: 'color-text' },
            })
          ),
          p.override('Rows', { unit: 'locale', decimals: 0 }),
        ],
      },
      [
        { expr: shareOf('__missing__') },
        { expr: moreThanBaseline('__missing__') },
        { expr: shareOf('__unseen__') },
        { expr: moreThanBaseline('__unseen__') },
        { expr: shareOf('__invalid__') },
        { expr: `max by (feature) (feature:model_feature_values:increase{${MW}})` },
      ],
      'Δ missing'
    ),
    p.table(
      {
        id: 7,
        title: 'Violations by feature and reason',
        description:
          'Which rules of the schema do features break, in which share of rows? Bounds, lists and types come from the configuration, or from the baseline where it says nothing.',
        w: 9,
        h: 11,
        unit: 'none',
        noValue: 'No violations in the window',
        transformations: p.columns([
          { from: 'feature', to: 'Feature' },
          { from: 'reason', to: 'Reason' },
          { from: 'Value', to: 'Share of rows' },
        ]),
        overrides: [
          p.override('Feature', { 'custom.width': 220, links: [featureOfRow] }),
          p.override('Share of rows', shareCell),
        ],
      },
      [{ expr: `max by (feature, reason) (feature:model_feature_violations:ratio{${MW}}) > 0` }],
      'Share of rows'
    ),
  ],
  sections: [
    {
      id: 20,
      title: 'Over time',
      panels: [
        p.timeseries(
          {
            id: 21,
            title: 'Missing values',
            description: 'Since when are values missing? The ten worst features.',
            w: 12,
            h: 8,
            unit: 'percentunit',
            min: 0,
            links: [fromSeries],
            noValue: 'No verdicts',
          },
          [{ expr: `topk(10, ${shareOf('__missing__')})`, legend: '{{feature}}' }]
        ),
        p.timeseries(
          {
            id: 22,
            title: 'Unseen values',
            description: 'Since when do values come that the baseline never saw? The ten worst features.',
            w: 12,
            h: 8,
            unit: 'percentunit',
            min: 0,
            links: [fromSeries],
            noValue: 'No verdicts',
          },
          [{ expr: `topk(10, ${shareOf('__unseen__')})`, legend: '{{feature}}' }]
        ),
        p.timeseries(
          {
            id: 23,
            title: 'Violations per second',
            description: 'Which rules are broken, and when did it start? Over all features.',
            w: 12,
            h: 8,
            unit: 'suffix: /s',
            min: 0,
            noValue: 'No violations counted',
          },
          [
            {
              expr: `sum by (reason) (rate(model_feature_violations_total{${M}}[$__rate_interval]))`,
              legend: '{{reason}}',
            },
          ],
          { stack: true }
        ),
        p.timeseries(
          {
            id: 24,
            title: 'Schema violations per second',
            description:
              'Do rows lack features, or bring ones that nobody knows? Both tell of a caller that changed its request.',
            w: 12,
            h: 8,
            unit: 'suffix: rows/s',
            min: 0,
            noValue: 'No schema violations counted',
          },
          [
            {
              expr: `sum by (reason) (rate(model_schema_violations_total{${M}}[$__rate_interval]))`,
              legend: '{{reason}}',
            },
          ],
          { stack: true }
        ),
      ],
    },
    {
      id: 30,
      title: 'Features that cannot be judged',
      folded: true,
      panels: [
        p.table(
          {
            id: 31,
            title: 'Features without a verdict',
            description: 'For which features is the quality unknown, and why?',
            w: 24,
            h: 8,
            unit: 'none',
            noValue: 'Every feature has a verdict',
            transformations: p.columns(
              [
                { from: 'feature', to: 'Feature' },
                { from: 'role', to: 'Role' },
                { from: 'reason', to: 'Reason' },
              ],
              ['Value', 'model', 'version', 'window']
            ),
            overrides: [p.override('Feature', { 'custom.width': 220, links: [featureOfRow] })],
          },
          [{ expr: `feature:model_feature_insufficient:fleet{${MW}}` }]
        ),
      ],
    },
  ],
};
