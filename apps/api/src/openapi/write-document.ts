// After `nest build`: `node dist/apps/api/src/openapi/write-document.js` writes apps/api/openapi.json; with --check it fails when that is stale.
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { openApiText } from './document.js';

const FILE = 'apps/api/openapi.json';

if (!process.argv.includes('--check')) {
  await writeFile(FILE, openApiText());
} else if (await readFile(FILE, 'utf8').catch(() => '') !== openApiText()) {
  process.stderr.write(`${FILE} is stale. Write it anew: npx nest build && node dist/apps/api/src/openapi/write-document.js\n`);
  process.exitCode = 1;
}
