import { type Board, datasourceVariable, MODEL, modelAnnotations, VERSION, windowVariable } from '../board';
import * as p from '../panel';
import { thresholds, uids } from '../thresholds';
import { COLORS } from '../../src/shared/meaning';
import { distributionQueries, fromSeries, M, MW, rowsInWindow, toFeature } from './shared';

const DAY = 86400;

export const model: Board = {
  file: 'model.json',
  uid: uids.model,
  title: 'Model drift / Model',
  description:
    'Which feature of this model moved? All inputs, predictions and derived values of one version against their baseline.',
  variables: [datasourceVariable(), MODEL, VERSION, windowVariable()],
  annotations: modelAnnotations(),
  panels: [
    p.stat(
      {
        id: 1,
        title: 'State',
        description:
          'What is the worst state of inputs and of predictions in the chosen window? Insufficient means that nothing can be said, not that nothing drifted.',
        w: 5,
        h: 4,
        unit: 'none',
        mappings: p.STATE_MAPPINGS,
        steps: p.STATE_STEPS,
        noValue: 'No verdict',
      },
      [
        { expr: `max(model:model_drift_state:max{${MW},role="input"})`, legend: 'inputs' },
        { expr: `max(model:model_drift_state:max{${MW},role="output"})`, legend: 'predictions' },
      ]
    ),
    p.stat(
      {
        id: 2,
        title: 'Drifted inputs',
        description:
          'Which share of the inputs that have a verdict is drifted? From a certain share on it is an alert, whatever the single features say.',
        w: 4,
        h: 4,
        unit: 'percentunit',
        decimals: 0,
        min: 0,
        max: 1,
        steps: p.DRIFTED_FEATURES_STEPS,
        noValue: 'No verdict',
      },
      [{ expr: `max(model:model_drifted_features:ratio{${MW},role="input"})` }]
    ),
    p.stat(
      {
        id: 3,
        title: 'Worst score / threshold',
        description: 'How far is the worst feature from its threshold? Above 1 it is drifted.',
        w: 4,
        h: 4,
        unit: 'none',
        decimals: 2,
        min: 0,
        steps: p.RATIO_STEPS,
        noValue: 'No verdict',
      },
      [{ expr: `max(model:model_drift_ratio:max{${MW}})` }]
    ),
    rowsInWindow(4, 'How many rows do the verdicts rest on, over all replicas? Too few rows mean no verdict.'),
    p.stat(
      {
        id: 5,
        title: 'Baseline',
        description:
          'What is the traffic compared with, how large is it and how old? An old baseline describes a world that may be gone: build a new one when the model is retrained.',
        w: 7,
        h: 4,
        unit: 's',
        decimals: 0,
        steps: [p.step(null, COLORS.stable), p.step(thresholds.baseline.staleDays * DAY, COLORS.warning)],
        overrides: [
          p.override('rows', { unit: 'locale', thresholds: { mode: 'absolute', steps: [p.step(null, 'text')] } }),
        ],
        noValue: 'No baseline',
      },
      [
        { expr: `time() - max(model_baseline_created_timestamp_seconds{${M}})`, legend: 'age' },
        { expr: `max(model_baseline_rows{${M}})`, legend: 'rows' },
      ]
    ),
    p.distribution(
      {
        id: 6,
        title: 'Inputs: baseline against live',
        description:
          'Which inputs moved, and how? Shares of the bins in the baseline and in the chosen window, the worst feature first; below, the part that each bin has in the drift score. Choose a name to see the feature alone.',
        w: 16,
        h: 16,
        links: [toFeature('${__data.fields.feature}')],
      },
      distributionQueries(`${M},role="input"`)
    ),
    p.distribution(
      {
        id: 7,
        title: 'Predictions and derived values',
        description:
          'Did the predictions move, or values derived from each row such as confidence and outlier score? Predictions that move while inputs do not point at the model or at a combination of inputs.',
        w: 8,
        h: 16,
        links: [toFeature('${__data.fields.feature}')],
      },
      distributionQueries(`${M},role!="input"`)
    ),
    p.table(
      {
        id: 8,
        title: 'Features',
        description:
          'What exactly does the verdict on each feature rest on? Score, threshold at this number of rows and their ratio (above 1 is drifted), rows and required rows. Choose a feature to see its bins.',
        w: 24,
        h: 10,
        unit: 'none',
        noValue: 'This version has no features with a baseline or traffic',
        transformations: p.columns(
          [
            { from: 'feature', to: 'Feature' },
            { from: 'role', to: 'Role' },
            { from: 'Value #A', to: 'State' },
            { from: 'Value #B', to: 'Ratio' },
            { from: 'Value #C', to: 'PSI' },
            { from: 'Value #D', to: 'Noise floor' },
            { from: 'Value #E', to: 'Threshold' },
            { from: 'Value #F', to: 'Rows' },
            { from: 'Value #G', to: 'Required rows' },
            { from: 'Value #H', to: 'Baseline rows' },
          ],
          ['model', 'version', 'window', 'measure', 'severity']
        ),
        overrides: [
          p.override('Feature', { 'custom.width': 220, links: [toFeature('${__data.fields.Feature}')] }),
          p.override('State', p.STATE_CELL),
          p.override('Ratio', p.RATIO_CELL),
          p.override('PSI', { decimals: 3 }),
          p.override('Noise floor', { decimals: 3 }),
          p.override('Threshold', { decimals: 3 }),
          p.override('Rows', { unit: 'locale', decimals: 0 }),
          p.override('Required rows', { unit: 'locale', decimals: 0 }),
          p.override('Baseline rows', { unit: 'locale', decimals: 0 }),
        ],
      },
      [
        { expr: `max by (feature, role) (feature:model_feature_drift_state:fleet{${MW}})` },
        { expr: `max by (feature, role) (feature:model_feature_drift_ratio:fleet{${MW}})` },
        { expr: `max by (feature, role) (feature:model_feature_drift_score:fleet{${MW},measure="psi"})` },
        { expr: `max by (feature, role) (feature:model_feature_noise_floor:fleet{${MW}})` },
        { expr: `max by (feature, role) (feature:model_feature_drift_threshold:fleet{${MW},severity="drifted"})` },
        { expr: `max by (feature, role) (feature:model_feature_values:increase{${MW}})` },
        { expr: `max by (feature, role) (feature:model_feature_required_rows:fleet{${MW}})` },
        { expr: `max by (feature, role) (feature:model_feature_baseline_rows:sum{${M}})` },
      ],
      'Ratio'
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
            title: 'State of each feature',
            description:
              'Since when has each feature been drifting, and did several start together? A common start points at one cause.',
            w: 24,
            h: 9,
            unit: 'none',
            mappings: p.STATE_MAPPINGS,
            steps: p.STATE_STEPS,
            links: [fromSeries],
            noValue: 'No verdicts',
          },
          [{ expr: `max by (feature) (feature:model_feature_drift_state:fleet{${MW}})`, legend: '{{feature}}' }]
        ),
        p.timeseries(
          {
            id: 22,
            title: 'Score divided by threshold',
            description:
              'How did the ten worst features get to where they are? 1 is the border; a slope tells wear, a step tells a change upstream.',
            w: 12,
            h: 9,
            unit: 'none',
            decimals: 2,
            min: 0,
            steps: p.RATIO_STEPS,
            links: [fromSeries],
            noValue: 'No verdicts',
          },
          [
            {
              expr: `topk(10, max by (feature) (feature:model_feature_drift_ratio:fleet{${MW}}))`,
              legend: '{{feature}}',
            },
          ],
          { thresholdLine: true }
        ),
        p.timeseries(
          {
            id: 23,
            title: 'Share of drifted inputs by window',
            description: 'Does the drift last? The short window reacts first, the long one says that it stays.',
            w: 12,
            h: 9,
            unit: 'percentunit',
            min: 0,
            max: 1,
            steps: p.DRIFTED_FEATURES_STEPS,
            noValue: 'No verdicts',
          },
          [{ expr: `model:model_drifted_features:ratio{${M},role="input"}`, legend: '{{window}}' }],
          { thresholdLine: true }
        ),
        p.timeseries(
          {
            id: 24,
            title: 'Rows per second',
            description: 'Is the model being used as usual? A verdict needs rows.',
            w: 12,
            h: 7,
            unit: 'suffix: rows/s',
            min: 0,
            overrides: [p.colored('rows', COLORS.live)],
          },
          [{ expr: `sum(model:model_inferences:rate5m{${M}})`, legend: 'rows' }],
          { fill: 10 }
        ),
        p.timeseries(
          {
            id: 25,
            title: 'Unusual rows',
            description:
              'Which share of rows has an outlier score beyond the 99th percentile of the baseline? About 1 % is normal. More means combinations of values that the model has hardly seen, even if no single feature drifted.',
            w: 12,
            h: 7,
            unit: 'percentunit',
            min: 0,
            overrides: [p.colored('unusual rows', COLORS.live)],
            noValue: 'No outlier scores: the baseline was imported without rows',
          },
          [
            {
              expr: `sum(rate(model_outlier_rows_total{${M}}[$__rate_interval])) / (sum(rate(model_inferences_total{${M}}[$__rate_interval])) > 0)`,
              legend: 'unusual rows',
            },
          ]
        ),
      ],
    },
    {
      id: 30,
      title: 'Why there is no verdict, importance, retraining',
      folded: true,
      panels: [
        p.table(
          {
            id: 31,
            title: 'Features without a verdict',
            description:
              'Why can nothing be said about these features? too_few_rows: wait or choose a longer window. no_rows: the feature is gone from the traffic. no_baseline or baseline_too_small: build a baseline.',
            w: 12,
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
          },
          [{ expr: `feature:model_feature_insufficient:fleet{${MW}}` }]
        ),
        p.bargauge(
          {
            id: 32,
            title: 'Importance of the features',
            description:
              'How much does each feature weigh in the mean drift? From the baseline or the configuration; equal where nothing is known.',
            w: 12,
            h: 8,
            unit: 'none',
            decimals: 2,
            min: 0,
            noValue: 'No importance given: all features count the same',
          },
          [{ expr: `topk(20, max by (feature) (model_feature_importance{${M}}))`, legend: '{{feature}}' }]
        ),
        p.table(
          {
            id: 33,
            title: 'Retraining recommended',
            description:
              'Does the exporter recommend to retrain, and why? It weighs lasting drift of inputs and predictions, and performance where ground truth is known.',
            w: 12,
            h: 6,
            unit: 'none',
            noValue: 'Nothing speaks for retraining, or the exporter does not judge it',
            transformations: p.columns([
              { from: 'reason', to: 'Reason' },
              { from: 'Value', to: 'Recommended' },
            ]),
          },
          [{ expr: `max by (reason) (model_retraining_recommended{${M}})` }]
        ),
        p.table(
          {
            id: 34,
            title: 'About this model',
            description:
              'What is this model? Labels that its configuration gave: framework, owner, variant and others.',
            w: 12,
            h: 6,
            unit: 'none',
            noValue: 'The configuration says nothing about this model',
            transformations: p.columns(
              [
                { from: 'model', to: 'Model' },
                { from: 'version', to: 'Version' },
              ],
              ['Value', 'job', 'instance']
            ),
          },
          [{ expr: `model_info{${M}}` }]
        ),
      ],
    },
  ],
};
