import { type Board, datasourceVariable, FEATURE, MODEL, modelAnnotations, VERSION, windowVariable } from '../board';
import * as p from '../panel';
import { uids } from '../thresholds';
import { COLORS } from '../../src/shared/meaning';
import { distributionQueries } from './shared';

const F = 'model="$model",version="$version",feature="$feature"';
const FW = `${F},window="$window"`;

export const feature: Board = {
  file: 'feature.json',
  uid: uids.feature,
  title: 'Model drift / Feature',
  description:
    'Which bins of this feature moved, and by how much? One feature of one model version against its baseline.',
  variables: [datasourceVariable(), MODEL, VERSION, FEATURE, windowVariable()],
  annotations: modelAnnotations(),
  panels: [
    p.stat(
      {
        id: 1,
        title: 'State',
        description:
          'Has this feature drifted? Drifted: surely more than tolerated, with 99 % confidence at this number of rows. Warning: surely more than small.',
        w: 4,
        h: 4,
        unit: 'none',
        mappings: p.STATE_MAPPINGS,
        steps: p.STATE_STEPS,
        noValue: 'No verdict',
      },
      [{ expr: `max(feature:model_feature_drift_state:fleet{${FW}})` }]
    ),
    p.stat(
      {
        id: 2,
        title: 'PSI and its thresholds',
        description:
          'How different is the window from the baseline (population stability index), and from where on is that a warning or drift? Few rows raise the thresholds.',
        w: 8,
        h: 4,
        unit: 'none',
        decimals: 3,
        noValue: 'No score below the required rows',
      },
      [
        { expr: `max(feature:model_feature_drift_score:fleet{${FW},measure="psi"})`, legend: 'PSI' },
        { expr: `max(feature:model_feature_drift_threshold:fleet{${FW},severity="warning"})`, legend: 'warning above' },
        { expr: `max(feature:model_feature_drift_threshold:fleet{${FW},severity="drifted"})`, legend: 'drifted above' },
      ]
    ),
    p.stat(
      {
        id: 3,
        title: 'Rows',
        description: 'How many rows does the verdict rest on, how many does it need, and how many has the baseline?',
        w: 8,
        h: 4,
        unit: 'locale',
        decimals: 0,
        noValue: 'No rows',
      },
      [
        { expr: `max(feature:model_feature_values:increase{${FW}})`, legend: 'in the window' },
        { expr: `max(feature:model_feature_required_rows:fleet{${FW}})`, legend: 'required' },
        { expr: `max(feature:model_feature_baseline_rows:sum{${F}})`, legend: 'in the baseline' },
      ]
    ),
    p.stat(
      {
        id: 4,
        title: 'Score / threshold',
        description: 'How far is the feature from its threshold? Above 1 it is drifted.',
        w: 4,
        h: 4,
        unit: 'none',
        decimals: 2,
        min: 0,
        steps: p.RATIO_STEPS,
        noValue: 'No verdict',
      },
      [{ expr: `max(feature:model_feature_drift_ratio:fleet{${FW}})` }]
    ),
    p.distribution(
      {
        id: 5,
        title: '$feature: baseline against live',
        description:
          'Which bins moved, by how much, and what is their part in the score? Tails, missing and unseen values stand apart. Bars of numbers with different bin widths show their share as area.',
        w: 16,
        h: 14,
      },
      distributionQueries(F)
    ),
    [
      p.table(
        {
          id: 6,
          title: 'The bins that did it',
          description:
            'Which bins make up most of the drift score, and did they grow or shrink? The three largest terms, recorded while the feature is drifted.',
          w: 8,
          h: 7,
          unit: 'none',
          noValue: 'The feature is not drifted in this window',
          transformations: p.columns([
            { from: 'bin', to: 'Bin' },
            { from: 'Value #A', to: 'Part of PSI' },
            { from: 'Value #B', to: 'Change of share' },
          ]),
          overrides: [
            p.override('Part of PSI', { decimals: 3 }),
            p.override('Change of share', { unit: 'percentunit', decimals: 1 }),
          ],
        },
        [
          { expr: `max by (bin) (feature_bin:model_feature_drift_contribution:fleet{${FW}})` },
          {
            expr: `max by (bin) (feature_bin:model_feature_observed:ratio{${FW}} - feature_bin:model_feature_expected:ratio{${FW}} and on (model, version, feature, role, bin, window) feature_bin:model_feature_drift_contribution:fleet{${FW}})`,
          },
        ],
        'Part of PSI'
      ),
      p.table(
        {
          id: 7,
          title: 'All measures',
          description:
            'What do other measures say? KS and Wasserstein see how far values moved, total variation and l-infinity how many, the rest resemble PSI. Their numbers cannot be compared with each other.',
          w: 8,
          h: 7,
          unit: 'none',
          noValue: 'No score below the required rows',
          transformations: p.columns(
            [
              { from: 'measure', to: 'Measure' },
              { from: 'Value', to: 'Score' },
            ],
            ['model', 'version', 'feature', 'role', 'window']
          ),
          overrides: [p.override('Score', { decimals: 4 })],
        },
        [{ expr: `max by (measure) (feature:model_feature_drift_score:fleet{${FW}})` }],
        'Score'
      ),
    ],
  ],
  sections: [
    {
      id: 20,
      title: 'Over time',
      panels: [
        p.timeseries(
          {
            id: 21,
            title: 'PSI and its thresholds',
            description:
              'When did the feature begin to move, suddenly or slowly? The thresholds move with the number of rows.',
            w: 12,
            h: 9,
            unit: 'none',
            decimals: 3,
            min: 0,
            overrides: [
              p.colored('PSI', COLORS.live, { 'custom.lineWidth': 2 }),
              p.barLine('warning', COLORS.warning),
              p.barLine('drifted', COLORS.drifted),
              p.colored('noise floor', COLORS.baseline),
            ],
            noValue: 'No score below the required rows',
          },
          [
            { expr: `max(feature:model_feature_drift_score:fleet{${FW},measure="psi"})`, legend: 'PSI' },
            { expr: `max by (severity) (feature:model_feature_drift_threshold:fleet{${FW}})`, legend: '{{severity}}' },
            { expr: `max(feature:model_feature_noise_floor:fleet{${FW}})`, legend: 'noise floor' },
          ]
        ),
        p.timeseries(
          {
            id: 22,
            title: 'Shares of the bins',
            description:
              'How did the mix of values change? Shares of all bins in the window; a band that widens is a bin that grows.',
            w: 12,
            h: 9,
            unit: 'percentunit',
            min: 0,
            max: 1,
            noValue: 'No rows',
          },
          [
            {
              expr: `sum by (bin) (feature_bin:model_feature_values:increase{${FW}}) / ignoring (bin) group_left () (sum(feature_bin:model_feature_values:increase{${FW}}) > 0)`,
              legend: '{{bin}}',
            },
          ],
          { stack: true }
        ),
        p.timeseries(
          {
            id: 23,
            title: 'Missing, unseen and invalid values',
            description:
              'Is it drift, or is the data broken? A share that jumps here is a fault upstream: ask the owner of the source, not the model.',
            w: 12,
            h: 8,
            unit: 'percentunit',
            min: 0,
            noValue: 'No verdict in this window',
          },
          [
            {
              expr: `feature_bin:model_feature_observed:ratio{${FW},bin=~"__missing__|__unseen__|__invalid__|__other__"}`,
              legend: '{{bin}}',
            },
            {
              expr: `feature_bin:model_feature_expected:ratio{${FW},bin=~"__missing__|__unseen__|__invalid__|__other__"}`,
              legend: 'baseline {{bin}}',
            },
          ]
        ),
        p.timeseries(
          {
            id: 24,
            title: 'Violations by reason',
            description:
              'Which rules of the schema do values break, per second? Each value counts under the first reason that applies.',
            w: 12,
            h: 8,
            unit: 'suffix: /s',
            min: 0,
            noValue: 'No violations counted',
          },
          [
            {
              expr: `sum by (reason) (rate(model_feature_violations_total{${F}}[$__rate_interval]))`,
              legend: '{{reason}}',
            },
          ],
          { stack: true }
        ),
        p.stateTimeline(
          {
            id: 25,
            title: 'State by window',
            description: 'Do all windows agree? The short one alone is a blip, all of them are a lasting change.',
            w: 24,
            h: 5,
            unit: 'none',
            mappings: p.STATE_MAPPINGS,
            steps: p.STATE_STEPS,
            noValue: 'No verdicts',
          },
          [{ expr: `max by (window) (feature:model_feature_drift_state:fleet{${F}})`, legend: '{{window}}' }]
        ),
      ],
    },
    {
      id: 30,
      title: 'Each replica by itself',
      folded: true,
      panels: [
        p.timeseries(
          {
            id: 31,
            title: 'PSI of each replica',
            description:
              'Do the replicas see the same traffic? One that stands apart has a routing or a data problem of its own. Scores of replicas are never averaged: the fleet has its own.',
            w: 12,
            h: 8,
            unit: 'none',
            decimals: 3,
            min: 0,
            noValue: 'No replica has a verdict',
          },
          [
            {
              expr: `max by (instance) (model_feature_drift_score{${FW},measure="psi"})`,
              legend: '{{instance}}',
            },
          ]
        ),
        p.timeseries(
          {
            id: 32,
            title: 'Values per second of each replica',
            description: 'Is the traffic spread evenly over the replicas?',
            w: 12,
            h: 8,
            unit: 'suffix: /s',
            min: 0,
          },
          [
            {
              expr: `sum by (instance) (rate(model_feature_values_total{${F}}[$__rate_interval]))`,
              legend: '{{instance}}',
            },
          ],
          { stack: true }
        ),
        p.table(
          {
            id: 33,
            title: 'p-values',
            description:
              'How surprising is the score if the true difference were just tolerated? Small is surprising. Per replica and measure; the state already includes the correction for many features.',
            w: 24,
            h: 8,
            unit: 'none',
            noValue: 'No replica has a verdict',
            transformations: p.columns([
              { from: 'instance', to: 'Replica' },
              { from: 'measure', to: 'Measure' },
              { from: 'severity', to: 'Severity' },
              { from: 'Value', to: 'p-value' },
            ]),
            overrides: [p.override('p-value', { decimals: 4 })],
          },
          [{ expr: `max by (instance, measure, severity) (model_feature_drift_pvalue{${FW}})` }]
        ),
      ],
    },
  ],
};
