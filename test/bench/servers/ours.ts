import { devNull } from 'node:os';
import { createLogger } from '../../../apps/api/src/http/logging.js';
import { serveApi } from '../../../apps/api/src/serve-api.js';

/** The API as `node dist/apps/api/src/main.js` runs it, with its log at the usual level; the log is written, to where nobody keeps it. */
const [databaseUrl, masterKey, port = '0'] = process.argv.slice(2) as [string, string, string?];
const app = await serveApi({ databaseUrl, masterKey, logger: createLogger('info', devNull) }, Number(port), '127.0.0.1');
process.stdout.write(`${(await app.getUrl()).replace('[::1]', '127.0.0.1')}\n`);
process.stdin.resume().once('end', () => void app.close());
