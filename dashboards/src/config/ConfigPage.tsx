import { css } from '@emotion/css';
import React, { useRef, useState } from 'react';
import {
  type AppPluginMeta,
  type DataSourceInstanceSettings,
  type GrafanaTheme2,
  type PluginConfigPageProps,
} from '@grafana/data';
import { DataSourcePicker } from '@grafana/runtime';
import { Alert, Button, Field, LinkButton, useStyles2 } from '@grafana/ui';
import { askDataSource } from './ask';
import { type Ask, type Finding, inspect, type Level } from './checks';

const WORDS: Record<Level, { word: string; severity: 'success' | 'warning' | 'error' | 'info' }> = {
  ok: { word: 'OK', severity: 'success' },
  attention: { word: 'Attention', severity: 'warning' },
  problem: { word: 'Problem', severity: 'error' },
  skipped: { word: 'Not checked', severity: 'info' },
};

type Props = Partial<PluginConfigPageProps<AppPluginMeta>> & { askOf?: (uid: string) => Ask };

/** Checks a data source from the scrape to the verdict, and says what to do. */
export function ConfigPage({ askOf = askDataSource }: Props) {
  const styles = useStyles2(getStyles);
  const [uid, setUid] = useState<string>();
  const { findings, busy, check } = useInspection(askOf);
  const choose = (chosen: string) => {
    setUid(chosen);
    void check(chosen);
  };
  return (
    <div className={styles.page}>
      <p>
        The dashboards of this plugin read what the Model Drift Exporter exposes and what its recording rules make of
        it. Choose the Prometheus that scrapes the exporters; nothing is stored, every dashboard has its own choice.
      </p>
      <Field label="Data source">
        <DataSourcePicker
          type="prometheus"
          current={uid ?? null}
          onChange={(settings: DataSourceInstanceSettings) => choose(settings.uid)}
          noDefault={false}
        />
      </Field>
      <div className={styles.buttons}>
        <Button onClick={() => uid && check(uid)} disabled={!uid || busy} icon="sync">
          Check
        </Button>
        <LinkButton variant="secondary" href="/d/model-drift-fleet" icon="apps">
          Fleet overview
        </LinkButton>
      </div>
      <div aria-live="polite" aria-busy={busy}>
        {findings.map((finding) => (
          <FindingBox key={finding.title} finding={finding} />
        ))}
      </div>
    </div>
  );
}

function FindingBox({ finding: { title, level, text, advice } }: { finding: Finding }) {
  const { word, severity } = WORDS[level];
  return (
    <Alert severity={severity} title={`${title}: ${word}`} data-testid="finding">
      <div>{text}</div>
      {advice && <div>{advice}</div>}
    </Alert>
  );
}

function useInspection(askOf: (uid: string) => Ask) {
  const [findings, setFindings] = useState<Finding[]>([]);
  const [busy, setBusy] = useState(false);
  const latest = useRef(0);
  const check = async (uid: string) => {
    const turn = ++latest.current;
    setBusy(true);
    const found = await inspect(askOf(uid));
    // Someone who chose another data source meanwhile must not see the answers of the first.
    if (turn === latest.current) {
      setFindings(found);
      setBusy(false);
    }
  };
  return { findings, busy, check };
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ maxWidth: 720 }),
  buttons: css({ display: 'flex', gap: theme.spacing(1), marginBottom: theme.spacing(2) }),
});
