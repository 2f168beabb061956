import { type DataFrame, FieldType } from '@grafana/data';
import { type BackendDataSourceResponse, getBackendSrv, toDataQueryResponse } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { Answer, Ask } from './checks';

const PROMETHEUS = 'prometheus';

/** Asks a Prometheus data source of Grafana by its uid. */
export function askDataSource(uid: string): Ask {
  return async (expr) => {
    const to = Date.now();
    const query = { refId: 'A', datasource: { uid, type: PROMETHEUS }, expr, instant: true, format: 'time_series' };
    const request = getBackendSrv().fetch<BackendDataSourceResponse>({
      url: '/api/ds/query',
      method: 'POST',
      showErrorAlert: false,
      data: {
        queries: [{ ...query, intervalMs: 15000, maxDataPoints: 1 }],
        from: String(to - 300_000),
        to: String(to),
      },
    });
    const response = toDataQueryResponse(await lastValueFrom(request));
    const error = response.errors?.[0];
    if (error) {
      throw new Error(error.message ?? 'the query failed');
    }
    return (response.data as DataFrame[]).flatMap(answersOf);
  };
}

/** One answer per series: the last value, with the labels of its field. */
export function answersOf(frame: DataFrame): Answer[] {
  return frame.fields
    .filter((field) => field.type === FieldType.number && field.values.length > 0)
    .map((field) => ({ labels: field.labels ?? {}, value: Number(field.values[field.values.length - 1]) }));
}
