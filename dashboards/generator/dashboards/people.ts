import type { Section } from '../board';
import * as p from '../panel';
import { M } from './shared';

const NO_FEEDBACK = 'No feedback yet: send it to /api/v1/feedback';
const NO_REVIEWS = 'No reviews are configured for this model';

const ended = (outcomes: string) => `sum(increase(model_reviews_total{${M},outcome=~"${outcomes}"}[$__range]))`;

/** What end users say, and what reviewers find. */
export const PEOPLE: Section = {
  id: 50,
  title: 'People: feedback and reviews',
  folded: true,
  panels: [
    p.bargauge(
      {
        id: 51,
        title: 'What users said',
        description:
          'Are those content who got the answers? Records of the selected time range by kind. Corrections count as ground truth only where the configuration trusts them.',
        w: 8,
        h: 8,
        unit: 'locale',
        decimals: 0,
        min: 0,
        noValue: NO_FEEDBACK,
      },
      [{ expr: `sum by (kind) (increase(model_feedback_total{${M}}[$__range])) > 0`, legend: '{{kind}}' }]
    ),
    p.timeseries(
      {
        id: 43,
        title: 'Feedback',
        description:
          'Since when are users less content? Records per second by kind; few people say anything, so look at how the kinds compare.',
        w: 16,
        h: 8,
        unit: 'suffix: /s',
        min: 0,
        noValue: NO_FEEDBACK,
      },
      [{ expr: `sum by (kind) (rate(model_feedback_total{${M}}[$__rate_interval])) > 0`, legend: '{{kind}}' }]
    ),
    p.stat(
      {
        id: 52,
        title: 'Overridden',
        description:
          'How often do reviewers disagree with the model? Of the decided rows of the selected time range; rows that were sampled as uncertain are overridden more often than others.',
        w: 4,
        h: 8,
        unit: 'percentunit',
        decimals: 1,
        min: 0,
        max: 1,
        noValue: NO_REVIEWS,
      },
      [{ expr: `${ended('overridden')} / (${ended('confirmed|overridden')} > 0)` }]
    ),
    p.stat(
      {
        id: 53,
        title: 'Rows waiting',
        description: 'Do reviewers keep up? Rows in the queue, all replicas.',
        w: 4,
        h: 4,
        unit: 'locale',
        decimals: 0,
        noValue: NO_REVIEWS,
      },
      [{ expr: `sum(model_reviews_waiting{${M}})` }]
    ),
    p.stat(
      {
        id: 54,
        title: 'Longest wait',
        description: 'Does anybody look at the queue at all? Age of the row that has waited longest.',
        w: 4,
        h: 4,
        unit: 's',
        decimals: 0,
        noValue: 'Nothing waits',
      },
      [{ expr: `time() - min(model_reviews_oldest_timestamp_seconds{${M}})` }]
    ),
    p.timeseries(
      {
        id: 55,
        title: 'Rows put before reviewers',
        description: 'Why are people asked, and how often? Rows per second by cause.',
        w: 6,
        h: 8,
        unit: 'suffix: /s',
        min: 0,
        noValue: NO_REVIEWS,
      },
      [{ expr: `sum by (cause) (rate(model_reviews_sampled_total{${M}}[$__rate_interval]))`, legend: '{{cause}}' }]
    ),
    p.timeseries(
      {
        id: 56,
        title: 'Ends of reviews',
        description:
          'What became of the rows? Confirmed and overridden count as ground truth; expired and evicted ones nobody looked at in time.',
        w: 6,
        h: 8,
        unit: 'suffix: /s',
        min: 0,
        noValue: NO_REVIEWS,
      },
      [{ expr: `sum by (outcome) (rate(model_reviews_total{${M}}[$__rate_interval]))`, legend: '{{outcome}}' }]
    ),
  ],
};
