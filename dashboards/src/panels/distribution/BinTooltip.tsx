import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';
import type { Bin, FeatureComparison, Options } from './types';
import { binFacts } from './words';

interface Props {
  feature: FeatureComparison;
  bin: Bin;
  options: Options;
  x: number;
  y: number;
}

export function BinTooltip({ feature, bin, options, x, y }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <Portal>
      <VizTooltipContainer position={{ x, y }} offset={{ x: 12, y: 12 }} data-testid="bin-tooltip">
        <div className={styles.title}>{bin.label}</div>
        <table>
          <tbody>
            {binFacts(feature, bin, options).map((fact) => (
              <tr key={fact.name}>
                <td className={styles.name}>{fact.name}</td>
                <td>{fact.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VizTooltipContainer>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ fontWeight: theme.typography.fontWeightMedium, maxWidth: 300, overflowWrap: 'anywhere' }),
  name: css({ color: theme.colors.text.secondary, paddingRight: theme.spacing(1) }),
});
