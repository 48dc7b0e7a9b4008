import { parseArgs } from 'node:util';
import { complaintsOf, soak } from './soak.js';

const HELP = `npm run soak -- [--minutes 10] [--seed N]
Writers and workers on a PostgreSQL of their own, and at random times one of them, a database session or the server is killed as a power cut would.
Then all is sent again and verified. The same seed chooses the same victims and pauses. Exit code 1: something is wrong; 2: it was called wrongly.`;

const { minutes, seed } = options();
console.log(`seed ${seed}, ${minutes} minutes`);
try {
  const report = await soak({ seconds: minutes * 60, seed, log: console.log });
  const { verify, takeovers, ...figures } = report;
  console.log(JSON.stringify({ ...figures, takeovers: takeovers.length, slowestTakeoverMs: Math.max(0, ...takeovers), verify }, null, 2));
  const complaints = complaintsOf(report);
  console.log(complaints.length === 0 ? 'Nothing was lost, nothing doubled, and every read model equals the log.' : complaints.join('\n'));
  process.exitCode = complaints.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`It could not be brought to its end, so nothing is said of the log (seed ${seed}): ${(error as Error).message}`);
  process.exitCode = 1;
}

function options(): { minutes: number; seed: number } {
  try {
    const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
    if (values.help) end(HELP, 0);
    const [minutes, seed] = [Number(values.minutes), Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))];
    if (!(minutes > 0) || !Number.isInteger(seed)) end(`--minutes is a number above 0, --seed a whole number.\n\n${HELP}`, 2);
    return { minutes, seed };
  } catch (error) {
    return end(`${(error as Error).message}\n\n${HELP}`, 2);
  }
}

function end(text: string, code: number): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}
