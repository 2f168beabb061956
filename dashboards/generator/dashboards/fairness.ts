import type { Section } from '../board';
import * as p from '../panel';
import { thresholds } from '../thresholds';
import { COLORS } from '../../src/shared/meaning';
import { M, MW } from './shared';

const FAIR = thresholds.fairness.tolerance;

/** The fleet's gaps from the rules, then what one replica knows besides: intervals and other rates. */
export const FAIRNESS: Section = {
  id: 30,
  title: 'Fairness',
  panels: [
    p.timeseries(
      {
        id: 31,
        title: 'Differences between groups',
        description:
          'Are groups treated alike? Largest difference of selection rates (demographic parity) and of true positive rates (equal opportunity) between groups; 0 is equal.',
        w: 12,
        h: 9,
        unit: 'percentunit',
        min: 0,
        max: 1,
        steps: [p.step(null, COLORS.stable), p.step(FAIR, COLORS.drifted)],
        noValue: 'No sensitive attribute is configured, or groups are too small',
      },
      [
        {
          expr: `max by (attribute, metric, predicted) (model:model_fairness:fleet{${MW}})`,
          legend: '{{attribute}} {{metric}} {{predicted}}',
        },
      ],
      { thresholdLine: true }
    ),
    p.table(
      {
        id: 32,
        title: 'Selection by group',
        description:
          'Which group gets which prediction how often? Rows of the selected time range. Small groups say little.',
        w: 12,
        h: 9,
        unit: 'none',
        noValue: 'No sensitive attribute is configured',
        transformations: p.columns([
          { from: 'attribute', to: 'Attribute' },
          { from: 'group', to: 'Group' },
          { from: 'predicted', to: 'Predicted' },
          { from: 'Value #A', to: 'Share of the group' },
          { from: 'Value #B', to: 'Rows' },
        ]),
        overrides: [
          p.override('Share of the group', { unit: 'percentunit', decimals: 1 }),
          p.override('Rows', { unit: 'locale', decimals: 0 }),
        ],
      },
      [
        {
          expr: `sum by (attribute, group, predicted) (increase(model_group_predictions_total{${M}}[$__range])) / on (attribute, group) group_left () (sum by (attribute, group) (increase(model_group_predictions_total{${M}}[$__range])) > 0)`,
        },
        { expr: `sum by (attribute, group, predicted) (increase(model_group_predictions_total{${M}}[$__range]))` },
      ],
      'Share of the group'
    ),
    p.table(
      {
        id: 33,
        title: 'Other measures of fairness',
        description: 'What do the other fairness numbers say? All metrics of the exporter, the worst replica first.',
        w: 8,
        h: 7,
        unit: 'none',
        noValue: 'No sensitive attribute is configured, or groups are too small',
        transformations: p.columns([
          { from: 'attribute', to: 'Attribute' },
          { from: 'metric', to: 'Metric' },
          { from: 'Value', to: 'Value' },
        ]),
        overrides: [p.override('Value', { decimals: 3 })],
      },
      [{ expr: `max by (attribute, metric) (model_fairness{${MW}})` }]
    ),
    p.timeseries(
      {
        id: 34,
        title: 'Outcomes by group',
        description:
          'Does ground truth arrive for all groups alike? If not, performance is known for some of them only.',
        w: 10,
        h: 7,
        unit: 'suffix: /s',
        min: 0,
        noValue: 'No sensitive attribute is configured, or no ground truth',
      },
      [
        {
          expr: `sum by (attribute, group) (rate(model_group_outcomes_total{${M}}[$__rate_interval]))`,
          legend: '{{attribute}} {{group}}',
        },
      ]
    ),
    p.stat(
      {
        id: 36,
        title: 'Rates that surely differ',
        description:
          'Is it certain that groups are treated differently? Of selection, true positive, false positive rate and precision, how many differ by more than what is tolerated with their whole interval.',
        w: 6,
        h: 7,
        unit: 'none',
        steps: p.ANY_STEPS,
        noValue: 'No sensitive attribute is configured, or groups are too small',
      },
      [
        {
          expr: `sum by (attribute) (max by (attribute, rate) (model_fairness_violated{${MW}}))`,
          legend: '{{attribute}}',
        },
      ]
    ),
    p.table(
      {
        id: 35,
        title: 'Rates of each group',
        description:
          'How is each group treated, and how sure is that? Rates with their 95 % interval, and what they lie above those of the reference group, as the replica sees it that differs most.',
        w: 24,
        h: 9,
        unit: 'percentunit',
        decimals: 1,
        noValue: 'No sensitive attribute is configured, or groups are too small',
        transformations: p.columns([
          { from: 'attribute', to: 'Attribute' },
          { from: 'rate', to: 'Rate' },
          { from: 'group', to: 'Group' },
          { from: 'Value #A', to: 'Of the group' },
          { from: 'Value #B', to: 'At least' },
          { from: 'Value #C', to: 'At most' },
          { from: 'Value #D', to: 'Above the reference' },
        ]),
      },
      [
        { expr: `max by (attribute, rate, group) (model_fairness_rate{${MW}})` },
        { expr: `max by (attribute, rate, group) (model_fairness_rate_bound{${MW},bound="lower"})` },
        { expr: `max by (attribute, rate, group) (model_fairness_rate_bound{${MW},bound="upper"})` },
        { expr: `max by (attribute, rate, group) (model_fairness_difference{${MW}})` },
      ],
      'Rate'
    ),
  ],
};
