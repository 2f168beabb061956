import assert from 'node:assert';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ROOT } from './dashboards';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

const FOLDERS: Array<[prefix: string, folder: string]> = [
  ['/plugin/', 'dist/panels/distribution/'],
  ['/dashboards/', 'src/dashboards/'],
  ['/public/build/img/', 'node_modules/@grafana/ui/dist/public/img/'],
  ['/react18/', 'build/harness-react18/'],
  ['/', 'build/harness/'],
];

export interface Server {
  url: string;
  close: () => void;
}

/** Files of the harness and, under `/api/`, the Prometheus that the dashboards ask. */
export async function serve(prometheus?: string): Promise<Server> {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname.startsWith('/api/') && prometheus) {
      const upstream = http.get(`${prometheus}${request.url}`, (answer) => {
        response.writeHead(answer.statusCode ?? 502, { 'content-type': 'application/json' });
        answer.pipe(response);
      });
      upstream.on('error', () => response.writeHead(502).end());
      return;
    }
    const [prefix, folder] = FOLDERS.find(([start]) => url.pathname.startsWith(start))!;
    const file = path.join(ROOT, folder, path.normalize(url.pathname.slice(prefix.length)));
    if (!file.startsWith(path.join(ROOT, folder)) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Outcome {
  react: string;
  errors: string[];
  renderMs: number;
  panels: Array<{ id: number; title: string; empty: boolean }>;
}

/** A busy machine takes its time; nothing waits this long when all is well. */
const PATIENCE = 150_000;

/** Opens a page of the harness, waits until it is drawn, and fails on any error that the page had. */
export async function open(browser: Browser, url: string, width: number, height: number): Promise<[Page, Outcome]> {
  const page = await browser.newPage({ viewport: { width, height } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url, { timeout: PATIENCE });
  await page.waitForFunction('window.outcome && window.outcome.ready', undefined, { timeout: PATIENCE });
  const outcome = await page.evaluate<Outcome>('window.outcome');
  assert.deepStrictEqual([...errors, ...outcome.errors], [], url);
  return [page, outcome];
}

/** Draws a dashboard as a person with these choices would see it, as high as it is, into a file. */
export async function drawDashboard(browser: Browser, url: string, file: string): Promise<Outcome> {
  // What is below the edge of the window stays undrawn, so the window is higher than any dashboard.
  const [page, outcome] = await open(browser, url, 1616, 3200);
  await page.locator('#root > *').first().screenshot({ path: file });
  await page.close();
  return outcome;
}

export const PICTURES = path.join(ROOT, 'build/pictures');
