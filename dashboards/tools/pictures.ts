import fs from 'fs';
import path from 'path';
import { drawDashboard, launch, open, serve } from '../checks/browser';
import { Stack } from '../checks/stack';
import { ROOT } from './bundle';

/**
 * The pictures of the README: the demo slow enough for the rules as they are shipped, a quarter of an hour after its
 * start, when the airline has been gone for a whole window. Nothing is shortened but the time that alerts wait.
 */
const TARGET = path.join(ROOT, 'screenshots');
const ROWS_PER_SECOND = 60;
const CHOICES = new URLSearchParams({
  minutes: '15',
  'var-job': 'drift-exporter',
  'var-model': 'flight-delay',
  'var-version': '1',
  'var-feature': 'airline',
  'var-window': '5m',
});

async function main() {
  fs.mkdirSync(TARGET, { recursive: true });
  const stack = await Stack.start(ROWS_PER_SECOND, true);
  const [browser, server] = await Promise.all([launch(), serve(stack.prometheus)]);
  try {
    const [page] = await open(browser, `${server.url}/panel.html?theme=light`, 1080, 800);
    await page.screenshot({ path: path.join(TARGET, 'panel.png'), clip: { x: 0, y: 0, width: 1080, height: 792 } });
    const gone =
      'feature_bin:model_feature_values:increase{model="flight-delay",feature="airline",bin="US",window="5m"} == 0';
    await stack.until('the airline is gone', async () => (await stack.ask(gone)).length > 0, 1200);
    for (const name of ['fleet', 'model', 'feature', 'exporter']) {
      await drawDashboard(
        browser,
        `${server.url}/dashboard.html?d=${name}.json&${CHOICES}`,
        path.join(TARGET, `${name}.png`)
      );
    }
  } finally {
    await browser.close();
    server.close();
    stack.stop();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
