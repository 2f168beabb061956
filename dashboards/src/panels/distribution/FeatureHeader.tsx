import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { COLORS, STATE_SIGNS } from '../../shared/meaning';
import * as format from './format';
import type { FeatureComparison } from './types';
import { evidence, stateOf, whyNoVerdict } from './words';

interface Props {
  feature: FeatureComparison;
  /** Small multiples have room for the name and one number. */
  compact: boolean;
}

export const HEADER_HEIGHT = { compact: 22, full: 44 } as const;

export function FeatureHeader({ feature, compact }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const state = stateOf(feature);
  const why = whyNoVerdict(feature);
  const details = [
    ...evidence(feature),
    ...(why ? [why] : []),
    ...(feature.edgesDisagree ? ['replicas disagree on edges'] : []),
  ];
  const badge = state && (
    <span className={styles.badge} style={{ borderColor: theme.visualization.getColorByName(COLORS[state]) }}>
      {STATE_SIGNS[state]} {state}
    </span>
  );
  if (compact) {
    return (
      <div className={styles.line} style={{ height: HEADER_HEIGHT.compact }} title={details.join(' · ')}>
        <Name feature={feature} className={styles.name} />
        <span className={styles.number}>{feature.score === undefined ? '' : format.score(feature.score)}</span>
        {badge}
      </div>
    );
  }
  return (
    <div style={{ height: HEADER_HEIGHT.full }}>
      <div className={styles.line}>
        <Name feature={feature} className={styles.name} />
        {badge}
      </div>
      <div className={styles.details} title={details.join(' · ')}>
        {details.join(' · ')}
      </div>
    </div>
  );
}

function Name({ feature, className }: { feature: FeatureComparison; className: string }) {
  const name = feature.feature || 'distribution';
  if (!feature.href) {
    return (
      <span className={className} title={name}>
        {name}
      </span>
    );
  }
  return (
    <a className={className} title={name} href={feature.href} onClick={feature.onLinkClick}>
      {name}
    </a>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  return {
    line: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), height: 22 }),
    name: css({
      ...cut,
      fontWeight: theme.typography.fontWeightMedium,
      minWidth: 0,
      'a&:hover': { textDecoration: 'underline' },
    }),
    number: css({
      marginLeft: 'auto',
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
    badge: css({
      flexShrink: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: '16px',
      padding: '0 5px',
      border: '1px solid',
      borderRadius: theme.shape.radius.default,
    }),
    details: css({
      ...cut,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      height: 20,
    }),
  };
};
