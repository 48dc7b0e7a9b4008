import type { Command } from 'commander';
import type { CustomerJourneyAnswer, JourneyAnswer, JourneyMapAnswer } from '#read-model';
import { ask } from '../http/ask.js';
import { customerJourneyLines, journeyLines } from '../journey/journey-lines.js';
import { jsonIn } from '../json-file.js';
import { type CommandContext, connectionFor } from './command-context.js';

interface Options { readonly asOf?: string; readonly knownAt?: string; readonly start?: string; readonly explain?: string; readonly key?: string; readonly by?: string; readonly limit?: string; readonly json?: boolean }

/** Where customers are on their journey, one customer's way, and the map. */
export function addJourney(program: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const journey = program.command('journey').description('Where customers are on their journey, how long it takes, who is stuck, what is missed.');
  const asked = (command: Command) => command.option('--as-of <moment>', 'what had happened by then: an instant, or the end of a day').option('--known-at <moment>', 'what was known then').option('--json', 'as JSON');
  const show = asked(journey.command('show', { isDefault: true }).description('All customers.')).option('--start <start>', 'from when the time to value is counted: a start of the map')
    .option('--by <what>', 'tells customers apart: by segment, product, owner or cohort (quarter of the start)')
    .option('--explain <figure>', 'names customers and facts behind a figure, with --json').option('--of <key>', 'of which stage, transition, touch, moment, path, quarter or group').option('--limit <n>', 'at most so many in each list')
    .action(async ({ json, of: key, ...query }: Options & { of?: string }) => {
      const found = await ask<JourneyAnswer>(connectionFor(show, context), '/v1/journey', { query: { ...query, key } });
      (json ? [JSON.stringify(found, null, 2)] : journeyLines(found)).forEach(out);
    });
  const of = asked(journey.command('of').argument('<customer>', 'our id or system:id').description('One customer: the stages it went through, and what was missed.'))
    .action(async (customer: string, { json, asOf, knownAt }: Options) => {
      const found = await ask<CustomerJourneyAnswer>(connectionFor(of, context), `/v1/customers/${encodeURIComponent(customer)}/journey`, { query: { asOf, knownAt } });
      (json ? [JSON.stringify(found, null, 2)] : customerJourneyLines(found)).forEach(out);
    });
  const map = journey.command('map').argument('[file]', 'JSON that takes its place; left out: it is shown').description('Show or set the map: stages, expected touches, moments of truth. Setting it is for administrators.').option('--map-version <n>', 'an earlier version; 0 is the first one')
    .action(async (file: string | undefined, { mapVersion }: { mapVersion?: string }) => {
      const connection = connectionFor(map, context);
      if (file !== undefined) {
        const { version } = await ask<{ version: number }>(connection, '/v1/journey/map', { method: 'PUT', body: await jsonIn(file, 'map', ', such as `touchline journey map` writes') });
        return out(`Version ${version} of the map counts from now on, for all of the past as well.`);
      }
      const found = await ask<JourneyMapAnswer>(connection, '/v1/journey/map', { query: { version: mapVersion } });
      err(found.say ?? (found.decided ? `Version ${found.version}, decided by ${found.decided.by.id} on ${found.decided.at.slice(0, 10)}: ${found.decided.reason}` : 'The first map, which nobody has decided.'));
      // What is sent states a reason.
      out(JSON.stringify({ ...found.map, reason: found.decided?.reason ?? 'Why it is so' }, null, 2));
    });
}
