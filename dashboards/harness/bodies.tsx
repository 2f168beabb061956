import {
  type DataFrame,
  EventBusSrv,
  type Field,
  FieldType,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  LoadingState,
  type PanelPlugin,
  type TimeRange,
  VizOrientation,
} from '@grafana/data';
import {
  BarGauge,
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  TimeSeries,
  VizRepeater,
} from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import React from 'react';
import { theme } from './frame';
import { interpolate } from './prometheus';

/* eslint-disable @typescript-eslint/no-explicit-any */

export interface BodyProps {
  panel: any;
  frames: DataFrame[];
  width: number;
  height: number;
  range: TimeRange;
  plugin: PanelPlugin<any>;
}

/** Draws a panel with the parts of Grafana that can be had outside it. */
export function Body(props: BodyProps) {
  const { panel, frames, width, height } = props;
  if (width < 10 || height < 10) {
    return null;
  }
  if (panel.type === 'modeldrift-distribution-panel') {
    return <OwnPanel {...props} />;
  }
  if (frames.every((frame) => frame.length === 0)) {
    return <Centred>{panel.fieldConfig.defaults.noValue}</Centred>;
  }
  switch (panel.type) {
    case 'timeseries':
      return <Lines {...props} />;
    case 'state-timeline':
      return <Timeline {...props} />;
    case 'stat':
      return <Numbers {...props} />;
    case 'bargauge':
      return <Bars {...props} />;
    case 'table':
      return <Table {...props} />;
    default:
      return <Centred>{`(a ${panel.type} is drawn by Grafana only)`}</Centred>;
  }
}

function Centred({ children }: { children: React.ReactNode }) {
  const style = {
    display: 'flex',
    height: '100%',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
  } as const;
  return (
    <div style={{ ...style, color: theme.colors.text.secondary }} data-empty>
      {children}
    </div>
  );
}

function OwnPanel({ panel, frames, width, height, range, plugin }: BodyProps) {
  const Panel: any = plugin.panel;
  return (
    <Panel
      id={panel.id}
      title={panel.title}
      width={width}
      height={height}
      options={{ ...plugin.defaults, ...panel.options }}
      fieldConfig={panel.fieldConfig}
      data={{ state: LoadingState.Done, series: frames, timeRange: range }}
      timeRange={range}
      timeZone="utc"
      eventBus={new EventBusSrv()}
      replaceVariables={interpolate}
      transparent={false}
      renderCounter={0}
    />
  );
}

function Lines({ frames, width, height, range }: BodyProps) {
  const legend = { displayMode: 'list', placement: 'bottom', calcs: [], showLegend: true } as any;
  return (
    <TimeSeries
      frames={frames}
      structureRev={1}
      timeRange={range}
      timeZone="utc"
      width={width}
      height={height}
      legend={legend}
      options={{} as any}
    >
      {() => null}
    </TimeSeries>
  );
}

function displayValues({ panel, frames }: BodyProps) {
  return getFieldDisplayValues({
    fieldConfig: panel.fieldConfig,
    reduceOptions: { calcs: ['lastNotNull'], values: false },
    replaceVariables: interpolate,
    theme,
    data: frames,
    timeZone: 'utc',
  });
}

function Numbers(props: BodyProps) {
  const { panel, frames, width, height } = props;
  return (
    <VizRepeater
      orientation={VizOrientation.Auto}
      source={frames}
      width={width}
      height={height}
      renderCounter={0}
      getValues={() => displayValues(props)}
      renderValue={({ value, width, height, count }: any) => (
        <BigValue
          value={value.display}
          width={width}
          height={height}
          count={count}
          theme={theme}
          colorMode={panel.options.colorMode ?? BigValueColorMode.Value}
          graphMode={BigValueGraphMode.None}
          justifyMode={BigValueJustifyMode.Auto}
          textMode={panel.options.textMode ?? BigValueTextMode.Auto}
        />
      )}
    />
  );
}

function Bars(props: BodyProps) {
  const { frames, width, height } = props;
  return (
    <VizRepeater
      orientation={VizOrientation.Horizontal}
      source={frames}
      width={width}
      height={height}
      renderCounter={0}
      itemSpacing={6}
      getAlignmentFactors={getDisplayValueAlignmentFactors as any}
      minVizHeight={16}
      maxVizHeight={40}
      getValues={() => displayValues(props)}
      renderValue={({ value, width, height, orientation, alignmentFactors }: any) => (
        <BarGauge
          value={value.display}
          width={width}
          height={height}
          orientation={orientation}
          field={value.field}
          display={value.view?.getFieldDisplayProcessor(value.colIndex)}
          theme={theme}
          displayMode={'gradient' as any}
          alignmentFactors={alignmentFactors}
          namePlacement={'left' as any}
          valueDisplayMode={'color' as any}
        />
      )}
    />
  );
}

function Table({ panel, frames, width, height, range }: BodyProps) {
  return (
    <TableNG
      data={frames[0]}
      width={width}
      height={height}
      noHeader={false}
      showTypeIcons={false}
      enableSharedCrosshair={false}
      structureRev={1}
      timeRange={range}
      sortBy={panel.options.sortBy}
      getActions={() => []}
      transparent={false}
    />
  );
}

/** Grafana keeps its own state timeline to itself; bands of the same colours say the same. */
function Timeline({ frames, width, height, range }: BodyProps) {
  const bands = frames.flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === FieldType.time)!;
    return frame.fields.filter((field) => field.type === FieldType.number).map((field) => ({ time, field }));
  });
  const left = Math.min(160, width / 4);
  const row = Math.min(34, (height - 20) / Math.max(1, bands.length));
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const x = (time: number) => left + ((time - from) / (to - from)) * (width - left);
  return (
    <svg width={width} height={height}>
      {bands.map(({ time, field }, i) => (
        <g key={i}>
          <text x={0} y={i * row + row * 0.6} fill={theme.colors.text.secondary} fontSize={12}>
            {field.config.displayNameFromDS}
          </text>
          {pieces(time, field).map(({ start, end, color }) => (
            <rect
              key={start}
              x={x(start)}
              width={Math.max(1, x(end) - x(start))}
              y={i * row + 2}
              height={row - 4}
              fill={color}
              fillOpacity={0.8}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

function pieces(time: Field, field: Field) {
  const found: Array<{ start: number; end: number; color: string }> = [];
  for (let i = 0; i < time.values.length; i++) {
    const color = field.display!(field.values[i]).color ?? 'gray';
    const last = found.at(-1);
    if (last?.color === color) {
      last.end = time.values[i];
    } else {
      found.push({ start: last ? last.end : time.values[i], end: time.values[i], color });
    }
  }
  return found;
}
