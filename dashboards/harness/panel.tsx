import './stubs';
import {
  applyFieldOverrides,
  dateTime,
  EventBusSrv,
  LoadingState,
  type PanelPlugin,
  type TimeRange,
} from '@grafana/data';
import { PanelChrome } from '@grafana/ui';
import React from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { loadPanel } from './bundle';
import { type Case, CASES, many } from './cases';
import { Frame, outcome, query, theme } from './frame';

/* eslint-disable @typescript-eslint/no-explicit-any */

const to = dateTime('2026-01-31T12:00:00Z');
const range: TimeRange = { from: dateTime(to).subtract(1, 'hour'), to, raw: { from: 'now-1h', to: 'now' } };
const replace = (text: string) => text ?? '';

function Shown({ plugin, shown }: { plugin: PanelPlugin<any>; shown: Case }) {
  const Panel: any = plugin.panel;
  const fieldConfig = { defaults: {}, overrides: [] };
  const series = applyFieldOverrides({
    data: shown.frames,
    theme,
    fieldConfig,
    replaceVariables: replace,
    timeZone: 'utc',
  });
  return (
    <div data-case={shown.name} style={{ display: 'inline-block', margin: 4, verticalAlign: 'top' }}>
      <PanelChrome title={shown.name} width={shown.width ?? 520} height={shown.height ?? 380} padding="md">
        {(width, height) => (
          <Panel
            id={1}
            title={shown.name}
            width={width}
            height={height}
            transparent={false}
            renderCounter={0}
            timeZone="utc"
            timeRange={range}
            options={{ ...plugin.defaults, ...shown.options }}
            fieldConfig={fieldConfig}
            data={{ state: shown.state ?? LoadingState.Done, timeRange: range, series }}
            eventBus={new EventBusSrv()}
            replaceVariables={replace}
            onOptionsChange={() => {}}
            onFieldConfigChange={() => {}}
            onChangeTimeRange={() => {}}
          />
        )}
      </PanelChrome>
    </div>
  );
}

/** The worst that a person may ask for: twenty charts of fifty bins, from frames to pixels. */
const LOAD: Case = { name: 'load', frames: many(20, 50), width: 1400, height: 900 };

async function main() {
  const plugin = await loadPanel();
  const cases = query.has('load') ? [LOAD] : CASES;
  const root = createRoot(document.getElementById('root')!);
  const draw = (shown: Case[]) =>
    flushSync(() =>
      root.render(
        <Frame>
          {shown.map((entry) => (
            <Shown key={entry.name} plugin={plugin} shown={entry} />
          ))}
        </Frame>
      )
    );
  // Grafana mounts a panel before its data is there; what counts is the time from data to picture.
  draw(cases.map((entry) => ({ ...entry, frames: [] })));
  const start = performance.now();
  draw(cases);
  outcome.renderMs = performance.now() - start;
  outcome.ready = true;
}

main().catch((error) => {
  outcome.errors.push(String(error?.stack ?? error));
  outcome.ready = true;
});
