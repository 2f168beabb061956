import { type DataFrame, FieldType, type LinkModel } from '@grafana/data';

/** What a query stands for. A query whose refId is one of these names is taken at its word. */
export const ROLES = ['baseline', 'current', 'score', 'threshold', 'state', 'required', 'reason'] as const;
export type Role = (typeof ROLES)[number];

export interface Sample {
  role: Role;
  labels: Record<string, string>;
  value: number;
  links: () => LinkModel[];
}

const NO_LINKS = () => [];

/** Reads both shapes that Prometheus gives: a table with label columns, and one series a frame. */
export function samplesOf(frames: DataFrame[]): Sample[] {
  return frames.flatMap((frame) =>
    frame.fields.some((field) => field.type === FieldType.string) ? fromTable(frame) : fromSeries(frame)
  );
}

function fromTable(frame: DataFrame): Sample[] {
  const columns = frame.fields.filter((field) => field.type === FieldType.string);
  const value = frame.fields.find((field) => field.type === FieldType.number);
  if (!value) {
    return [];
  }
  const samples: Sample[] = [];
  for (let row = 0; row < frame.length; row++) {
    const labels: Record<string, string> = {};
    for (const column of columns) {
      const text = column.values[row];
      if (text !== undefined && text !== null && text !== '') {
        labels[column.name] = String(text);
      }
    }
    const role = roleOf(frame.refId, labels);
    if (role) {
      const links = value.getLinks ? () => value.getLinks!({ valueRowIndex: row }) : NO_LINKS;
      samples.push({ role, labels, value: Number(value.values[row]), links });
    }
  }
  return samples;
}

function fromSeries(frame: DataFrame): Sample[] {
  const samples: Sample[] = [];
  for (const field of frame.fields) {
    if (field.type !== FieldType.number) {
      continue;
    }
    const row = lastFilled(field.values);
    const labels = field.labels ?? {};
    const role = roleOf(frame.refId, labels);
    if (role && row >= 0) {
      const links = field.getLinks ? () => field.getLinks!({ valueRowIndex: row }) : NO_LINKS;
      samples.push({ role, labels, value: Number(field.values[row]), links });
    }
  }
  return samples;
}

function lastFilled(values: ArrayLike<unknown>): number {
  for (let i = values.length - 1; i >= 0; i--) {
    if (values[i] !== null && values[i] !== undefined) {
      return i;
    }
  }
  return -1;
}

/** The refId decides; without a telling one the labels give the query away. */
function roleOf(refId: string | undefined, labels: Record<string, string>): Role | undefined {
  const named = ROLES.find((role) => role === refId);
  if (named) {
    return named;
  }
  const metric = labels.__name__ ?? '';
  if (labels.bin !== undefined) {
    return labels.lower !== undefined || /baseline/.test(metric) ? 'baseline' : 'current';
  }
  if (labels.severity !== undefined) {
    return 'threshold';
  }
  if (labels.reason !== undefined) {
    return 'reason';
  }
  if (/state/.test(metric)) {
    return 'state';
  }
  if (/required_rows/.test(metric)) {
    return 'required';
  }
  return labels.measure !== undefined ? 'score' : undefined;
}
