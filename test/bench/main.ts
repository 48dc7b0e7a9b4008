import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BenchCase, type Figure, measure } from './bench-case.js';
import { allCases } from './all-cases.js';
import { openHouse } from './house.js';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'string' }, rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds ${values.rounds}: how often each side is measured, a whole number from 1 on.`);
  process.exit(2);
}
const house = await openHouse((line) => console.log(line));
const figures: Figure[] = [];
try {
  for (const bench of allCases(house).filter(({ name }) => !values.only || values.only.some((only) => name === only || name.startsWith(`${only}-`)))) {
    const figure = await measure(bench, rounds, (round) => process.stdout.write(`\r${bench.name}: round ${round}`));
    figures.push(figure);
    console.log(`\r${described(bench, figure)}`);
  }
} finally {
  await house.close();
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);

function described({ limitIs, aim }: BenchCase, { name, ours, limit, unit, ratio, processes, also, load }: Figure): string {
  const beside = also ? `; ${also.is}: ${Math.round(also.figure)}` : '';
  return `${name}: ours ${Math.round(ours)}, limit ${Math.round(limit)} ${unit} (${limitIs}${beside}); ratio ${ratio.toFixed(2)}${aim === undefined ? '' : `, aim ${aim}`}; ${processes}; load ${load.toFixed(1)}`;
}
