import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BenchCase, type Figure, measure } from './bench-case.js';
import { allCases } from './all-cases.js';
import { openHouse } from './house.js';

const HELP = `npm run bench -- [--only NAME]... [--rounds 5] [--json FILE]
Starts a PostgreSQL of its own and holds each figure against a bare limit in the same run. A NAME that does not exist is answered with the names that do.`;

const { values } = options();
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) refuse(`--rounds ${values.rounds}: how often each side is measured, a whole number from 1 on.`);
const house = await openHouse((line) => console.log(line));
const figures: Figure[] = [];
try {
  for (const bench of chosen(allCases(house))) {
    const figure = await measure(bench, rounds, (round) => tell(`${bench.name}: round ${round}`));
    figures.push(figure);
    console.log(`${process.stdout.isTTY ? '\r' : ''}${described(bench, figure)}`);
  }
} finally {
  await house.close();
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);

function chosen(cases: BenchCase[]): BenchCase[] {
  const { only } = values;
  const isMeant = ({ name }: BenchCase, wanted: string) => name === wanted || name.startsWith(`${wanted}-`);
  const unknown = only?.filter((wanted) => !cases.some((bench) => isMeant(bench, wanted))) ?? [];
  if (unknown.length === 0) return cases.filter((bench) => !only || only.some((wanted) => isMeant(bench, wanted)));
  console.error(`There is no case ${unknown.join(', ')}. There are: ${cases.map(({ name }) => name).join(', ')}.`);
  process.exitCode = 2;
  return [];
}

/** On a terminal the next round is written over the one before. */
function tell(progress: string): void {
  process.stdout.write(process.stdout.isTTY ? `\r${progress}` : `${progress}\n`);
}

function options() {
  try {
    const parsed = parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'string' }, rounds: { type: 'string', default: '5' }, help: { type: 'boolean', short: 'h' } } });
    if (!parsed.values.help) return parsed;
  } catch (error) {
    return refuse(`${(error as Error).message}\n\n${HELP}`);
  }
  console.log(HELP);
  process.exit(0);
}

function refuse(why: string): never {
  console.error(why);
  process.exit(2);
}

function described({ limitIs, aim }: BenchCase, { name, ours, limit, unit, ratio, processes, also, load }: Figure): string {
  const beside = also ? `; ${also.is}: ${Math.round(also.figure)}` : '';
  return `${name}: ours ${Math.round(ours)}, limit ${Math.round(limit)} ${unit} (${limitIs}${beside}); ratio ${ratio.toFixed(2)}${aim === undefined ? '' : `, aim ${aim}`}; ${processes}; load ${load.toFixed(1)}`;
}
