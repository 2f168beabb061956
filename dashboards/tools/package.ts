import fs from 'fs';
import path from 'path';
import { zip, zipFile } from './bundle';

const target = zipFile();
fs.mkdirSync(path.dirname(target), { recursive: true });
fs.writeFileSync(target, zip());
console.log(`${path.relative(process.cwd(), target)} (${Math.round(fs.statSync(target).size / 1024)} KiB)`);
