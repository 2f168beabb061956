import { css } from '@emotion/css';
import React, { useId, useMemo, useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { COLORS } from '../../shared/meaning';
import { BinTooltip } from './BinTooltip';
import { drawing, type Drawing } from './drawing';
import { slotAt } from './layout';
import type { FeatureComparison, Options } from './types';
import { binFacts, summary } from './words';

interface Props {
  feature: FeatureComparison;
  options: Options;
  width: number;
  height: number;
}

interface Active {
  index: number;
  x: number;
  y: number;
  byKey: boolean;
}

/** One feature as a picture: shares above, contributions below, bins in the same columns. */
export function FeatureChart({ feature, options, width, height }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const hint = useId();
  const [active, setActive] = useState<Active>();
  const picture = useMemo(() => drawing(feature, options, width, height), [feature, options, width, height]);
  const bin = active && picture.slots[active.index]?.bin;

  const point = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = slotAt(picture.slots, event.clientX - box.left - picture.left);
    setActive(index < 0 ? undefined : { index, x: event.clientX, y: event.clientY, byKey: false });
  };
  const focusBin = (element: HTMLElement, index: number) => {
    const box = element.getBoundingClientRect();
    const slot = picture.slots[index];
    if (slot) {
      const x = box.left + picture.left + slot.left + slot.width / 2;
      setActive({ index, x, y: box.top + picture.plotHeight / 2, byKey: true });
    }
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const next = indexAfter(event.key, active?.index ?? -1, picture.slots.length);
    if (next !== undefined) {
      event.preventDefault();
      focusBin(event.currentTarget, next);
    } else if (event.key === 'Escape') {
      setActive(undefined);
    }
  };

  return (
    <div
      className={styles.chart}
      role="group"
      tabIndex={0}
      aria-label={feature.feature || 'distribution'}
      aria-describedby={hint}
      onPointerMove={point}
      onPointerLeave={() => setActive(undefined)}
      onFocus={(event) => event.target.matches(':focus-visible') && focusBin(event.currentTarget, 0)}
      onBlur={() => setActive(undefined)}
      onKeyDown={onKeyDown}
    >
      <span id={hint} className={styles.unseen}>
        Arrow keys move from bin to bin.
      </span>
      <Picture picture={picture} theme={theme} label={summary(feature)} activeIndex={active?.index} />
      {/* Only moving by key is announced: a pointer's owner reads the tooltip. */}
      <span className={styles.unseen} role="status">
        {active?.byKey && bin
          ? [bin.label, ...binFacts(feature, bin, options).map((fact) => `${fact.name} ${fact.value}`)].join(', ')
          : ''}
      </span>
      {active && bin && <BinTooltip feature={feature} bin={bin} options={options} x={active.x} y={active.y} />}
    </div>
  );
}

/** Where a key leads; `undefined` for keys that are none of the chart's business. */
export function indexAfter(key: string, index: number, count: number): number | undefined {
  const last = count - 1;
  const targets: Record<string, number> = {
    ArrowRight: Math.min(last, index + 1),
    ArrowLeft: Math.max(0, index - 1),
    Home: 0,
    End: last,
  };
  return count > 0 ? targets[key] : undefined;
}

interface PictureProps {
  picture: Drawing;
  theme: GrafanaTheme2;
  label: string;
  activeIndex: number | undefined;
}

/** Two paths a side and no element per bin: twenty charts of fifty bins must not make the page slow. */
const Picture = React.memo(function Picture({ picture, theme, label, activeIndex }: PictureProps) {
  const color = (name: keyof typeof COLORS) => theme.visualization.getColorByName(COLORS[name]);
  const { plotHeight, stripTop, stripHeight } = picture;
  const active = activeIndex === undefined ? undefined : picture.slots[activeIndex];
  const text = { fill: theme.colors.text.secondary, fontSize: picture.fontSize };
  return (
    <svg role="img" aria-label={label} width={picture.width} height={picture.height}>
      <g transform={`translate(${picture.left},0)`}>
        {picture.shareTicks.map((tick) => (
          <g key={tick.text}>
            <line x1={0} x2={picture.plotWidth} y1={tick.y} y2={tick.y} stroke={theme.colors.border.weak} />
            <text {...text} x={-6} y={tick.y + 4} textAnchor="end">
              {tick.text}
            </text>
          </g>
        ))}
        {active && (
          <rect
            x={active.left - 1}
            width={active.width + 2}
            y={0}
            height={stripTop + stripHeight}
            fill={theme.colors.action.hover}
            data-testid="active-bin"
          />
        )}
        <path d={picture.baselinePath} fill={color('baseline')} fillOpacity={0.4} data-testid="baseline" />
        <path
          d={picture.currentPath}
          fill={color('live')}
          fillOpacity={0.15}
          stroke={color('live')}
          strokeWidth={1.5}
          data-testid="current"
        />
        <path d={picture.axisPath} stroke={theme.colors.border.strong} fill="none" />
        {picture.binLabels.map((axisLabel, i) => (
          <text key={i} {...text} x={axisLabel.x} y={plotHeight + picture.fontSize + 3} textAnchor={axisLabel.anchor}>
            {axisLabel.text}
          </text>
        ))}
        {stripHeight > 0 && (
          <>
            <line
              x1={0}
              x2={picture.plotWidth}
              y1={picture.stripAxis}
              y2={picture.stripAxis}
              stroke={theme.colors.border.medium}
            />
            <path d={picture.contributionPath} fill={theme.colors.text.secondary} data-testid="contributions" />
            {picture.contributionLabels.map((axisLabel, i) => (
              <text
                key={i}
                {...text}
                x={axisLabel.x}
                y={axisLabel.y}
                textAnchor={axisLabel.anchor}
                fill={theme.colors.text.primary}
              >
                {axisLabel.text}
              </text>
            ))}
            {picture.left > 20 && (
              <text {...text} x={-6} y={picture.stripAxis + 4} textAnchor="end">
                PSI
              </text>
            )}
          </>
        )}
      </g>
    </svg>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({
    position: 'relative',
    outlineOffset: 1,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
    '& svg': { display: 'block' },
  }),
  unseen: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
});
