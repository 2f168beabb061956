import fs from 'fs';
import path from 'path';
import { strFromU8, unzipSync, zipSync } from 'fflate';

export const ROOT = path.resolve(__dirname, '..');
export const DIST = path.join(ROOT, 'dist');

export function appId(): string {
  return JSON.parse(fs.readFileSync(path.join(ROOT, 'src/plugin.json'), 'utf8')).id;
}

export function zipFile(): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return path.join(ROOT, 'build', `${appId()}-${version}.zip`);
}

/** The built plugin in a folder named after its id; no times of files, so the same build gives the same bytes. */
export function zip(): Uint8Array {
  const id = appId();
  const entries = filesIn(DIST).map((file) => [`${id}/${file}`, fs.readFileSync(path.join(DIST, file))] as const);
  // Zip knows no time before 1980 and no time zone: this is a moment that is valid everywhere.
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: '1985-01-02T12:00:00' });
}

export function unzip(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));
}

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}
