import type { Board } from '../board';
import { datasourceVariable, windowVariable } from '../board';
import * as p from '../panel';
import { uids } from '../thresholds';

const ROW = 'model, version';
const toModel = p.linkTo(uids.model, 'Open the model', {
  model: '${__data.fields.Model}',
  version: '${__data.fields.Version}',
  window: '${window}',
});
const toFeature = p.linkTo(uids.feature, 'Open the feature', {
  model: '${__data.fields.Model}',
  version: '${__data.fields.Version}',
  feature: '${__data.fields.Feature}',
  window: '${window}',
});
const seriesToModel = p.linkTo(uids.model, 'Open the model', {
  model: '${__field.labels.model}',
  version: '${__field.labels.version}',
  window: '${window}',
});

const worst =
  'topk(20, max by (model, version, feature, role) (feature:model_feature_drift_ratio:fleet{window="$window"}))';
const ofWorst = (expr: string) =>
  `max by (model, version, feature, role) (${expr}) and on (model, version, feature, role) ${worst}`;

export const fleet: Board = {
  file: 'fleet.json',
  uid: uids.fleet,
  title: 'Model drift / Fleet overview',
  description:
    'Which model needs a look? Every model version that is served, its state, and the features that moved most.',
  variables: [datasourceVariable(), windowVariable()],
  panels: [
    p.stat(
      {
        id: 1,
        title: 'Model versions served',
        description:
          'How many model versions had traffic in the last five minutes? Counted over all replicas. A version that disappears here has stopped serving, or its traffic is no longer mirrored.',
        w: 4,
        h: 4,
        unit: 'none',
        noValue: 'No traffic seen',
      },
      [{ expr: 'count(model:model_inferences:rate5m > 0)' }]
    ),
    p.stat(
      {
        id: 2,
        title: 'Versions with drift',
        description:
          'How many model versions have at least one drifted feature or prediction in the chosen window? Open them from the table below.',
        w: 4,
        h: 4,
        unit: 'none',
        steps: p.ANY_STEPS,
        noValue: 'No verdicts',
      },
      [{ expr: `sum(max by (${ROW}) (model:model_drift_state:max{window="$window"}) == bool 2)` }]
    ),
    p.stat(
      {
        id: 3,
        title: 'Drifted features',
        description:
          'How many features, predictions and derived values are surely more different from their baseline than is tolerated? See the table of the features that moved most.',
        w: 4,
        h: 4,
        unit: 'none',
        steps: p.ANY_STEPS,
        noValue: 'No verdicts',
      },
      [{ expr: 'sum(feature:model_feature_drift_state:fleet{window="$window"} == bool 2)' }]
    ),
    p.stat(
      {
        id: 4,
        title: 'Features without a verdict',
        description:
          'For how many features is it not known whether they drifted? Too few rows in the window, no baseline, or a baseline too small for its bins. This is not the same as no drift.',
        w: 4,
        h: 4,
        unit: 'none',
        noValue: 'No features',
      },
      [{ expr: 'sum(feature:model_feature_drift_state:fleet{window="$window"} == bool -1)' }]
    ),
    p.stat(
      {
        id: 5,
        title: 'Alerts firing',
        description: 'How many alerts about models are firing now? They are listed further down.',
        w: 4,
        h: 4,
        unit: 'none',
        steps: p.ANY_STEPS,
      },
      [{ expr: 'count(ALERTS{alertstate="firing",alertname=~"Model.+"}) or vector(0)' }]
    ),
    p.stat(
      {
        id: 6,
        title: 'Exporters up',
        description:
          'How many exporters does Prometheus scrape, and how many answer? If one is down, its share of the traffic is missing from every number here.',
        w: 4,
        h: 4,
        unit: 'none',
        noValue: 'None found',
      },
      [
        { expr: 'sum(up{job=~".*drift-exporter.*"})', legend: 'up' },
        { expr: 'count(up{job=~".*drift-exporter.*"})', legend: 'expected' },
      ]
    ),
    p.table(
      {
        id: 7,
        title: 'Models',
        description:
          'Which model is drifting? One row a version: worst state of its inputs and of its predictions, share of drifted inputs, worst ratio of a drift score to its threshold (above 1 is drifted), rows behind the verdict, and the age of the baseline. Choose a model to see its features.',
        w: 24,
        h: 8,
        unit: 'none',
        noValue: 'No model has a verdict yet: is there traffic, a baseline, and are the recording rules loaded?',
        transformations: p.columns([
          { from: 'model', to: 'Model' },
          { from: 'version', to: 'Version' },
          { from: 'Value #A', to: 'Inputs' },
          { from: 'Value #B', to: 'Predictions' },
          { from: 'Value #C', to: 'Drifted inputs' },
          { from: 'Value #D', to: 'Worst ratio' },
          { from: 'Value #E', to: 'Rows in window' },
          { from: 'Value #F', to: 'Rows per second' },
          { from: 'Value #G', to: 'Baseline age' },
          { from: 'Value #H', to: 'Alerts' },
        ]),
        overrides: [
          p.override('Model', { links: [toModel] }),
          p.override('Version', { links: [toModel] }),
          p.override('Inputs', p.STATE_CELL),
          p.override('Predictions', p.STATE_CELL),
          p.override('Drifted inputs', {
            unit: 'percentunit',
            decimals: 0,
            thresholds: { mode: 'absolute', steps: p.DRIFTED_FEATURES_STEPS },
            'custom.cellOptions': { type: 'color-text' },
          }),
          p.override('Worst ratio', p.RATIO_CELL),
          p.override('Rows in window', { unit: 'locale', decimals: 0 }),
          p.override('Rows per second', { unit: 'suffix: rows/s', decimals: 1 }),
          p.override('Baseline age', { unit: 's', decimals: 0 }),
          p.override('Alerts', { unit: 'none', decimals: 0 }),
        ],
      },
      [
        { expr: `max by (${ROW}) (model:model_drift_state:max{role="input",window="$window"})` },
        { expr: `max by (${ROW}) (model:model_drift_state:max{role="output",window="$window"})` },
        { expr: `max by (${ROW}) (model:model_drifted_features:ratio{role="input",window="$window"})` },
        { expr: `max by (${ROW}) (model:model_drift_ratio:max{window="$window"})` },
        { expr: `max by (${ROW}) (model:model_inferences:increase{window="$window"})` },
        { expr: `max by (${ROW}) (model:model_inferences:rate5m)` },
        { expr: `time() - max by (${ROW}) (model_baseline_created_timestamp_seconds)` },
        {
          expr: `count by (${ROW}) (ALERTS{alertstate="firing",alertname=~"Model.+",version!=""}) or 0 * max by (${ROW}) (model:model_drift_state:max{window="$window"})`,
        },
      ],
      'Worst ratio'
    ),
    p.table(
      {
        id: 8,
        title: 'Features that moved most',
        description:
          'Which features drifted most, over all models? PSI is the drift score; the threshold grows when rows are few, so read their ratio first: above 1 the feature is drifted. Choose a feature to see which of its bins moved.',
        w: 24,
        h: 9,
        unit: 'none',
        noValue: 'No feature has a verdict in this window',
        transformations: p.columns(
          [
            { from: 'model', to: 'Model' },
            { from: 'version', to: 'Version' },
            { from: 'feature', to: 'Feature' },
            { from: 'role', to: 'Role' },
            { from: 'Value #A', to: 'State' },
            { from: 'Value #B', to: 'Ratio' },
            { from: 'Value #C', to: 'PSI' },
            { from: 'Value #D', to: 'Threshold' },
            { from: 'Value #E', to: 'Rows' },
          ],
          ['window', 'measure', 'severity']
        ),
        overrides: [
          p.override('Feature', { 'custom.width': 220, links: [toFeature] }),
          p.override('Model', { links: [toModel] }),
          p.override('State', p.STATE_CELL),
          p.override('Ratio', p.RATIO_CELL),
          p.override('PSI', { decimals: 3 }),
          p.override('Threshold', { decimals: 3 }),
          p.override('Rows', { unit: 'locale', decimals: 0 }),
        ],
      },
      [
        { expr: ofWorst('feature:model_feature_drift_state:fleet{window="$window"}') },
        { expr: worst },
        { expr: ofWorst('feature:model_feature_drift_score:fleet{measure="psi",window="$window"}') },
        { expr: ofWorst('feature:model_feature_drift_threshold:fleet{severity="drifted",window="$window"}') },
        { expr: ofWorst('feature:model_feature_values:increase{window="$window"}') },
      ],
      'Ratio'
    ),
    p.table(
      {
        id: 9,
        title: 'Firing alerts',
        description:
          'What is alerting now, about which model and feature? Every alert links to its runbook in Alertmanager; acknowledge it there.',
        w: 24,
        h: 6,
        unit: 'none',
        noValue: 'No alert is firing',
        transformations: p.columns(
          [
            { from: 'alertname', to: 'Alert' },
            { from: 'severity', to: 'Severity' },
            { from: 'model', to: 'Model' },
            { from: 'version', to: 'Version' },
            { from: 'feature', to: 'Feature' },
            { from: 'role', to: 'Role' },
          ],
          ['Value']
        ),
        overrides: [
          p.override('Feature', { 'custom.width': 220, links: [toFeature] }),
          p.override('Model', { links: [toModel] }),
        ],
      },
      [
        {
          expr: 'group by (alertname, severity, model, version, feature, role) (ALERTS{alertstate="firing",alertname=~"Model.+"})',
        },
      ],
      'Severity'
    ),
  ],
  sections: [
    {
      id: 20,
      title: 'Over time',
      panels: [
        p.stateTimeline(
          {
            id: 21,
            title: 'State of each version',
            description:
              'Since when has a model been drifting? Worst state of all its features and predictions at each evaluation; grey means that nothing can be said.',
            w: 24,
            h: 6,
            unit: 'none',
            mappings: p.STATE_MAPPINGS,
            steps: p.STATE_STEPS,
            noValue: 'No verdicts',
            links: [seriesToModel],
          },
          [{ expr: `max by (${ROW}) (model:model_drift_state:max{window="$window"})`, legend: '{{model}} {{version}}' }]
        ),
        p.timeseries(
          {
            id: 22,
            title: 'Worst score divided by threshold',
            description:
              'How far is the worst feature of each version from being drifted? 1 is the border; the threshold already allows for the number of rows.',
            w: 12,
            h: 8,
            unit: 'none',
            decimals: 2,
            min: 0,
            steps: p.RATIO_STEPS,
            links: [seriesToModel],
          },
          [
            {
              expr: `max by (${ROW}) (model:model_drift_ratio:max{window="$window"})`,
              legend: '{{model}} {{version}}',
            },
          ],
          { thresholdLine: true }
        ),
        p.timeseries(
          {
            id: 23,
            title: 'Share of drifted inputs',
            description:
              'Is it one feature or all of them? Many inputs drifting together point at the pipeline or at the population, a single one at its source.',
            w: 12,
            h: 8,
            unit: 'percentunit',
            min: 0,
            max: 1,
            steps: p.DRIFTED_FEATURES_STEPS,
            links: [seriesToModel],
          },
          [
            {
              expr: `max by (${ROW}) (model:model_drifted_features:ratio{role="input",window="$window"})`,
              legend: '{{model}} {{version}}',
            },
          ],
          { thresholdLine: true }
        ),
        p.timeseries(
          {
            id: 24,
            title: 'Rows per second',
            description:
              'How much traffic does each version get? Verdicts need rows: a fall here explains missing verdicts.',
            w: 12,
            h: 8,
            unit: 'suffix: rows/s',
            min: 0,
            links: [seriesToModel],
          },
          [{ expr: `sum by (${ROW}) (model:model_inferences:rate5m)`, legend: '{{model}} {{version}}' }],
          { stack: true }
        ),
        p.timeseries(
          {
            id: 25,
            title: 'Mean drift',
            description:
              'Is a model moving slowly as a whole? Mean PSI of its inputs above what noise explains, weighted by importance.',
            w: 12,
            h: 8,
            unit: 'none',
            decimals: 3,
            min: 0,
            links: [seriesToModel],
          },
          [
            {
              expr: `max by (${ROW}) (model:model_drift_score:mean{role="input",window="$window"})`,
              legend: '{{model}} {{version}}',
            },
          ]
        ),
      ],
    },
  ],
};
