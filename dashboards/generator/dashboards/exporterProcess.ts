import type { Section } from '../board';
import * as p from '../panel';

const J = 'job="$job"';

export const SCRAPING: Section = {
  id: 20,
  title: 'Scraping and rules',
  panels: [
    p.timeseries(
      {
        id: 21,
        title: 'Samples per scrape',
        description:
          'How many series does each exporter expose? It depends on features and bins of the baselines, not on traffic; growth means new models or versions.',
        w: 8,
        h: 8,
        unit: 'locale',
        min: 0,
      },
      [{ expr: `max by (instance) (scrape_samples_scraped{${J}})`, legend: '{{instance}}' }]
    ),
    p.timeseries(
      {
        id: 22,
        title: 'Duration of a scrape',
        description:
          'How long does Prometheus wait for an exporter? Scrapes compute nothing, so this should be a few milliseconds.',
        w: 8,
        h: 8,
        unit: 's',
        min: 0,
      },
      [{ expr: `max by (instance) (scrape_duration_seconds{${J}})`, legend: '{{instance}}' }]
    ),
    p.timeseries(
      {
        id: 23,
        title: 'Duration of the recording rules',
        description: 'How long does Prometheus work on the rules of this product? Shown if Prometheus scrapes itself.',
        w: 8,
        h: 8,
        unit: 's',
        min: 0,
        noValue: 'Prometheus does not scrape itself',
      },
      [
        {
          expr: 'max by (group) (label_replace(prometheus_rule_group_last_duration_seconds{rule_group=~".*model-drift.*"}, "group", "$1", "rule_group", ".*;(.*)"))',
          legend: '{{group}}',
        },
      ]
    ),
  ],
};

/** Java's own numbers: only of interest once something above looks wrong. */
export const PROCESS: Section = {
  id: 30,
  title: 'Process',
  folded: true,
  panels: [
    p.timeseries(
      {
        id: 31,
        title: 'Memory',
        description:
          'Does memory stay bounded? Used heap and resident memory; both depend on configuration and baselines, not on traffic.',
        w: 8,
        h: 8,
        unit: 'bytes',
        min: 0,
      },
      [
        { expr: `sum by (instance) (jvm_memory_used_bytes{${J},area="heap"})`, legend: '{{instance}} heap' },
        { expr: `max by (instance) (process_resident_memory_bytes{${J}})`, legend: '{{instance}} resident' },
      ]
    ),
    p.timeseries(
      {
        id: 32,
        title: 'CPU',
        description:
          'How many cores does each exporter use? More than one means that decoding cannot keep up: allow more observer threads, or mirror less.',
        w: 8,
        h: 8,
        unit: 'none',
        decimals: 2,
        min: 0,
      },
      [
        {
          expr: `sum by (instance) (rate(process_cpu_seconds_total{${J}}[$__rate_interval]))`,
          legend: '{{instance}}',
        },
      ]
    ),
    p.timeseries(
      {
        id: 33,
        title: 'Time in garbage collection',
        description:
          'Which share of the time goes into garbage collection? More than a few per cent means that the heap is too small.',
        w: 8,
        h: 8,
        unit: 'percentunit',
        min: 0,
      },
      [
        {
          expr: `sum by (instance) (rate(jvm_gc_collection_seconds_sum{${J}}[$__rate_interval]))`,
          legend: '{{instance}}',
        },
      ]
    ),
    p.stat(
      {
        id: 34,
        title: 'Running since',
        description: 'How long has the youngest exporter been running? Windows are empty after a start.',
        w: 8,
        h: 5,
        unit: 's',
        decimals: 0,
      },
      [{ expr: `min(time() - process_start_time_seconds{${J}})` }]
    ),
    p.timeseries(
      {
        id: 35,
        title: 'Threads and open files',
        description: 'Do threads or connections leak? Both should be flat.',
        w: 16,
        h: 5,
        unit: 'locale',
        min: 0,
      },
      [
        { expr: `max by (instance) (jvm_threads_current{${J}})`, legend: '{{instance}} threads' },
        { expr: `max by (instance) (process_open_fds{${J}})`, legend: '{{instance}} files' },
      ]
    ),
  ],
};
