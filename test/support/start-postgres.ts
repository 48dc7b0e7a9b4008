import process from 'node:process';
import { startPostgres } from '../../infra/postgres/launcher.js';

/** Run as a process of its own: `start-postgres.ts HOME [UID [NATIVE]]` starts or adopts, prints one JSON line, stops at the end of standard input. */
const [home = '', uid, native] = process.argv.slice(2);

// All modules are loaded by now, so the rest works where this user cannot read the project.
await import('pg');
if (uid) {
  process.setgroups?.([]);
  process.setgid?.(Number(uid));
  process.setuid?.(Number(uid));
  process.chdir('/');
}
try {
  const server = await startPostgres({ home, settings: { fsync: 'off' }, ...(native ? { binaries: { native, version: 'test' } } : {}) });
  console.log(JSON.stringify({ url: server.url, adopted: server.adopted }));
  process.stdin.resume().once('end', () => void server.stop());
} catch (error) {
  console.log(JSON.stringify({ error: (error as Error).message }));
}
