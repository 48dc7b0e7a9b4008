import type { Command } from 'commander';
import { checkMigrated, copyLog, type CopyEnd, Database, eventStoreMigrations } from '#event-store';
import { CliError } from '../terminal.js';
import type { CommandContext } from './command-context.js';

interface Options { fromDatabase: string; fromEventstore?: string; toDatabase: string; toEventstore?: string }

const SHOWN = 20;

/** Talks to the stores themselves and to no API: while a log is copied, nobody writes to it. */
export function addEventsCopy(program: Command, { terminal, exitWith }: CommandContext): void {
  const parent = program.commands.find((each) => each.name() === 'events') ?? program.command('events').description('The facts themselves.');
  parent.command('copy')
    .description('Copies a whole log into an empty one: from PostgreSQL to EventStoreDB, back, or between two of a kind. Stop all other processes first; started again it goes on where it was.')
    .requiredOption('--from-database <url>', 'database of the log that is copied').option('--from-eventstore <url>', 'its EventStoreDB, if the log is there')
    .requiredOption('--to-database <url>', 'another database, its schema up to date, its log empty').option('--to-eventstore <url>', 'EventStoreDB to copy to')
    .action(async ({ fromDatabase, fromEventstore, toDatabase, toEventstore }: Options) => {
      const ends: CopyEnd[] = [];
      try {
        for (const [url, eventStoreUrl] of [[fromDatabase, fromEventstore], [toDatabase, toEventstore]] as const) {
          await checkMigrated(url, eventStoreMigrations);
          ends.push({ worker: new Database(url, 'touchline_worker', 4), ...(eventStoreUrl === undefined ? {} : { eventStore: 'eventstoredb', eventStoreUrl }) });
        }
        const { events: count, streams, differing } = await copyLog(ends[0]!, ends[1]!, (copied) => terminal.err(`Copied ${copied.toLocaleString('en')} events.`));
        terminal.out(`${count.toLocaleString('en')} events in ${streams.toLocaleString('en')} streams.`);
        if (differing.length === 0) return terminal.out('Both logs were read again: every stream has the same events on both sides.');
        terminal.out(`${differing.length.toLocaleString('en')} streams are not the same on both sides, such as ${differing.slice(0, SHOWN).join(', ')}. Do not use the copy.`);
        exitWith(2);
      } catch (error) {
        throw new CliError((error as Error).message);
      } finally {
        await Promise.all(ends.map(({ worker }) => worker.close()));
      }
    });
}
