import './stubs';
import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  type DataFrame,
  dateTime,
  LoadingState,
  type PanelPlugin,
  type TimeRange,
  transformDataFrame,
} from '@grafana/data';
import { PanelChrome } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { lastValueFrom } from 'rxjs';
import { Body } from './bodies';
import { loadPanel } from './bundle';
import { Frame, outcome, query, theme } from './frame';
import { interpolate, resolveVariables, run, variables } from './prometheus';

/* eslint-disable @typescript-eslint/no-explicit-any */

const WIDTH = 1600;
const CELL = 38;
const GAP = 8;

/** What Grafana fills in when the JSON leaves it out. */
function fieldConfigOf(panel: any) {
  const { defaults, overrides } = panel.fieldConfig;
  const steps = (list: any[]) => list.map((step) => ({ ...step, value: step.value ?? -Infinity }));
  return {
    defaults: { ...defaults, thresholds: { ...defaults.thresholds, steps: steps(defaults.thresholds.steps) } },
    overrides: overrides.map((override: any) => ({
      ...override,
      properties: override.properties.map((property: any) =>
        property.id === 'thresholds'
          ? { ...property, value: { ...property.value, steps: steps(property.value.steps) } }
          : property
      ),
    })),
  };
}

async function load(panel: any, range: TimeRange): Promise<DataFrame[]> {
  const several = panel.targets.length > 1;
  const answers = (await Promise.all(panel.targets.map((target: any) => run(target, range, several)))).flat();
  const transformed = panel.transformations?.length
    ? await lastValueFrom(transformDataFrame(panel.transformations, answers))
    : answers;
  const frames = applyFieldOverrides({
    data: transformed,
    fieldConfig: panel.fieldConfig,
    replaceVariables: interpolate,
    theme,
    timeZone: 'utc',
  });
  cacheFieldDisplayNames(frames);
  return frames;
}

function PanelBox({ panel, range, plugin }: { panel: any; range: TimeRange; plugin: PanelPlugin<any> }) {
  const [frames, setFrames] = useState<DataFrame[]>();
  useEffect(() => {
    load(panel, range)
      .then((loaded) => {
        outcome.panels!.push({ id: panel.id, title: panel.title, empty: loaded.every((frame) => frame.length === 0) });
        setFrames(loaded);
      })
      .catch((error) => outcome.errors.push(`${panel.title}: ${error?.stack ?? error}`));
  }, [panel, range]);
  const { w, h } = panel.gridPos;
  return (
    <PanelChrome
      title={interpolate(panel.title)}
      description={panel.description}
      width={(w * (WIDTH - GAP)) / 24 - GAP}
      height={h * CELL - GAP}
      loadingState={frames ? LoadingState.Done : LoadingState.Loading}
    >
      {(width, height) =>
        frames && <Body panel={panel} frames={frames} width={width} height={height} range={range} plugin={plugin} />
      }
    </PanelChrome>
  );
}

/** Folded sections are drawn too, below the rest: a picture cannot be clicked. */
function unfolded(panels: any[]): any[] {
  let y = Math.max(...panels.filter((p) => !p.collapsed).map((p) => p.gridPos.y + p.gridPos.h));
  return panels.flatMap((panel) => {
    if (!panel.collapsed) {
      return [panel];
    }
    const shift = y - panel.gridPos.y;
    const inside = panel.panels.map((p: any) => ({ ...p, gridPos: { ...p.gridPos, y: p.gridPos.y + shift } }));
    const row = { ...panel, gridPos: { ...panel.gridPos, y } };
    y = Math.max(...inside.map((p: any) => p.gridPos.y + p.gridPos.h));
    return [row, ...inside];
  });
}

function Dashboard({ dashboard, range, plugin }: { dashboard: any; range: TimeRange; plugin: PanelPlugin<any> }) {
  const panels = unfolded(dashboard.panels);
  const height = Math.max(...panels.map((p: any) => p.gridPos.y + p.gridPos.h)) * CELL;
  const box = { border: `1px solid ${theme.colors.border.medium}`, padding: '0 8px' };
  return (
    <div style={{ width: WIDTH }}>
      <div style={{ display: 'flex', gap: 12, padding: '4px 0 10px' }}>
        <b>{dashboard.title}</b>
        {dashboard.templating.list.map((variable: any) => (
          <span key={variable.name} style={box}>
            {variable.label}: {variables[variable.name] || '–'}
          </span>
        ))}
      </div>
      <div style={{ position: 'relative', height }}>
        {panels.map((panel: any) => (
          <div
            key={panel.id}
            data-panel={panel.id}
            style={{ position: 'absolute', left: (panel.gridPos.x * (WIDTH - GAP)) / 24, top: panel.gridPos.y * CELL }}
          >
            {panel.type === 'row' ? (
              <div style={{ padding: 8 }}>▾ {panel.title}</div>
            ) : (
              <PanelBox panel={panel} range={range} plugin={plugin} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

async function main() {
  const dashboard = await (await fetch(`/dashboards/${query.get('d')}`)).json();
  await resolveVariables(dashboard.templating.list);
  const plugin = await loadPanel();
  const to = dateTime();
  const from = dateTime(to).subtract(Number(query.get('minutes') ?? 15), 'minutes');
  const range: TimeRange = { from, to, raw: { from: 'now-15m', to: 'now' } };
  const panels = dashboard.panels.flatMap((panel: any) => (panel.type === 'row' ? (panel.panels ?? []) : [panel]));
  panels.forEach((panel: any) => (panel.fieldConfig = fieldConfigOf(panel)));
  outcome.panels = [];
  createRoot(document.getElementById('root')!).render(
    <Frame>
      <Dashboard dashboard={dashboard} range={range} plugin={plugin} />
    </Frame>
  );
  const loaded = () => outcome.panels!.length + outcome.errors.length >= panels.length;
  while (!loaded()) {
    await new Promise((wake) => setTimeout(wake, 50));
  }
  // Two frames: one to draw, one to be sure that it is on the screen.
  await new Promise((wake) => requestAnimationFrame(() => requestAnimationFrame(wake)));
  outcome.ready = true;
}

main().catch((error) => {
  outcome.errors.push(String(error?.stack ?? error));
  outcome.ready = true;
});
