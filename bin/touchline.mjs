#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild, PROJECT } from '../infra/ensure-build.mjs';

try {
  ensureBuild();
  await import(pathToFileURL(join(PROJECT, 'dist/apps/cli/src/main.js')).href);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
