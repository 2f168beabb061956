import { css } from '@emotion/css';
import React, { useMemo } from 'react';
import { type GrafanaTheme2, LoadingState, type PanelProps } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { COLORS } from '../../shared/meaning';
import { comparisonsOf, orderFeatures } from './comparison';
import { FeatureChart } from './FeatureChart';
import { FeatureHeader, HEADER_HEIGHT } from './FeatureHeader';
import { grid } from './grid';
import type { FeatureComparison, Options } from './types';

type Props = Pick<PanelProps<Options>, 'data' | 'options' | 'width' | 'height'> & Partial<PanelProps<Options>>;

const LEGEND_HEIGHT = 22;
/** In a lower panel the chart needs the room more. */
const LEGEND_FROM = 120;

export function DistributionPanel({ data, options, width, height, fieldConfig }: Props) {
  const styles = useStyles2(getStyles);
  const all = useMemo(
    () => orderFeatures(comparisonsOf(data.series, options.categoryOrder), options.featureOrder),
    [data.series, options.categoryOrder, options.featureOrder]
  );
  const drawable = useMemo(() => all.filter((feature) => feature.bins.length > 0), [all]);
  if (drawable.length === 0) {
    return <Message text={emptyText(data.state, fieldConfig?.defaults.noValue)} />;
  }
  const single = options.view === 'single' || (options.view === 'auto' && drawable.length === 1);
  const shown = drawable.slice(0, single ? 1 : Math.max(1, options.maxFeatures));
  const left = drawable.length - shown.length;
  const legend = height >= LEGEND_FROM;
  const room = Math.max(0, height - (legend ? LEGEND_HEIGHT : 0));
  return (
    <div style={{ width, height }} className={styles.panel}>
      {legend && <Legend options={options} note={left > 0 ? `${shown.length} of ${drawable.length} features` : ''} />}
      {single ? (
        <Single feature={shown[0]} options={options} width={width} height={room} />
      ) : (
        <Multiples features={shown} options={options} width={width} height={room} />
      )}
    </div>
  );
}

interface PartProps {
  options: Options;
  width: number;
  height: number;
}

function Single({ feature, options, width, height }: PartProps & { feature: FeatureComparison }) {
  const compact = height < 160 || width < 240;
  const chart = height - (compact ? HEADER_HEIGHT.compact : HEADER_HEIGHT.full);
  return (
    <>
      <FeatureHeader feature={feature} compact={compact} />
      {chart > 20 && width > 20 && <FeatureChart feature={feature} options={options} width={width} height={chart} />}
    </>
  );
}

function Multiples({ features, options, width, height }: PartProps & { features: FeatureComparison[] }) {
  const styles = useStyles2(getStyles);
  const cells = grid(features.length, width, height, options.minChartWidth);
  return (
    <div className={styles.grid} style={{ height, gridTemplateColumns: `repeat(${cells.columns}, ${cells.width}px)` }}>
      {features.map((feature) => (
        <div key={feature.key} data-testid="feature">
          <FeatureHeader feature={feature} compact />
          <FeatureChart
            feature={feature}
            options={options}
            width={cells.width}
            height={cells.height - HEADER_HEIGHT.compact}
          />
        </div>
      ))}
    </div>
  );
}

function Legend({ options, note }: { options: Options; note: string }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const color = (name: keyof typeof COLORS) => theme.visualization.getColorByName(COLORS[name]);
  return (
    <div className={styles.legend}>
      <Key fill={color('baseline')} opacity={0.4} text={options.baselineName} />
      <Key fill={color('live')} opacity={0.15} stroke={color('live')} text={options.currentName} />
      {options.showContributions && <Key fill={theme.colors.text.secondary} text="contribution" />}
      {note && <span className={styles.note}>{note}</span>}
    </div>
  );
}

function Key({ fill, opacity = 1, stroke, text }: { fill: string; opacity?: number; stroke?: string; text: string }) {
  return (
    <span>
      <svg width={12} height={10} aria-hidden="true">
        <rect x={1} y={1} width={10} height={8} fill={fill} fillOpacity={opacity} stroke={stroke} strokeWidth={1.5} />
      </svg>{' '}
      {text}
    </span>
  );
}

function Message({ text }: { text: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.message} role="status">
      {text}
    </div>
  );
}

function emptyText(state: LoadingState, noValue: string | undefined): string {
  if (state === LoadingState.Loading || state === LoadingState.NotStarted) {
    return 'Loading…';
  }
  return noValue || 'No bins: is there a baseline, and has the model had traffic?';
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ overflow: 'hidden' }),
  legend: css({
    display: 'flex',
    gap: theme.spacing(1.5),
    height: LEGEND_HEIGHT,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  note: css({ marginLeft: 'auto' }),
  grid: css({
    display: 'grid',
    columnGap: 16,
    rowGap: 10,
    overflowY: 'auto',
    overflowX: 'hidden',
    alignContent: 'start',
  }),
  message: css({
    display: 'flex',
    height: '100%',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
    color: theme.colors.text.secondary,
  }),
});
