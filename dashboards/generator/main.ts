import fs from 'fs';
import path from 'path';
import { generate } from './generate';

/** Writes the dashboards; with `--check` only says whether what is committed is what would be written. */
const check = process.argv.includes('--check');
const root = path.resolve(__dirname, '..');
const stale: string[] = [];
for (const [file, text] of generate(root)) {
  const target = path.join(root, file);
  const current = fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : '';
  if (current === text) {
    continue;
  }
  stale.push(file);
  if (!check) {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}
console.log(stale.length === 0 ? 'dashboards are up to date' : `${check ? 'stale' : 'written'}: ${stale.join(', ')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
