import fs from 'fs';
import path from 'path';

/** The numbers that rules and dashboards share; their home is beside the rules. */
interface Thresholds {
  windows: string[];
  drift: {
    ratio: { watch: number; drifted: number };
    driftedFeaturesRatio: { watch: number; drifted: number };
  };
  quality: { alert: number };
  exporter: {
    rejectedRatio: number;
    droppedRatio: number;
    unpairedRatio: number;
    queueRatio: { watch: number; full: number };
  };
  baseline: { staleDays: number };
  fairness: { tolerance: number };
  colors: Record<'insufficient' | 'stable' | 'warning' | 'drifted', string>;
  dashboards: Record<
    'fleet' | 'model' | 'feature' | 'predictions' | 'quality' | 'performance' | 'versions' | 'exporter',
    string
  >;
}

export const THRESHOLDS_FILE = path.resolve(__dirname, '../../alert-rules/thresholds.json');

export const thresholds: Thresholds = JSON.parse(fs.readFileSync(THRESHOLDS_FILE, 'utf8'));

export const uids = thresholds.dashboards;
