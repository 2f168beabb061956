import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DASHBOARD_FOLDER, generate } from '../generator/generate';
import { ROOT } from './dashboards';

test('committed dashboards are what the generator writes', () => {
  for (const [file, text] of generate(ROOT)) {
    assert.ok(
      fs.readFileSync(path.join(ROOT, file), 'utf8') === text,
      `${file} is not what the generator writes: run "npm run generate" and commit the result`
    );
  }
});

test('no dashboard is left over from a generator of the past', () => {
  const generated = [...generate(ROOT).keys()].map((file) => path.basename(file));
  for (const file of fs.readdirSync(path.join(ROOT, DASHBOARD_FOLDER))) {
    assert.ok(generated.includes(file), `${file} is not generated`);
  }
});
