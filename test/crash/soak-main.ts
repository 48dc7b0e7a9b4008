import { parseArgs } from 'node:util';
import { complaintsOf, soak } from './soak.js';

/** `npm run soak -- --minutes 10 [--seed N]`: kills at random for so long, then verifies. Exit code 1 when anything is wrong. */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`seed ${seed}, ${values.minutes} minutes`);
const report = await soak({ seconds: Number(values.minutes) * 60, seed, log: console.log });
const { verify, takeovers, ...figures } = report;
console.log(JSON.stringify({ ...figures, takeovers: takeovers.length, slowestTakeoverMs: Math.max(0, ...takeovers), verify }, null, 2));
const complaints = complaintsOf(report);
console.log(complaints.length === 0 ? 'Nothing was lost, nothing doubled, and every read model equals the log.' : complaints.join('\n'));
process.exitCode = complaints.length === 0 ? 0 : 1;
