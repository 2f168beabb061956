import { BASELINE_STALE_DAYS } from '../shared/meaning';

/** One series of an instant answer. */
export interface Answer {
  labels: Record<string, string>;
  value: number;
}

/** Asks the chosen data source one instant query. */
export type Ask = (expr: string) => Promise<Answer[]>;

export type Level = 'ok' | 'attention' | 'problem' | 'skipped';

export interface Finding {
  title: string;
  level: Level;
  /** What was found. */
  text: string;
  /** What to do about it; empty when there is nothing to do. */
  advice: string;
}

interface Check {
  title: string;
  look: (ask: Ask) => Promise<Omit<Finding, 'title'>>;
}

const DAY = 86400;

const CHECKS: Check[] = [
  { title: 'Exporters', look: exporters },
  { title: 'Metrics', look: metrics },
  { title: 'Baselines', look: baselines },
  { title: 'Recording rules', look: recordingRules },
  { title: 'Verdicts', look: verdicts },
];

/**
 * Looks at a data source from the source to the verdict. When it cannot be asked at all, nothing else is tried:
 * five copies of one error help nobody.
 */
export async function inspect(ask: Ask): Promise<Finding[]> {
  const title = 'Data source';
  try {
    await ask('vector(1)');
  } catch (error) {
    return [
      {
        title,
        level: 'problem',
        text: `It does not answer: ${messageOf(error)}`,
        advice:
          'Open the data source in Grafana and use "Save & test"; it has to be a Prometheus or speak its language.',
      },
    ];
  }
  const findings: Finding[] = [{ title, level: 'ok', text: 'It answers.', advice: '' }];
  for (const check of CHECKS) {
    findings.push({ title: check.title, ...(await check.look(ask).catch(failed)) });
  }
  return findings;
}

function failed(error: unknown): Omit<Finding, 'title'> {
  return {
    level: 'skipped',
    text: `The query failed: ${messageOf(error)}`,
    advice: 'Try again; then look at the log of Prometheus.',
  };
}

async function exporters(ask: Ask) {
  const targets = await ask('up{job=~".*drift-exporter.*"}');
  const down = targets.filter(({ value }) => value !== 1).map(({ labels }) => labels.instance ?? '?');
  if (targets.length === 0) {
    return {
      level: 'problem' as const,
      text: 'Prometheus scrapes no exporter.',
      advice: 'Add a scrape job whose name contains "drift-exporter" and that points at port 10193 of the exporters.',
    };
  }
  if (down.length > 0) {
    return {
      level: 'problem' as const,
      text: `${down.length} of ${targets.length} exporters do not answer: ${down.join(', ')}.`,
      advice: 'Look whether they run, and at "Status / Targets" in Prometheus for the reason.',
    };
  }
  return { level: 'ok' as const, text: `${count(targets.length, 'exporter')} up.`, advice: '' };
}

async function metrics(ask: Ask) {
  const models = await ask('count by (model, version) (model_feature_values_total)');
  if (models.length === 0) {
    return {
      level: 'problem' as const,
      text: 'No model has been observed.',
      advice:
        'Send the exporter a copy of the inference traffic; the exporter health dashboard shows what arrives and why it is not understood.',
    };
  }
  return { level: 'ok' as const, text: `${count(models.length, 'model version')} observed.`, advice: '' };
}

async function baselines(ask: Ask) {
  const ages = await ask('time() - max by (model, version) (model_baseline_created_timestamp_seconds)');
  const without = await ask(
    'count by (model, version) (model_feature_values_total) unless on (model, version) model_feature_baseline_values'
  );
  if (without.length > 0) {
    return {
      level: 'attention' as const,
      text: `Without a baseline: ${without.map(nameOf).join(', ')}.`,
      advice:
        'Wait until the exporter has learned one from traffic, or build one with "model-drift-exporter baseline build".',
    };
  }
  const old = ages.filter(({ value }) => value > BASELINE_STALE_DAYS * DAY);
  if (old.length > 0) {
    return {
      level: 'attention' as const,
      text: `Older than ${BASELINE_STALE_DAYS} days: ${old.map(nameOf).join(', ')}.`,
      advice: 'Build a new baseline from the data that the model was last trained on.',
    };
  }
  if (ages.length === 0) {
    return { level: 'skipped' as const, text: 'No baseline yet.', advice: 'A baseline comes with the first model.' };
  }
  const oldest = Math.max(...ages.map(({ value }) => value));
  return {
    level: 'ok' as const,
    text: `${count(ages.length, 'baseline')}, the oldest of ${count(Math.max(0, Math.floor(oldest / DAY)), 'day')}.`,
    advice: '',
  };
}

async function recordingRules(ask: Ask) {
  const [states] = await ask('count(feature:model_feature_drift_state:fleet)');
  if (!states) {
    return {
      level: 'problem' as const,
      text: 'Nothing is recorded: dashboards stay empty and no alert can fire.',
      advice:
        'Add "model-drift-recording.yml" and "model-drift-alerts.yml" to rule_files of Prometheus and reload it. After the first baseline it takes two minutes.',
    };
  }
  const [age] = await ask('time() - max(timestamp(feature:model_feature_drift_state:fleet))');
  if (age && age.value > 180) {
    return {
      level: 'attention' as const,
      text: `The last result is ${Math.round(age.value)} seconds old.`,
      advice: 'Prometheus is behind with its rules: see "Status / Rules" for their duration.',
    };
  }
  return { level: 'ok' as const, text: 'Loaded and evaluated.', advice: '' };
}

async function verdicts(ask: Ask) {
  const states = await ask('count_values by (window) ("state", feature:model_feature_drift_state:fleet)');
  if (states.length === 0) {
    return { level: 'skipped' as const, text: 'No verdicts without recording rules.', advice: '' };
  }
  const judged = states.filter(({ labels }) => labels.state !== '-1');
  if (judged.length === 0) {
    return {
      level: 'attention' as const,
      text: 'No feature has a verdict in any window.',
      advice:
        'A verdict needs at least 100 rows in the window, more with many bins. Wait, or look at "Features without a verdict" in the model dashboard.',
    };
  }
  const total = judged.reduce((sum, { value }) => sum + value, 0);
  return { level: 'ok' as const, text: `${count(total, 'verdict')} over all features and windows.`, advice: '' };
}

function nameOf({ labels }: Answer): string {
  return `${labels.model ?? '?'} ${labels.version ?? ''}`.trim();
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Grafana's errors carry the useful sentence in different places. */
function messageOf(error: unknown): string {
  const { data, message, statusText } = (error ?? {}) as {
    data?: { message?: string };
    message?: string;
    statusText?: string;
  };
  return data?.message ?? message ?? statusText ?? String(error);
}
