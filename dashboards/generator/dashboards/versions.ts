import {
  type Board,
  datasourceVariable,
  MODEL,
  modelAnnotations,
  queryVariable,
  VERSION,
  windowVariable,
} from '../board';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as p from '../panel';
import { uids } from '../thresholds';
import { COMPARED_INSIDE } from './versionsReplica';

const M = 'model="$model"';
const A = `${M},version="$version"`;
const B = `${M},version="$candidate"`;
const BOTH = `${M},version=~"$version|$candidate"`;
const W = 'window="$window"';

const toFeature = p.linkTo(uids.feature, 'Open the feature', {
  model: '${model}',
  version: '${candidate}',
  feature: '${__data.fields.Feature}',
  window: '${window}',
});

/** Rows of one version over the edges of the version in charge; both count over the same bins. */
const rowsWithEdges = (matchers: string) =>
  `max by (feature, role, bin, lower, upper) (0 * model_feature_baseline_values{${A}}) + on (feature, role, bin) group_left () max by (feature, role, bin) (feature_bin:model_feature_values:increase{${matchers},${W}})`;

export const versions: Board = {
  file: 'versions.json',
  uid: uids.versions,
  title: 'Model drift / Versions compared',
  description: 'Does the candidate behave like the version in charge? For canaries, A/B tests and shadow deployments.',
  variables: [
    datasourceVariable(),
    MODEL,
    VERSION,
    queryVariable({
      name: 'candidate',
      label: 'Candidate',
      query: 'label_values(model_inferences_total{model="$model",version!="$version"}, version)',
      sort: dashboard.VariableSort.NaturalDesc,
    }),
    windowVariable(),
  ],
  annotations: modelAnnotations(),
  panels: [
    p.stat(
      {
        id: 1,
        title: 'Rows in the window',
        description: 'How many rows has each version answered? A comparison needs enough of both.',
        w: 6,
        h: 4,
        unit: 'locale',
        decimals: 0,
        noValue: 'No rows',
      },
      [{ expr: `max by (version) (model:model_inferences:increase{${BOTH},${W}})`, legend: '{{version}}' }]
    ),
    p.stat(
      {
        id: 2,
        title: 'Worst state against the baseline',
        description:
          'Has either version drifted away from its own baseline? Insufficient means that nothing can be said yet.',
        w: 6,
        h: 4,
        unit: 'none',
        mappings: p.STATE_MAPPINGS,
        steps: p.STATE_STEPS,
        noValue: 'No verdict',
      },
      [{ expr: `max by (version) (model:model_drift_state:max{${BOTH},${W}})`, legend: '{{version}}' }]
    ),
    p.stat(
      {
        id: 3,
        title: 'Candidate against the reference version',
        description:
          'Is the traffic or the answer of any version different from that of the reference version of its model? Worst state over all features; both sides need enough rows.',
        w: 6,
        h: 4,
        unit: 'none',
        mappings: p.STATE_MAPPINGS,
        steps: p.STATE_STEPS,
        noValue: 'No reference version, or too few rows',
      },
      [
        {
          expr: `max by (version, reference) (feature:model_feature_version_drift_state:fleet{${M},${W}})`,
          legend: '{{version}} against {{reference}}',
        },
      ]
    ),
    p.stat(
      {
        id: 4,
        title: '95th percentile of latency',
        description: 'Is the candidate slower? Over five minutes, all replicas.',
        w: 6,
        h: 4,
        unit: 's',
        noValue: 'No latency',
      },
      [
        {
          expr: `max by (version) (model:model_inference_duration_seconds:quantile{${BOTH},quantile="0.95"})`,
          legend: '{{version}}',
        },
      ]
    ),
    p.distribution(
      {
        id: 5,
        title: 'Predictions: $version against $candidate',
        description:
          'Do both versions give the same answers? Shares of both versions in the window, over the bins of the version in charge.',
        w: 10,
        h: 14,
        noValue: 'Both versions need rows, and the one in charge a baseline',
      },
      {
        baseline: rowsWithEdges(`${A},role="output"`),
        current: `max by (feature, role, bin) (feature_bin:model_feature_values:increase{${B},role="output",${W}})`,
      },
      { baselineName: 'version in charge', currentName: 'candidate' }
    ),
    p.distribution(
      {
        id: 6,
        title: 'Inputs: $version against $candidate',
        description:
          'Do both versions get the same traffic? If not, their answers cannot be compared: the split is not random.',
        w: 14,
        h: 14,
        noValue: 'Both versions need rows, and the one in charge a baseline',
      },
      {
        baseline: rowsWithEdges(`${A},role="input"`),
        current: `max by (feature, role, bin) (feature_bin:model_feature_values:increase{${B},role="input",${W}})`,
      },
      { baselineName: 'version in charge', currentName: 'candidate' }
    ),
    p.table(
      {
        id: 7,
        title: 'Features of both versions',
        description:
          'Which features differ? PSI of each version against its baseline, and of the candidate against the version in charge (bins in use for both; a value without a threshold, so read it with the rows).',
        w: 24,
        h: 9,
        unit: 'none',
        noValue: 'No feature has a verdict in this window',
        transformations: p.columns([
          { from: 'feature', to: 'Feature' },
          { from: 'role', to: 'Role' },
          { from: 'Value #A', to: 'State in charge' },
          { from: 'Value #B', to: 'State candidate' },
          { from: 'Value #C', to: 'PSI in charge' },
          { from: 'Value #D', to: 'PSI candidate' },
          { from: 'Value #E', to: 'PSI between them' },
          { from: 'Value #F', to: 'Rows in charge' },
          { from: 'Value #G', to: 'Rows candidate' },
        ]),
        overrides: [
          p.override('Feature', { 'custom.width': 220, links: [toFeature] }),
          p.override('State in charge', p.STATE_CELL),
          p.override('State candidate', p.STATE_CELL),
          ...['PSI in charge', 'PSI candidate', 'PSI between them'].map((name) => p.override(name, { decimals: 3 })),
          ...['Rows in charge', 'Rows candidate'].map((name) => p.override(name, { unit: 'locale', decimals: 0 })),
        ],
      },
      [
        { expr: `max by (feature, role) (feature:model_feature_drift_state:fleet{${A},${W}})` },
        { expr: `max by (feature, role) (feature:model_feature_drift_state:fleet{${B},${W}})` },
        { expr: `max by (feature, role) (feature:model_feature_drift_score:fleet{${A},${W},measure="psi"})` },
        { expr: `max by (feature, role) (feature:model_feature_drift_score:fleet{${B},${W},measure="psi"})` },
        {
          expr: `sum by (feature, role) ((feature_bin:model_feature_observed_smoothed:ratio{${B},${W}} - on (feature, role, bin) feature_bin:model_feature_observed_smoothed:ratio{${A},${W}}) * on (feature, role, bin) ln(feature_bin:model_feature_observed_smoothed:ratio{${B},${W}} / on (feature, role, bin) feature_bin:model_feature_observed_smoothed:ratio{${A},${W}}))`,
        },
        { expr: `max by (feature, role) (feature:model_feature_values:increase{${A},${W}})` },
        { expr: `max by (feature, role) (feature:model_feature_values:increase{${B},${W}})` },
      ],
      'PSI between them'
    ),
  ],
  sections: [
    COMPARED_INSIDE,
    {
      id: 20,
      title: 'Over time',
      panels: [
        p.timeseries(
          {
            id: 21,
            title: 'Split of the traffic',
            description: 'How much of the traffic does each version answer? All versions of the model.',
            w: 12,
            h: 8,
            unit: 'suffix: rows/s',
            min: 0,
          },
          [{ expr: `sum by (version) (model:model_inferences:rate5m{${M}})`, legend: '{{version}}' }],
          { stack: true }
        ),
        p.timeseries(
          {
            id: 22,
            title: 'Latency by version',
            description:
              'Is one version slower than the others, all the time or now and then? 95th percentile over five minutes.',
            w: 12,
            h: 8,
            unit: 's',
            min: 0,
            noValue: 'No latency',
          },
          [
            {
              expr: `max by (version) (model:model_inference_duration_seconds:quantile{${M},quantile="0.95"})`,
              legend: '{{version}}',
            },
          ]
        ),
        p.timeseries(
          {
            id: 23,
            title: 'Worst score divided by threshold',
            description: 'Which version is further from its baseline? 1 is the border of drift.',
            w: 12,
            h: 8,
            unit: 'none',
            decimals: 2,
            min: 0,
            steps: p.RATIO_STEPS,
            noValue: 'No verdicts',
          },
          [{ expr: `max by (version) (model:model_drift_ratio:max{${M},${W}})`, legend: '{{version}}' }],
          { thresholdLine: true }
        ),
        p.timeseries(
          {
            id: 24,
            title: 'Performance by version',
            description:
              'Which version is right more often? From ground truth, where it is known. Dashed, on the right: how many scored rows that rests on.',
            w: 12,
            h: 8,
            unit: 'none',
            decimals: 3,
            noValue: 'No ground truth yet',
            overrides: [
              {
                regex: '/ rows$/',
                properties: [
                  ...p.DASHES,
                  { id: 'custom.axisPlacement', value: 'right' },
                  { id: 'unit', value: 'locale' },
                  { id: 'decimals', value: 0 },
                ],
              },
            ],
          },
          [
            {
              expr: `max by (version, metric) (model:model_performance:fleet{${M},segment="all",window="1d",metric=~"accuracy|f1_macro|mae|rmse"})`,
              legend: '{{version}} {{metric}}',
            },
            {
              expr: `max by (version) (model:model_performance_rows:fleet{${M},segment="all",window="1d"})`,
              legend: '{{version}} rows',
            },
          ]
        ),
      ],
    },
    {
      id: 30,
      title: 'Drift between versions',
      folded: true,
      panels: [
        p.timeseries(
          {
            id: 31,
            title: 'PSI against the reference version',
            description:
              'How different is each version from the reference version of its model? With its threshold, so that few rows do not look like a difference.',
            w: 24,
            h: 9,
            unit: 'none',
            decimals: 3,
            min: 0,
            noValue: 'No reference version, or too few rows',
          },
          [
            {
              expr: `topk(10, max by (version, reference, feature) (feature:model_feature_version_drift_score:fleet{${M},${W}}))`,
              legend: '{{feature}} {{version}} against {{reference}}',
            },
            {
              expr: `max by (version) (feature:model_feature_version_drift_threshold:fleet{${M},${W},severity="drifted"})`,
              legend: 'drifted above, {{version}}',
            },
          ]
        ),
      ],
    },
  ],
};
