import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measure, type Figure } from './bench-case.js';
import { allCases } from './all-cases.js';
import { openHouse } from './house.js';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'string' }, rounds: { type: 'string', default: '5' } } });
const house = await openHouse((line) => console.log(line));
const figures: Figure[] = [];
try {
  for (const bench of allCases(house).filter(({ name }) => !values.only || values.only.includes(name))) {
    const figure = await measure(bench, Number(values.rounds), (round) => process.stdout.write(`\r${bench.name}: round ${round}`));
    figures.push(figure);
    console.log(`\r${bench.name}: ours ${Math.round(figure.ours)}, limit ${Math.round(figure.limit)} ${bench.unit} (${bench.limitIs}); ratio ${figure.ratio.toFixed(2)}, aim ${bench.aim}; load ${loadavg()[0]!.toFixed(1)}`);
  }
} finally {
  await house.close();
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
