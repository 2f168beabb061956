import { type DataFrame, FieldType, type TimeRange, toDataFrame } from '@grafana/data';
import { query } from './frame';

/* eslint-disable @typescript-eslint/no-explicit-any -- dashboards and answers are JSON of many shapes */

/** Values of the dashboard's variables, by name. */
export const variables: Record<string, string> = {};

const BUILT_IN: Record<string, string> = { __rate_interval: '1m', __interval: '30s', __range: '1h' };

export function interpolate(text: string): string {
  return (text ?? '').replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, braced, plain) => {
    const name = braced ?? plain;
    return variables[name] ?? BUILT_IN[name] ?? whole;
  });
}

async function api(path: string, parameters: Record<string, string>): Promise<any> {
  const answer = await (await fetch(`/api/v1/${path}?${new URLSearchParams(parameters)}`)).json();
  if (answer.status !== 'success') {
    throw new Error(`${parameters.query}: ${answer.error}`);
  }
  return answer.data;
}

/** Chooses a value for every variable, in order, as a browser would on opening the dashboard. */
export async function resolveVariables(list: any[]): Promise<void> {
  for (const variable of list) {
    const chosen = query.get(`var-${variable.name}`);
    if (variable.type === 'datasource') {
      variables[variable.name] = 'prometheus';
    } else if (variable.type === 'custom') {
      variables[variable.name] = chosen ?? variable.current.value;
    } else {
      const [, metric, label] = /^label_values\((.+),\s*(\w+)\)$/s.exec(interpolate(variable.query))!;
      const values: string[] = await api(`label/${label}/values`, { 'match[]': metric });
      variables[variable.name] = chosen ?? (variable.includeAll ? variable.allValue : (values.at(-1) ?? ''));
    }
  }
}

export async function run(target: any, range: TimeRange, several: boolean): Promise<DataFrame[]> {
  const expr = interpolate(target.expr);
  const [from, to] = [range.from.valueOf() / 1000, range.to.valueOf() / 1000];
  const { result } = target.instant
    ? await api('query', { query: expr, time: String(to) })
    : await api('query_range', {
        query: expr,
        start: String(from),
        end: String(to),
        step: String(Math.max(2, Math.round((to - from) / 300))),
      });
  return target.format === 'table'
    ? [asTable(target, result, several)]
    : result.map((entry: any) => asSeries(target, entry));
}

/** A table names its value column after the query as soon as there is more than one query. */
function asTable(target: any, result: any[], several: boolean): DataFrame {
  const names = [...new Set(result.flatMap((entry) => Object.keys(entry.metric)))];
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: result.map((entry) => entry.value[0] * 1000) },
      ...names.map((name) => ({ name, type: FieldType.string, values: result.map((entry) => entry.metric[name]) })),
      {
        name: several ? `Value #${target.refId}` : 'Value',
        type: FieldType.number,
        values: result.map((entry) => numberOf(entry.value[1])),
      },
    ],
  });
}

function asSeries(target: any, entry: any): DataFrame {
  const points = entry.values ?? [entry.value];
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: points.map((point: any) => point[0] * 1000) },
      {
        name: 'Value',
        type: FieldType.number,
        labels: entry.metric,
        config: { displayNameFromDS: legendOf(target.legendFormat, entry.metric) },
        // A line of Grafana has a gap where there is no number.
        values: points.map((point: any) => (point[1] === 'NaN' ? null : numberOf(point[1]))),
      },
    ],
  });
}

function legendOf(format: string, labels: Record<string, string>): string {
  if (format && format !== '__auto') {
    return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => labels[name] ?? '').trim();
  }
  const { __name__: name = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}="${value}"`);
  return pairs.length > 0 ? `${name}{${pairs.join(', ')}}` : name || 'Value';
}

function numberOf(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}
