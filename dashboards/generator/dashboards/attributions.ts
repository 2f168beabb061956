import type { Section } from '../board';
import * as p from '../panel';
import { M, MW } from './shared';

const NO_ATTRIBUTIONS = 'No attributions: send them with inferences, or mirror :explain';

const rate = (range: string) => `rate(model_feature_attribution_absolute_total{${M}}[${range}])`;

/** What predictions owe to which feature, where traffic says so. */
export const ATTRIBUTIONS: Section = {
  id: 50,
  title: 'Explanations',
  folded: true,
  panels: [
    p.bargauge(
      {
        id: 51,
        title: 'What a prediction owes to each feature',
        description:
          'Which features does the model go by? Mean size of the attributions of the selected time range, in the unit of the explainer.',
        w: 8,
        h: 9,
        unit: 'none',
        decimals: 3,
        min: 0,
        noValue: NO_ATTRIBUTIONS,
      },
      [
        {
          expr: `sum by (feature) (increase(model_feature_attribution_absolute_total{${M}}[$__range])) / (sum by (feature) (increase(model_feature_attributions_total{${M}}[$__range])) > 0)`,
          legend: '{{feature}}',
        },
      ]
    ),
    p.timeseries(
      {
        id: 52,
        title: 'Share of each feature',
        description:
          'Does the model begin to go by something else? Part of all attribution that lies on a feature, over time.',
        w: 10,
        h: 9,
        unit: 'percentunit',
        min: 0,
        max: 1,
        noValue: NO_ATTRIBUTIONS,
      },
      [
        {
          expr: `sum by (feature) (${rate('$__rate_interval')}) / ignoring (feature) group_left () (sum(${rate('$__rate_interval')}) > 0)`,
          legend: '{{feature}}',
        },
      ],
      { stack: true }
    ),
    [
      p.stat(
        {
          id: 53,
          title: 'Order of the features',
          description:
            'Do features matter in the order of their importance? 1 while they do (NDCG), the worst replica; below 0.90 is worth a look. At least 100 explained rows in the window.',
          w: 6,
          h: 5,
          unit: 'none',
          decimals: 3,
          noValue: 'Fewer than 100 explained rows, or all features equally important',
        },
        [{ expr: `min(model_attribution_ndcg{${MW}})` }]
      ),
      p.stat(
        {
          id: 54,
          title: 'Attribution on other features',
          description:
            'How much of the attribution has moved? Part of it that lies elsewhere than the importance of the features says; it also sees changes that keep their order.',
          w: 6,
          h: 4,
          unit: 'percentunit',
          decimals: 1,
          noValue: 'Fewer than 100 explained rows, or all features equally important',
        },
        [{ expr: `max(model_attribution_distance_ratio{${MW}})` }]
      ),
    ],
  ],
};
