import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { COLORS } from '../src/shared/meaning';
import { DATASOURCE } from './panel';
import { thresholds } from './thresholds';

export const TAG = 'model-drift';

/** A panel, or several of the same width on top of each other. */
type Placeable = dashboard.Panel | dashboard.Panel[];

/** Panels under a heading; a folded section is opened by those who want the details. */
export interface Section {
  id: number;
  title: string;
  folded?: boolean;
  panels: Placeable[];
}

export interface Board {
  file: string;
  uid: string;
  title: string;
  description: string;
  variables: Array<dashboard.VariableModel>;
  annotations?: Array<dashboard.AnnotationQuery>;
  /** Panels above the first heading. */
  panels: Placeable[];
  sections: Section[];
}

export function build(board: Board): dashboard.Dashboard {
  const builder = new dashboard.DashboardBuilder(board.title)
    .uid(board.uid)
    .description(board.description)
    .tags([TAG])
    .readonly()
    .timezone('browser')
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .refresh('1m')
    .time({ from: 'now-24h', to: 'now' })
    .link(
      new dashboard.DashboardLinkBuilder('Model drift')
        .type(dashboard.DashboardLinkType.Dashboards)
        .icon('external link')
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true)
    )
    .variables(board.variables.map((variable) => ({ build: () => variable })))
    .annotations((board.annotations ?? []).map((annotation) => ({ build: () => annotation })));
  return { ...builder.build(), id: null as never, panels: place(board.panels, board.sections) };
}

function place(top: Placeable[], sections: Section[]): Array<dashboard.Panel | dashboard.RowPanel> {
  let y = 0;
  const flow = (panels: Placeable[]) => {
    let [x, height] = [0, 0];
    const placed = panels.flatMap((entry) => {
      const column = Array.isArray(entry) ? entry : [entry];
      const w = Math.max(...column.map((panel) => panel.gridPos!.w));
      if (x + w > 24) {
        [x, y, height] = [0, y + height, 0];
      }
      let top = y;
      const result = column.map((panel) => {
        const gridPos = { ...panel.gridPos!, x, y: top };
        top += gridPos.h;
        return { ...panel, gridPos };
      });
      [x, height] = [x + w, Math.max(height, top - y)];
      return result;
    });
    y += height;
    return placed;
  };
  const result: Array<dashboard.Panel | dashboard.RowPanel> = flow(top);
  for (const section of sections) {
    const row = {
      ...dashboard.defaultRowPanel(),
      id: section.id,
      title: section.title,
      gridPos: { x: 0, y, w: 24, h: 1 },
    };
    y += 1;
    if (section.folded) {
      // Folded panels take no room: what follows starts right below the heading.
      const start = y;
      result.push({ ...row, collapsed: true, panels: flow(section.panels) });
      y = start;
    } else {
      result.push(row, ...flow(section.panels));
    }
  }
  return result;
}

const VARIABLE = { refresh: dashboard.VariableRefresh.OnTimeRangeChanged, datasource: DATASOURCE };

export function datasourceVariable(): dashboard.VariableModel {
  return new dashboard.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus').build();
}

export interface QueryVariable {
  name: string;
  label: string;
  query: string;
  sort?: dashboard.VariableSort;
  multi?: boolean;
}

export function queryVariable({ name, label, query, sort, multi }: QueryVariable): dashboard.VariableModel {
  const builder = new dashboard.QueryVariableBuilder(name)
    .label(label)
    .datasource(VARIABLE.datasource)
    .query(query)
    .refresh(VARIABLE.refresh)
    .sort(sort ?? dashboard.VariableSort.NaturalAsc);
  return (multi ? builder.multi(true).includeAll(true).allValue('.+') : builder).build();
}

export const MODEL = queryVariable({
  name: 'model',
  label: 'Model',
  query: 'label_values(model_inferences_total, model)',
});

/** Newest version first: it is what people come to see. */
export const VERSION = queryVariable({
  name: 'version',
  label: 'Version',
  query: 'label_values(model_inferences_total{model="$model"}, version)',
  sort: dashboard.VariableSort.NaturalDesc,
});

export const FEATURE = queryVariable({
  name: 'feature',
  label: 'Feature',
  query: 'label_values(feature:model_feature_drift_state:fleet{model="$model",version="$version"}, feature)',
});

/** The middle window is the one whose verdict a person should act on first. */
export function windowVariable(): dashboard.VariableModel {
  const windows = thresholds.windows;
  const preferred = windows[Math.floor(windows.length / 2)];
  return new dashboard.CustomVariableBuilder('window')
    .label('Window')
    .values(windows.join(','))
    .current({ selected: true, text: preferred, value: preferred })
    .options(windows.map((text) => ({ selected: text === preferred, text, value: text })))
    .build();
}

function annotation(name: string, color: string, expr: string, titleFormat: string, textFormat = '') {
  return new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor(color)
    .expr(expr)
    .step('60s')
    .titleFormat(titleFormat)
    .textFormat(textFormat)
    .build();
}

/** What happened to this model, marked in every graph. */
export function modelAnnotations(): dashboard.AnnotationQuery[] {
  const newSeries = (labels: string, series: string) =>
    `group by (${labels}) (${series}) unless group by (${labels}) (${series} offset 2m)`;
  return [
    annotation(
      'Alerts',
      COLORS.drifted,
      'ALERTS{alertstate="firing",model="$model"}',
      '{{alertname}}',
      '{{version}} {{feature}} {{severity}}'
    ),
    annotation(
      'Baselines',
      COLORS.baseline,
      newSeries('model, version, baseline_id', 'model_baseline_info{model="$model"}'),
      'Baseline {{baseline_id}}',
      'version {{version}}'
    ),
    annotation(
      'Versions',
      COLORS.live,
      newSeries('model, version', 'model_inferences_total{model="$model"}'),
      'Version {{version}} appeared'
    ),
  ];
}
