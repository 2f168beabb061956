import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';

/** One row of a Prometheus answer. */
export type Row = [labels: Record<string, string>, value: number];

/** The shape of an instant query with format "table". */
export function table(refId: string, rows: Row[]): DataFrame {
  const names = [...new Set(rows.flatMap(([labels]) => Object.keys(labels)))];
  return toDataFrame({
    refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: rows.map(() => 0) },
      ...names.map((name) => ({ name, type: FieldType.string, values: rows.map(([labels]) => labels[name]) })),
      { name: 'Value', type: FieldType.number, values: rows.map(([, value]) => value) },
    ],
  });
}

/** The shape of a query with format "time series": one frame a series. */
export function series(refId: string, rows: Row[]): DataFrame[] {
  return rows.map(([labels, value]) =>
    toDataFrame({
      refId,
      fields: [
        { name: 'Time', type: FieldType.time, values: [0, 60_000] },
        { name: 'Value', type: FieldType.number, labels, values: [0, value] },
      ],
    })
  );
}

export interface Counts {
  [bin: string]: number;
}

export function rowsOf(counts: Counts, labels: Record<string, string>): Row[] {
  return Object.entries(counts).map(([bin, value]) => [{ ...labels, bin }, value]);
}

/** Rows of an ordered baseline: bin `00` is open below, the last one above. */
export function orderedRows(edges: number[], counts: number[], labels: Record<string, string>): Row[] {
  return counts.map((count, i) => [
    {
      ...labels,
      bin: String(i).padStart(2, '0'),
      lower: i === 0 ? '-Inf' : String(edges[i - 1]),
      upper: i === counts.length - 1 ? '+Inf' : String(edges[i]),
    },
    count,
  ]);
}
