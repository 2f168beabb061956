import { type Board, datasourceVariable, queryVariable } from '../board';
import * as p from '../panel';
import { thresholds, uids } from '../thresholds';
import { COLORS } from '../../src/shared/meaning';
import { PROCESS, SCRAPING } from './exporterProcess';

const J = 'job="$job"';
const { droppedRatio, rejectedRatio, unpairedRatio, queueRatio } = thresholds.exporter;
const QUEUE_STEPS = p.steps(queueRatio.watch, queueRatio.full);
const outcomeShare = (outcome: string) =>
  `max(exporter:model_drift_exporter_payloads:ratio{${J},outcome="${outcome}"})`;
const lost = (ratio: number) => [p.step(null, COLORS.stable), p.step(ratio, COLORS.drifted)];

export const exporter: Board = {
  file: 'exporter.json',
  uid: uids.exporter,
  title: 'Model drift / Exporter health',
  description:
    'Can the numbers be trusted? What the exporters received, observed and lost, and how they themselves are doing.',
  variables: [
    datasourceVariable(),
    queryVariable({
      name: 'job',
      label: 'Job',
      query: 'label_values(model_drift_exporter_payloads_received_total, job)',
    }),
  ],
  panels: [
    p.stat(
      {
        id: 1,
        title: 'Exporters up',
        description: 'How many exporters answer Prometheus? The traffic of one that does not is missing everywhere.',
        w: 4,
        h: 4,
        unit: 'none',
        noValue: 'None found',
      },
      [
        { expr: `sum(up{${J}})`, legend: 'up' },
        { expr: `count(up{${J}})`, legend: 'expected' },
      ]
    ),
    p.stat(
      {
        id: 2,
        title: 'Payloads per second',
        description: 'How many mirrored requests and responses arrive, over all exporters?',
        w: 4,
        h: 4,
        unit: 'reqps',
        decimals: 1,
        noValue: 'Nothing arrives',
      },
      [{ expr: `sum(rate(model_drift_exporter_payloads_received_total{${J}}[$__rate_interval]))` }]
    ),
    p.stat(
      {
        id: 3,
        title: 'Rejected',
        description:
          'Which share of the payloads could not be understood? The reasons are in the ledger below: usually a format that the exporter is not told about.',
        w: 4,
        h: 4,
        unit: 'percentunit',
        decimals: 2,
        min: 0,
        steps: lost(rejectedRatio),
        noValue: 'No payloads',
      },
      [{ expr: outcomeShare('rejected') }]
    ),
    p.stat(
      {
        id: 4,
        title: 'Dropped',
        description:
          'Which share was thrown away because the exporter was too busy? Drift is then judged on a sample. Give it more CPU or mirror less.',
        w: 4,
        h: 4,
        unit: 'percentunit',
        decimals: 2,
        min: 0,
        steps: lost(droppedRatio),
        noValue: 'No payloads',
      },
      [{ expr: outcomeShare('dropped') }]
    ),
    p.stat(
      {
        id: 5,
        title: 'Queue',
        description:
          'How full is the fullest queue? When it is full, payloads are dropped; the model server never notices.',
        w: 4,
        h: 4,
        unit: 'percentunit',
        decimals: 1,
        min: 0,
        max: 1,
        steps: QUEUE_STEPS,
      },
      [
        {
          expr: `max(model_drift_exporter_queue_bytes{${J}} / model_drift_exporter_queue_limit_bytes{${J}})`,
        },
      ]
    ),
    p.stat(
      {
        id: 6,
        title: 'Configuration',
        description:
          'Did the last reload of the configuration succeed everywhere? If not, the exporter goes on with the old one; its log says what is wrong.',
        w: 4,
        h: 4,
        unit: 'none',
        steps: [p.step(null, COLORS.drifted), p.step(1, COLORS.stable)],
        noValue: 'No configuration file',
        mappings: [
          {
            type: 'value',
            options: { '0': { text: '▲ reload failed', index: 0 }, '1': { text: '✓ in force', index: 1 } },
          } as never,
        ],
      },
      [{ expr: `min(model_drift_exporter_config_last_reload_successful{${J}})` }]
    ),
    p.timeseries(
      {
        id: 7,
        title: 'What became of the payloads',
        description:
          'Where do payloads end? Each one is received once and ends as observed, ignored, rejected or dropped; the reason says why it was not observed.',
        w: 12,
        h: 9,
        unit: 'reqps',
        min: 0,
      },
      [
        {
          expr: `sum by (outcome, reason) (rate(model_drift_exporter_payloads_total{${J}}[$__rate_interval])) > 0`,
          legend: '{{outcome}} {{reason}}',
        },
      ],
      { stack: true }
    ),
    p.timeseries(
      {
        id: 8,
        title: 'Does the ledger balance?',
        description:
          'Is every received payload accounted for? Received, minus all outcomes, minus what is waiting in the queue, since the start: always 0. Anything else is a fault of the exporter.',
        w: 12,
        h: 9,
        unit: 'none',
        overrides: [],
      },
      [
        {
          expr: `sum by (instance) (model_drift_exporter_payloads_received_total{${J}}) - sum by (instance) (model_drift_exporter_payloads_total{${J}}) - sum by (instance) (model_drift_exporter_payloads_waiting{${J}})`,
          legend: '{{instance}}',
        },
      ]
    ),
    p.timeseries(
      {
        id: 9,
        title: 'Queue',
        description: 'How much is waiting to be observed, and how much may wait?',
        w: 8,
        h: 8,
        unit: 'bytes',
        min: 0,
        overrides: [{ regex: '/limit$/', properties: p.DASHES }],
      },
      [
        { expr: `max by (instance) (model_drift_exporter_queue_bytes{${J}})`, legend: '{{instance}}' },
        { expr: `max by (instance) (model_drift_exporter_queue_limit_bytes{${J}})`, legend: '{{instance}} limit' },
      ]
    ),
    p.timeseries(
      {
        id: 10,
        title: 'Pairs of requests and responses',
        description:
          'Do requests find their responses? Where both are sent apart, unpaired ones lose their latency and, without an id, the link between inputs and prediction.',
        w: 8,
        h: 8,
        unit: 'suffix: /s',
        min: 0,
        steps: lost(unpairedRatio),
        noValue: 'Requests and responses arrive together, or none arrive',
      },
      [
        {
          expr: `sum by (outcome) (rate(model_drift_exporter_pairs_total{${J}}[$__rate_interval]))`,
          legend: '{{outcome}}',
        },
      ],
      { stack: true }
    ),
    p.timeseries(
      {
        id: 11,
        title: 'Duration of evaluations',
        description:
          'How long does it take to compare all windows with their baselines? It should stay far below the interval of evaluation.',
        w: 8,
        h: 8,
        unit: 's',
        min: 0,
      },
      [
        {
          expr: `sum by (instance) (rate(model_drift_exporter_evaluation_seconds_sum{${J}}[$__rate_interval])) / (sum by (instance) (rate(model_drift_exporter_evaluation_seconds_count{${J}}[$__rate_interval])) > 0)`,
          legend: '{{instance}}',
        },
      ]
    ),
    p.table(
      {
        id: 12,
        title: 'Models and their baselines',
        description:
          'Which models does each exporter know, and how far are they? learning: too few rows for a baseline yet; ready: judged.',
        w: 8,
        h: 8,
        unit: 'none',
        noValue: 'No model seen',
        transformations: p.columns([
          { from: 'model', to: 'Model' },
          { from: 'version', to: 'Version' },
          { from: 'stage', to: 'Stage' },
          { from: 'Value', to: 'Replicas' },
        ]),
        overrides: [p.override('Replicas', { unit: 'none', decimals: 0 })],
      },
      [{ expr: `sum by (model, version, stage) (model_drift_exporter_model_stage{${J}}) > 0` }]
    ),
    p.timeseries(
      {
        id: 14,
        title: 'Age of the last evaluation',
        description:
          'Are verdicts fresh? Time since each exporter last compared its windows with their baselines; a saw-tooth is normal, a line that climbs is not.',
        w: 8,
        h: 8,
        unit: 's',
        min: 0,
      },
      [
        {
          expr: `time() - max by (instance) (model_drift_exporter_last_evaluation_timestamp_seconds{${J}} > 0)`,
          legend: '{{instance}}',
        },
      ]
    ),
    p.timeseries(
      {
        id: 13,
        title: 'Series refused',
        description:
          'Do names in the traffic exceed the caps on models, features or categories? They are counted, not exposed, so that nobody can blow up Prometheus.',
        w: 8,
        h: 8,
        unit: 'suffix: /s',
        min: 0,
        noValue: 'Nothing refused',
      },
      [
        {
          expr: `sum by (instance) (rate(model_drift_exporter_series_refused_total{${J}}[$__rate_interval]))`,
          legend: '{{instance}}',
        },
      ]
    ),
  ],
  sections: [SCRAPING, PROCESS],
};
