import assert from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { thresholds } from '../generator/thresholds';
import { REPOSITORY } from './dashboards';

export const JAR = path.join(REPOSITORY, 'exporter/target/model-drift-exporter.jar');
export const RULES = ['model-drift-recording.yml', 'model-drift-alerts.yml'].map((file) =>
  path.join(REPOSITORY, 'alert-rules/rules', file)
);

/** The exporter's own windows have the names of the rules', so that a dashboard finds both under one choice. */
const WINDOWS = thresholds.windows;

export interface Sample {
  metric: Record<string, string>;
  value: number;
}

/** The real exporter with the traffic of its demo, and a real Prometheus with the real rules that scrapes it. */
export class Stack {
  private constructor(
    readonly exporter: string,
    readonly prometheus: string,
    private readonly processes: ChildProcess[],
    private readonly folder: string
  ) {}

  static async start(rowsPerSecond: number, realTime = false): Promise<Stack> {
    assert.ok(fs.existsSync(JAR), `no ${JAR}: run "make build" first`);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'model-drift-dashboards-'));
    const speed = ['--rows-per-second', String(rowsPerSecond)];
    const demo = spawn('java', ['-jar', JAR, 'demo', '--port', '0', '--windows', WINDOWS.join(','), ...speed]);
    const exporter = await addressOf(demo);
    const port = await freePort();
    fs.writeFileSync(path.join(folder, 'prometheus.yml'), configuration(exporter, port, folder, realTime));
    const server = spawn('prometheus', [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ]);
    server.stderr.on('data', (text) => process.stderr.write(`prometheus: ${text}`));
    const stack = new Stack(exporter, `http://127.0.0.1:${port}`, [demo, server], folder);
    await stack.until('Prometheus answers', async () => (await fetch(`${stack.prometheus}/-/ready`)).ok);
    return stack;
  }

  /** Waits for something that takes its time, and says what when it does not come. */
  async until(what: string, holds: () => Promise<boolean>, seconds = 180): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (Date.now() < deadline) {
      if (await holds().catch(() => false)) {
        return;
      }
      await pause(500);
    }
    assert.fail(`${what}: not within ${seconds} s`);
  }

  /** The last value of every series over the last minutes: a gap of one evaluation must not count as no data. */
  async ask(expr: string, range?: { minutes: number }): Promise<Sample[]> {
    const now = Date.now() / 1000;
    const parameters: Record<string, string> = range
      ? { query: expr, start: String(now - range.minutes * 60), end: String(now), step: '5' }
      : { query: expr };
    const url = `${this.prometheus}/api/v1/${range ? 'query_range' : 'query'}?${new URLSearchParams(parameters)}`;
    const answer = (await (await fetch(url)).json()) as {
      status: string;
      error?: string;
      data: {
        result: Array<{ metric: Record<string, string>; value?: [number, string]; values?: Array<[number, string]> }>;
      };
    };
    assert.strictEqual(answer.status, 'success', `${expr}: ${answer.error}`);
    return answer.data.result.map(({ metric, value, values }) => ({
      metric,
      value: Number((value ?? values!.filter(([, text]) => text !== 'NaN').at(-1) ?? [0, 'NaN'])[1]),
    }));
  }

  async scrape(): Promise<string> {
    return (await fetch(`${this.exporter}/metrics`)).text();
  }

  stop(): void {
    this.processes.forEach((process) => process.kill('SIGKILL'));
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** The demo says where its page is as soon as it is there. */
function addressOf(demo: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    demo.stdout!.on('data', (text) => {
      output += text;
      const page = /http:\/\/127\.0\.0\.1:\d+(?=\/metrics)/.exec(output);
      if (page) {
        resolve(page[0]);
      }
    });
    demo.stderr!.on('data', (text) => (output += text));
    demo.on('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${output}`)));
  });
}

/** Nine months of flights pass in minutes, so an hour has to be short as well. */
const SHORTER: Record<string, string> = {
  '[5m]': '[30s]',
  '[15m]': '[1m]',
  '[30m]': '[1m]',
  '[1h]': '[1m]',
  '[1d:5m]': '[2m:30s]',
};

/**
 * The rules as they are shipped, only sooner: evaluated every five seconds over shorter ranges, and alerts fire
 * without waiting. With `realTime` only the waiting goes.
 */
function configuration(exporter: string, port: number, folder: string, realTime: boolean): string {
  const files = RULES.map((rules) => {
    const shipped = fs.readFileSync(rules, 'utf8').replace(/^(\s+for:).*$/gm, '$1 0s');
    const text = realTime
      ? shipped
      : shipped.replace(/^(\s+interval:).*$/gm, '$1 5s').replace(/\[\w+(:\w+)?\]/g, (range) => SHORTER[range] ?? range);
    const target = path.join(folder, path.basename(rules));
    fs.writeFileSync(target, text);
    return target;
  });
  const target = new URL(exporter).host;
  return JSON.stringify({
    global: { scrape_interval: '2s', evaluation_interval: '5s' },
    rule_files: files,
    scrape_configs: [
      { job_name: 'drift-exporter', static_configs: [{ targets: [target] }] },
      { job_name: 'prometheus', static_configs: [{ targets: [`127.0.0.1:${port}`] }] },
    ],
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
