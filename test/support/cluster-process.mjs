// One PostgreSQL for a whole test run, in a process of its own: it starts the server when the first test asks for it, and ends
// with the test run, also when that is killed, because then its channel closes.
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './typescript.mjs';

// On disk the tests would wait for a flush at every commit; what they must survive is a killed process, not a power cut.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', log_checkpoints: 'off' };

const home = mkdtempSync(join(tmpdir(), 'touchline-test-'));
// As root the server runs as another user, who has to pass through.
chmodSync(home, 0o755);
let cluster;

async function start() {
  const { startPostgres } = await import('../../infra/postgres/launcher.ts');
  return startPostgres({ home, settings });
}

const door = createServer((request, response) => {
  // A connection that is kept may end in the moment in which somebody asks again.
  response.setHeader('connection', 'close');
  cluster ??= start();
  cluster.then((server) => response.end(server.adminUrl), (error) => response.writeHead(500).end(error.message));
});
door.listen(0, '127.0.0.1', () => process.send({ port: door.address().port, folder: home }));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.once('disconnect', async () => {
  door.close();
  door.closeAllConnections();
  const server = await cluster?.catch(() => undefined);
  await server?.stop();
  readdirSync(home).forEach((name) => endServer(join(home, name)));
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** A test that starts servers of its own may have been killed before it stopped them. */
function endServer(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
  } catch {
    // It was stopped.
  }
}
