// After `nest build`: `node dist/apps/api/src/openapi/write-document.js` writes apps/api/openapi.json and apps/api/asyncapi.json; with --check it fails when one is stale.
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { asyncApiText } from '../asyncapi/document.js';
import { openApiText } from './document.js';

const FILES = { 'apps/api/openapi.json': openApiText, 'apps/api/asyncapi.json': asyncApiText };

for (const [file, text] of Object.entries(FILES)) {
  if (!process.argv.includes('--check')) {
    await writeFile(file, text());
  } else if (await readFile(file, 'utf8').catch(() => '') !== text()) {
    process.stderr.write(`${file} is stale. Write it anew: npx nest build && node dist/apps/api/src/openapi/write-document.js\n`);
    process.exitCode = 1;
  }
}
