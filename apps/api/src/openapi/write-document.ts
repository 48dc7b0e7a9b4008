// After `nest build`: `node dist/apps/api/src/openapi/write-document.js` writes apps/api/openapi.json; with --check it fails when that is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ApiModule } from '../api.module.js';
import { Connections } from '../connections.js';
import { createLogger } from '../http/logging.js';
import { documentOf } from './document.js';

const FILE = 'apps/api/openapi.json';
const unused = { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', masterKey: Buffer.alloc(32).toString('base64') };

// Preview makes routes known without making providers, so that no database is needed.
const connections = new Connections(unused.databaseUrl);
const app = await NestFactory.create(ApiModule.with(unused, connections, createLogger('silent')), new FastifyAdapter(), { preview: true, logger: false });
const text = `${JSON.stringify(documentOf(app), null, 1)}\n`;
await connections.onApplicationShutdown();

if (!process.argv.includes('--check')) {
  await writeFile(FILE, text);
} else if (await readFile(FILE, 'utf8').catch(() => '') !== text) {
  process.stderr.write(`${FILE} is stale. Write it anew: npx nest build && node dist/apps/api/src/openapi/write-document.js\n`);
  process.exitCode = 1;
}
