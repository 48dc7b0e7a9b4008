import type { Command } from 'commander';
import { edgeWords } from '#insight';
import type { DifferenceAnswer, HealthAnswer, RestatementsAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { counted, signed } from '../text/figures.js';
import { table } from '../text/table.js';
import { aboutCustomer } from './about-customer.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly json?: boolean;
}

export function addWhy(program: Command, context: CommandContext): void {
  const command = program.command('why').argument('<customer>', 'our id, system:id, or the name')
    .description('The health of a customer: score, what it is made of, and what moved it in the last 30 days.')
    .option('--as-of <time>', 'what was true then: an instant or a date, which means the end of that day')
    .option('--known-at <time>', 'what was known then')
    .option('--json', 'as JSON')
    .action(async (customer: string, { asOf, knownAt, json }: Options) => {
      const connection = connectionFor(command, context);
      const { health, difference, restated } = await aboutCustomer(connection, customer, context.terminal.err, async (id) => {
        const path = `/v1/customers/${id}/health`;
        return {
          health: await ask<HealthAnswer>(connection, path, { query: { asOf, knownAt } }),
          difference: await ask<DifferenceAnswer>(connection, `${path}/difference`, { query: { to: asOf, knownAt } }),
          // What was said since belongs to no moment before.
          restated: asOf === undefined && knownAt === undefined ? await ask<RestatementsAnswer>(connection, `${path}/restatements`) : null,
        };
      });
      (json ? [JSON.stringify({ health, difference, restatements: restated?.restatements ?? [] }, null, 2)] : [...healthLines(health), ...differenceLines(difference, health), ...restatedLines(restated, difference)]).forEach(context.terminal.out);
    });
}

function healthLines({ name, customer, askedAs, score, band, shown, card, bands, bandYesterday, coverage, asOf, knownAt, dataAge, knowledge, held, heldBy, today, measures, computed, override, perspectives, rollUp }: HealthAnswer): string[] {
  // What is not known and counts as its card says has points of its own.
  const counting = measures.filter(({ status, points, maxPoints }) => status === 'known' || points !== 0 || maxPoints !== 0);
  const unknown = measures.filter((measure) => !counting.includes(measure));
  const before = bandYesterday !== null && bandYesterday !== computed.band ? `, ${bandYesterday} the day before` : '';
  return [
    ...(askedAs === null ? [] : [`${askedAs} is merged into ${name === null ? customer : `${name} (${customer})`}, whose health this is.`]),
    `${name ?? customer}  ${scoreWords({ score, band }, shown)}${override ? '' : before}`,
    ...(override ? [`  Overridden until ${override.until} by ${override.by.id}, since ${override.since}: ${override.reason}`, `  Computed: ${scoreWords(computed)}${before}`] : []),
    `  by the scorecard ${card.label ?? card.id} (${card.id}@${card.version}): ${edgeWords(bands)}${bands.margin > 0 ? `; a band is left ${bands.margin} points beyond its edge` : ''}`,
    `  as of ${asOf}, known at ${knownAt}${knowledge === 'declared' ? ', in part by the word of an import' : ''}${today.pinned ? '; today is pinned' : ''}`,
    `  ${coverage} % of what counts is known${dataAge === null ? '' : `; the newest fact is ${counted(dataAge, 'day')} old`}`,
    ...seenLines(perspectives),
    ...(rollUp ? [`  ${rollUp.say}`] : []),
    ...(held ? [`  ${heldWords(heldBy)} The figures are those before it. Why, and what waits: npx touchline projections parked`] : []),
    '',
    ...table(['points', 'of', 'measure', ''], [...counting].sort((a, b) => b.lost - a.lost).map(({ points, maxPoints, label, say }) => [points.toFixed(2), maxPoints.toFixed(2), label, say]), new Set([0, 1])),
    ...(unknown.length === 0 ? [] : ['', `Not known: ${unknown.map(({ label, reason }) => (reason === null ? label : `${label} (${reason})`)).join('; ')}`]),
  ];
}

/** On the card's own scale, with the points beside it where those are others. */
function scoreWords({ score, band }: HealthAnswer['computed'], shown: HealthAnswer['shown'] = { score, max: 100 }): string {
  if (band === 'unknown') return 'unknown: too little is known to tell';
  const isOther = shown.max !== 100 || shown.score !== score;
  return `${band} ${shown.score ?? '-'} of ${shown.max} (${isOther ? `${score ?? '-'} of 100, ` : ''}100 is healthy)`;
}

/** Of those from whose side the customer is looked at; nothing where neither is known. */
function seenLines({ payer, user, say }: HealthAnswer['perspectives']): string[] {
  if (say !== null) return [`  ${say}`];
  if ((payer?.score ?? user?.score ?? null) === null) return [];
  const sees = (who: string, view: typeof payer) => (view ? [`the ${who} sees ${view.score ?? 'not known'}`] : []);
  const [first, ...rest] = [...sees('payer', payer), ...sees('user', user)];
  return [`  ${first!.replace('the', 'The')}${rest.map((each) => `, ${each.replace(' sees', '')}`).join('')}.`];
}

const heldWords = (by: HealthAnswer['heldBy']): string => (
  by === null ? 'Held back: a day could not be closed.' : `Held back since ${by.type} of ${by.occurredAt.slice(0, 10)} (${by.source} ${by.id}, position ${by.position}), which could not be read.`);

function differenceLines({ from, to, lines, eventsWithoutEffect }: DifferenceAnswer, { override }: HealthAnswer): string[] {
  // Between sums that are no scores nothing has moved.
  if (!to.enough) return [];
  const moving = lines.filter(({ points }) => points !== 0);
  const still = eventsWithoutEffect + lines.length - moving.length;
  const head = `What moved ${override ? 'the computed score, beside which one is set by hand' : 'it'}: ${from.enough ? from.score : 'too little known'} on ${from.at.slice(0, 10)}, ${to.score} on ${to.at.slice(0, 10)}`;
  return [
    '', head,
    ...table(['points', 'when', ''], moving.map((line) => [signed(line.points), line.event?.occurredAt.slice(0, 10) ?? 'time', line.say]), new Set([0])),
    ...(still === 0 ? [] : [`${counted(still, 'further event')} moved nothing${override ? ' of it' : ''}.`]),
  ];
}

const SHOWN = 3;

/** Of the span that the difference is about. */
function restatedLines(restated: RestatementsAnswer | null, { from }: DifferenceAnswer): string[] {
  const recent = restated?.restatements.filter(({ knownSince }) => knownSince >= from.at) ?? [];
  return recent.length === 0 ? [] : ['', ...recent.slice(0, SHOWN).map(({ say }) => say), ...(recent.length > SHOWN ? [`${counted(recent.length - SHOWN, 'further restatement')} since ${from.at.slice(0, 10)}.`] : [])];
}
