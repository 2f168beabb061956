import { createHash } from 'crypto';
import fs from 'fs';
import path from 'path';
import { grafanaAlerts } from './alerts';
import { type Board, build } from './board';
import { exporter } from './dashboards/exporter';
import { feature } from './dashboards/feature';
import { fleet } from './dashboards/fleet';
import { model } from './dashboards/model';
import { performance } from './dashboards/performance';
import { predictions } from './dashboards/predictions';
import { quality } from './dashboards/quality';
import { versions } from './dashboards/versions';

/** From "which model?" to "which bins?", then the side doors. */
export const BOARDS: Board[] = [fleet, model, feature, predictions, quality, performance, versions, exporter];

export const DASHBOARD_FOLDER = 'src/dashboards';
export const ALERTS_FILE = 'provisioning/alerting/model-drift.yaml';
export const REVISIONS_FILE = 'generator/revisions.json';

interface Revision {
  revision: number;
  hash: string;
}

/**
 * All generated files by path: dashboards, their revisions, and the alerts for Grafana. Grafana refreshes an imported dashboard only when its revision changed, so a revision
 * goes up with every change of content; the file of revisions remembers what the last content was.
 */
export function generate(root: string): Map<string, string> {
  const known: Record<string, Revision> = readJson(path.join(root, REVISIONS_FILE));
  const revisions: Record<string, Revision> = {};
  const files = new Map<string, string>();
  for (const board of BOARDS) {
    const content = build(board);
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
    const before = known[board.uid];
    const revision = before?.hash === hash ? before.revision : (before?.revision ?? 0) + 1;
    revisions[board.uid] = { revision, hash };
    files.set(`${DASHBOARD_FOLDER}/${board.file}`, toText({ ...content, version: revision, revision }));
  }
  files.set(ALERTS_FILE, grafanaAlerts());
  files.set(REVISIONS_FILE, toText(revisions));
  return files;
}

function readJson(file: string) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
