import { type Board, datasourceVariable, MODEL, modelAnnotations, VERSION, windowVariable } from '../board';
import * as p from '../panel';
import { uids } from '../thresholds';
import { COLORS } from '../../src/shared/meaning';
import { ATTRIBUTIONS } from './attributions';
import { distributionQueries, M, MW, toFeature } from './shared';

const toPrediction = toFeature('${__data.fields.feature}', 'Open the prediction');

export const predictions: Board = {
  file: 'predictions.json',
  uid: uids.predictions,
  title: 'Model drift / Predictions and latency',
  description:
    'Does the model answer as it used to, and how fast? Predictions, derived values, traffic and latency of one version.',
  variables: [datasourceVariable(), MODEL, VERSION, windowVariable()],
  annotations: modelAnnotations(),
  panels: [
    p.stat(
      {
        id: 1,
        title: 'State of the predictions',
        description:
          'Have the predictions drifted? They are the signal that best predicts a loss of quality while ground truth is not known.',
        w: 6,
        h: 4,
        unit: 'none',
        mappings: p.STATE_MAPPINGS,
        steps: p.STATE_STEPS,
        noValue: 'No verdict',
      },
      [{ expr: `max(model:model_drift_state:max{${MW},role="output"})` }]
    ),
    p.stat(
      {
        id: 2,
        title: 'Score / threshold',
        description: 'How far is the worst prediction column from its threshold? Above 1 it is drifted.',
        w: 6,
        h: 4,
        unit: 'none',
        decimals: 2,
        min: 0,
        steps: p.RATIO_STEPS,
        noValue: 'No verdict',
      },
      [{ expr: `max(model:model_drift_ratio:max{${MW},role="output"})` }]
    ),
    p.stat(
      {
        id: 3,
        title: 'Rows per second',
        description: 'How many rows does the model answer per second, over all replicas?',
        w: 6,
        h: 4,
        unit: 'suffix: rows/s',
        decimals: 1,
        noValue: 'No traffic',
      },
      [{ expr: `sum(model:model_inferences:rate5m{${M}})` }]
    ),
    p.stat(
      {
        id: 4,
        title: 'Latency',
        description:
          'How long do callers wait? Median and 95th percentile of the fleet over five minutes, from request and response times as the mirror saw them.',
        w: 6,
        h: 4,
        unit: 's',
        noValue: 'No latency: requests and responses carry no times',
      },
      [
        { expr: `max(model:model_inference_duration_seconds:quantile{${M},quantile="0.5"})`, legend: 'median' },
        { expr: `max(model:model_inference_duration_seconds:quantile{${M},quantile="0.95"})`, legend: 'p95' },
      ]
    ),
    p.distribution(
      {
        id: 5,
        title: 'Predictions: baseline against live',
        description:
          'Which answers became more frequent, which rarer? Classes, scores and numbers that the model gave, against the baseline.',
        w: 14,
        h: 12,
        noValue: 'No predictions seen: are responses mirrored too?',
        links: [toPrediction],
      },
      distributionQueries(`${M},role="output"`)
    ),
    p.distribution(
      {
        id: 6,
        title: 'Derived values',
        description:
          'Is the model as sure as it was, and are rows as usual as they were? Confidence, outlier score, text length and the like, computed from each row.',
        w: 10,
        h: 12,
        noValue: 'No derived values',
        links: [toPrediction],
      },
      distributionQueries(`${M},role="derived"`)
    ),
  ],
  sections: [
    {
      id: 20,
      title: 'Predictions over time',
      panels: [
        p.timeseries(
          {
            id: 21,
            title: 'Mix of predictions',
            description:
              'How do the answers change over the day? Share of each class or score bin, per prediction column. A class that takes over or disappears is seen here first.',
            w: 12,
            h: 9,
            unit: 'percentunit',
            min: 0,
            max: 1,
            noValue: 'No predictions seen',
          },
          [
            {
              expr: `sum by (feature, bin) (feature_bin:model_feature_values:increase{${MW},role="output"}) / on (feature) group_left () (sum by (feature) (feature_bin:model_feature_values:increase{${MW},role="output"}) > 0)`,
              legend: '{{feature}} {{bin}}',
            },
          ]
        ),
        p.timeseries(
          {
            id: 22,
            title: 'Drift of predictions',
            description:
              'When did the predictions begin to move? Score divided by threshold of every prediction column and derived value.',
            w: 12,
            h: 9,
            unit: 'none',
            decimals: 2,
            min: 0,
            steps: p.RATIO_STEPS,
            noValue: 'No verdicts',
          },
          [
            {
              expr: `max by (feature) (feature:model_feature_drift_ratio:fleet{${MW},role!="input"})`,
              legend: '{{feature}}',
            },
          ],
          { thresholdLine: true }
        ),
      ],
    },
    {
      id: 30,
      title: 'Traffic and latency',
      panels: [
        p.timeseries(
          {
            id: 31,
            title: 'Latency quantiles',
            description:
              'How long do callers wait, and how bad is it for the unlucky ones? Computed from the merged histogram of all replicas; quantiles of replicas are never averaged.',
            w: 12,
            h: 9,
            unit: 's',
            min: 0,
            noValue: 'No latency: requests and responses carry no times',
          },
          [
            {
              expr: `max by (quantile) (model:model_inference_duration_seconds:quantile{${M}})`,
              legend: 'p{{quantile}}',
            },
          ]
        ),
        p.heatmap(
          {
            id: 32,
            title: 'Latency distribution',
            description: 'Are there two kinds of requests, fast and slow? Dark cells hold many requests.',
            w: 12,
            h: 9,
            unit: 's',
            noValue: 'No latency: requests and responses carry no times',
          },
          `sum by (le) (increase(model_inference_duration_seconds_bucket{${M}}[$__rate_interval]))`
        ),
        p.timeseries(
          {
            id: 33,
            title: 'Rows per second',
            description: 'Is the model being used as usual? A fall explains missing verdicts, a jump explains latency.',
            w: 12,
            h: 8,
            unit: 'suffix: rows/s',
            min: 0,
            overrides: [p.colored('rows', COLORS.live)],
          },
          [{ expr: `sum(rate(model_inferences_total{${M}}[$__rate_interval]))`, legend: 'rows' }],
          { fill: 10 }
        ),
        p.timeseries(
          {
            id: 34,
            title: 'Payloads per second by protocol',
            description:
              'In which formats does the traffic arrive? A protocol that disappears means that a mirror or logger stopped.',
            w: 12,
            h: 8,
            unit: 'reqps',
            min: 0,
          },
          [
            {
              expr: `sum by (protocol) (rate(model_inference_payloads_total{${M}}[$__rate_interval]))`,
              legend: '{{protocol}}',
            },
          ],
          { stack: true }
        ),
      ],
    },
    ATTRIBUTIONS,
    {
      id: 40,
      title: 'Each replica by itself',
      folded: true,
      panels: [
        p.timeseries(
          {
            id: 41,
            title: '95th percentile of each replica',
            description:
              'Is one replica slower than the others? Measured inside each exporter over its last five minutes.',
            w: 24,
            h: 8,
            unit: 's',
            min: 0,
            noValue: 'No latency: requests and responses carry no times',
          },
          [
            {
              expr: `max by (instance) (model_inference_latency_seconds{${M},quantile="0.95"})`,
              legend: '{{instance}}',
            },
          ]
        ),
      ],
    },
  ],
};
