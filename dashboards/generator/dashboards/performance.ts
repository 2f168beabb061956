import {
  type Board,
  datasourceVariable,
  MODEL,
  modelAnnotations,
  queryVariable,
  VERSION,
  windowVariable,
} from '../board';
import * as p from '../panel';
import { uids } from '../thresholds';
import { FAIRNESS } from './fairness';
import { PEOPLE } from './people';
import { M, MW } from './shared';

const S = 'segment="$segment"';
/** What the rules compute for a fleet; a baseline knows more, which would only hide these. */
const SHARES = 'accuracy|precision_macro|recall_macro|f1_macro';
const ERRORS = 'mae|rmse|bias|mape|mse';
const NO_TRUTH = 'No ground truth in this window: send it to /api/v1/ground-truth. Recorded for 1h and longer.';

export const performance: Board = {
  file: 'performance.json',
  uid: uids.performance,
  title: 'Model drift / Performance, calibration and fairness',
  description:
    'Is the model still right, and right for everyone? From ground truth as it arrives, with estimates while it has not.',
  variables: [
    datasourceVariable(),
    MODEL,
    VERSION,
    queryVariable({
      name: 'segment',
      label: 'Segment',
      query: 'label_values(model:model_performance_rows:fleet{model="$model",version="$version"}, segment)',
    }),
    windowVariable(),
  ],
  annotations: modelAnnotations(),
  panels: [
    p.stat(
      {
        id: 1,
        title: 'Performance now',
        description:
          'How often is the model right, or how far off? Over the chosen window, from the counters of all replicas. Compare with the baseline in the graph below.',
        w: 10,
        h: 4,
        unit: 'none',
        decimals: 3,
        noValue: NO_TRUTH,
      },
      [{ expr: `max by (metric) (model:model_performance:fleet{${MW},${S}})`, legend: '{{metric}}' }]
    ),
    p.stat(
      {
        id: 2,
        title: 'Scored rows',
        description: 'How many predictions with known ground truth do the numbers rest on?',
        w: 5,
        h: 4,
        unit: 'locale',
        decimals: 0,
        noValue: NO_TRUTH,
      },
      [{ expr: `max(model:model_performance_rows:fleet{${MW},${S}})` }]
    ),
    p.stat(
      {
        id: 3,
        title: 'Ground truth per hour',
        description:
          'Does ground truth still arrive? Joined outcomes per hour. If it stops, performance is unknown, not good.',
        w: 4,
        h: 4,
        unit: 'locale',
        decimals: 0,
        noValue: NO_TRUTH,
      },
      [{ expr: `3600 * sum(model:model_ground_truth:rate1h{${M}})` }]
    ),
    p.stat(
      {
        id: 4,
        title: 'Median delay of ground truth',
        description:
          'How old is a prediction when its outcome becomes known? Performance always speaks of the past by this much.',
        w: 5,
        h: 4,
        unit: 's',
        noValue: NO_TRUTH,
      },
      [
        {
          expr: `histogram_quantile(0.5, sum by (le) (rate(model_ground_truth_delay_seconds_bucket{${M}}[$__rate_interval])))`,
        },
      ]
    ),
    p.timeseries(
      {
        id: 5,
        title: 'Classification',
        description:
          'Is the share of right answers falling? Solid: measured from ground truth; estimate: expected from the scores while truth is not known; baseline: at training time.',
        w: 12,
        h: 9,
        unit: 'percentunit',
        max: 1,
        noValue: NO_TRUTH,
        overrides: [{ regex: '/^baseline/', properties: p.DASHES }],
      },
      [
        {
          expr: `max by (metric) (model:model_performance:fleet{${MW},${S},metric!~"${ERRORS}|r2"})`,
          legend: '{{metric}}',
        },
        {
          expr: `max by (metric) (model_performance_estimate{${MW},metric!~"${ERRORS}|r2"})`,
          legend: 'estimate {{metric}}',
        },
        {
          expr: `max by (metric) (model_performance_baseline{${M},${S},metric=~"${SHARES}"})`,
          legend: 'baseline {{metric}}',
        },
      ]
    ),
    p.timeseries(
      {
        id: 6,
        title: 'Regression errors',
        description:
          'Is the model further off than it was, and in which direction? Bias above 0 means that it predicts too high. In units of the target.',
        w: 12,
        h: 9,
        unit: 'none',
        noValue: 'No ground truth for a number yet',
        overrides: [{ regex: '/^baseline/', properties: p.DASHES }],
      },
      [
        {
          expr: `max by (metric) (model:model_performance:fleet{${MW},${S},metric=~"${ERRORS}"})`,
          legend: '{{metric}}',
        },
        {
          expr: `max by (metric) (model_performance_baseline{${M},${S},metric=~"${ERRORS}"})`,
          legend: 'baseline {{metric}}',
        },
      ]
    ),
    p.table(
      {
        id: 7,
        title: 'By segment',
        description:
          'For whom is the model wrong? Performance of each segment with its sampling error and rows; a small segment may just be unlucky.',
        w: 12,
        h: 9,
        unit: 'none',
        noValue: NO_TRUTH,
        transformations: p.columns([
          { from: 'segment', to: 'Segment' },
          { from: 'metric', to: 'Metric' },
          { from: 'Value #A', to: 'Value' },
          { from: 'Value #B', to: 'Standard error' },
        ]),
        overrides: [p.override('Value', { decimals: 3 }), p.override('Standard error', { decimals: 3 })],
      },
      [
        { expr: `max by (segment, metric) (model:model_performance:fleet{${MW}})` },
        { expr: `max by (segment, metric) (model:model_performance_error:fleet{${MW}})` },
      ]
    ),
    p.table(
      {
        id: 8,
        title: 'Confusion',
        description:
          'Which classes are taken for which? Rows of the selected time range by predicted and actual class, all replicas.',
        w: 12,
        h: 9,
        unit: 'none',
        noValue: 'No ground truth for a class yet',
        transformations: p.columns([
          { from: 'actual', to: 'Actual' },
          { from: 'predicted', to: 'Predicted' },
          { from: 'Value', to: 'Rows' },
        ]),
        overrides: [p.override('Rows', { unit: 'locale', decimals: 0 })],
      },
      [
        {
          expr: `sum by (actual, predicted) (increase(model_predictions_scored_total{${M},${S}}[$__range])) > 0`,
        },
      ],
      'Rows'
    ),
  ],
  sections: [
    {
      id: 20,
      title: 'Calibration and scores',
      panels: [
        p.bargauge(
          {
            id: 21,
            title: 'Calibration and ranking',
            description:
              'Can the scores be taken for probabilities, and do they put positives first? ece is the mean gap between score and frequency; roc_auc is 0.5 for guessing.',
            w: 8,
            h: 9,
            unit: 'none',
            decimals: 3,
            min: 0,
            max: 1,
            noValue: 'No scored probabilities yet',
          },
          [
            {
              expr: `max by (metric) (model_performance{${MW},segment="all",metric=~"ece|max_calibration_error|brier|log_loss|roc_auc|average_precision"})`,
              legend: '{{metric}}',
            },
          ]
        ),
        p.bargauge(
          {
            id: 22,
            title: 'Share of positives by score bin',
            description:
              'Does the frequency of positives rise with the score? From low scores to high ones; a calibrated model climbs evenly.',
            w: 8,
            h: 9,
            unit: 'percentunit',
            min: 0,
            max: 1,
            noValue: 'No scored probabilities yet',
          },
          [
            {
              expr: `sum by (bin) (increase(model_score_values_total{${M},actual!~"0|false|negative"}[$__range])) / (sum by (bin) (increase(model_score_values_total{${M}}[$__range])) > 0)`,
              legend: '{{bin}}',
            },
          ]
        ),
        p.timeseries(
          {
            id: 23,
            title: 'Outcomes of the join',
            description:
              'Does ground truth find its predictions? matched is good; orphan: the id was never seen; late: truth came after the horizon; duplicate: sent twice.',
            w: 8,
            h: 9,
            unit: 'suffix: /s',
            min: 0,
            noValue: NO_TRUTH,
          },
          [
            {
              expr: `sum by (outcome) (rate(model_ground_truth_total{${M}}[$__rate_interval]))`,
              legend: '{{outcome}}',
            },
          ],
          { stack: true }
        ),
      ],
    },
    FAIRNESS,
    {
      id: 40,
      title: 'Concept drift',
      folded: true,
      panels: [
        p.stat(
          {
            id: 41,
            title: 'Concept drift',
            description: 'Does the stream of errors change? State of each detector; it needs ground truth, row by row.',
            w: 12,
            h: 7,
            unit: 'none',
            mappings: p.STATE_MAPPINGS,
            steps: p.STATE_STEPS,
            noValue: 'No detector runs, or no ground truth',
          },
          [{ expr: `max by (detector) (model_concept_drift_state{${M}})`, legend: '{{detector}}' }]
        ),
        p.timeseries(
          {
            id: 42,
            title: 'Detections',
            description: 'When did a detector find that the errors changed?',
            w: 12,
            h: 7,
            unit: 'none',
            min: 0,
            noValue: 'No detector runs, or no ground truth',
          },
          [
            {
              expr: `sum by (detector) (increase(model_concept_drift_detections_total{${M}}[$__rate_interval]))`,
              legend: '{{detector}}',
            },
          ],
          { bars: true, fill: 60 }
        ),
      ],
    },
    PEOPLE,
  ],
};
