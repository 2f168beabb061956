import type { Section } from '../board';
import * as p from '../panel';

const PAIR = 'model="$model",version="$candidate",reference="$version"';
const W = 'window="$window"';
const NOT_CONFIGURED = 'Name the two under comparisons in the configuration of the exporter';
const DASHED = { regex: '/at (least|most)|above/', properties: p.DASHES };

/** What an exporter finds that sees both versions: it knows which answers belong together. */
export const COMPARED_INSIDE: Section = {
  id: 40,
  title: 'Compared inside the exporter: agreement, outcomes, latency',
  panels: [
    p.stat(
      {
        id: 41,
        title: 'Agreement on the same requests',
        description:
          'Does the candidate say the same as the version in charge? Share of requests answered by both, within the configured tolerance, with its 95 % interval; the worst output of the worst replica.',
        w: 8,
        h: 4,
        unit: 'percentunit',
        decimals: 1,
        noValue: 'No request was answered by both under one id',
      },
      [
        { expr: `min(model_version_agreement_ratio{${PAIR}})`, legend: 'agreement' },
        { expr: `min(model_version_agreement_bound_ratio{${PAIR},bound="lower"})`, legend: 'at least' },
        { expr: `min(model_version_agreement_bound_ratio{${PAIR},bound="upper"})`, legend: 'at most' },
      ]
    ),
    p.stat(
      {
        id: 42,
        title: 'Candidate better or worse',
        description:
          'Is the candidate right more often? Its metric less that of the version in charge, from the outcomes of the requests that both answered, or else of all, since the start, with an interval that holds however often one looks: if it includes 0 nothing is decided.',
        w: 12,
        h: 4,
        unit: 'none',
        decimals: 3,
        noValue: 'Too few outcomes: 20 on which they differ, or 100 of each version',
      },
      [
        { expr: `max by (metric) (model_version_performance_difference{${PAIR}})`, legend: '{{metric}}' },
        {
          expr: `min by (metric) (model_version_performance_difference_bound{${PAIR},bound="lower"})`,
          legend: '{{metric}} at least',
        },
        {
          expr: `max by (metric) (model_version_performance_difference_bound{${PAIR},bound="upper"})`,
          legend: '{{metric}} at most',
        },
      ]
    ),
    p.stat(
      {
        id: 43,
        title: 'Could it be chance?',
        description:
          'How probable was such a difference if both were alike? The smallest value so far, so it may be looked at as often as one likes; below 0.05 the difference is real.',
        w: 4,
        h: 4,
        unit: 'none',
        decimals: 3,
        noValue: 'Too few outcomes',
      },
      [{ expr: `min(model_version_performance_pvalue{${PAIR}})` }]
    ),
    p.bargauge(
      {
        id: 47,
        title: 'Right about the same requests',
        description:
          'Where the two decide otherwise, who is right? Requests of the selected time range that both answered and whose outcome is known; only those that one of them got right tell the versions apart.',
        w: 24,
        h: 6,
        unit: 'locale',
        decimals: 0,
        min: 0,
        noValue: 'No outcome of a request that both answered, or the model predicts a number',
      },
      [
        {
          expr: `sum by (outcome) (increase(model_version_outcome_pairs_total{${PAIR}}[$__range]))`,
          legend: '{{outcome}}',
        },
      ]
    ),
    p.timeseries(
      {
        id: 44,
        title: 'Agreement over time',
        description: 'Since when do the versions disagree? Share of agreeing outputs, all replicas.',
        w: 8,
        h: 8,
        unit: 'percentunit',
        decimals: 1,
        max: 1,
        noValue: 'No request was answered by both under one id',
      },
      [
        {
          expr: `sum by (feature) (rate(model_version_pairs_total{${PAIR},outcome="agreeing"}[$__rate_interval])) / (sum by (feature) (rate(model_version_pairs_total{${PAIR}}[$__rate_interval])) > 0)`,
          legend: '{{feature}}',
        },
      ]
    ),
    p.timeseries(
      {
        id: 45,
        title: 'Distance of the outputs',
        description:
          'Are the answers of the candidate distributed otherwise? PSI over the bins of the version in charge; only above the lines is it more than chance.',
        w: 8,
        h: 8,
        unit: 'none',
        decimals: 3,
        min: 0,
        noValue: NOT_CONFIGURED,
        overrides: [DASHED],
      },
      [
        {
          expr: `max by (feature) (model_feature_version_drift_score{${PAIR},${W},measure="psi"})`,
          legend: '{{feature}}',
        },
        {
          expr: `min by (severity) (model_feature_version_drift_threshold{${PAIR},${W},measure="psi"})`,
          legend: '{{severity}} above',
        },
      ]
    ),
    p.timeseries(
      {
        id: 46,
        title: 'Latency of the candidate less that of the version in charge',
        description:
          'Is the candidate slower? Above 0 it is; difference of the percentiles of the shortest window, the worst replica.',
        w: 8,
        h: 8,
        unit: 's',
        noValue: 'No latency of both versions',
      },
      [
        {
          expr: `max by (percentile) (model_version_latency_difference_seconds{${PAIR},percentile=~"50|90|99"})`,
          legend: '{{percentile}} %',
        },
      ]
    ),
  ],
};
