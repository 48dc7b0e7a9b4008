import { type Command, InvalidArgumentError } from 'commander';
import { CliError } from '../terminal.js';
import { type CommandContext, connectionFor } from './command-context.js';
import { addUndo } from './import-undo.js';

interface Options {
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly preview?: number;
  readonly importId?: string;
  readonly outcome?: string;
  readonly lookup?: ReadonlyMap<string, string>;
}

const HELP = `
FILE is NDJSON (.ndjson, .jsonl, or - for standard input), one event per line, or with --map any table in text form.
Either may be gzipped; that is seen from the content. See libs/intake/mappings/ for mappings to start from.

Running an import again changes nothing: what is recorded already is told as duplicate. Exit code 0: everything was taken;
2: some rows were not; 1: the import failed.

Examples:
  touchline import pipeline.csv --map crm.yaml --dry-run --preview 10
  touchline import pipeline.csv --map crm.yaml --outcome rows.ndjson
  touchline import events.ndjson.gz
  touchline import undo pipeline-3f2a9c01d4e5 --reason "wrong currency"`;

export function addImport(program: Command, context: CommandContext): void {
  const command = program.command('import').argument('<file>', 'NDJSON, or any table in text form with --map')
    .description('Record history: events from NDJSON, or from CSV by a mapping. `import undo` takes one back.')
    .option('--map <mapping>', 'YAML that says which columns become which events')
    .option('--dry-run', 'tell what would become of every event, also against what is stored when a server answers; record nothing')
    .option('--preview <n>', 'show the first n events (5 in a dry run)', wholeNumber)
    .option('--import-id <id>', 'joins several files, so that they can be taken back together; by default made from the file and the mapping')
    .option('--outcome <file>', 'write what became of every row, as NDJSON')
    .option('--lookup <name=file>', 'where a second file of the mapping lies; may be repeated', lookupOption)
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => importFile(file, options, command, context));
  addUndo(command, context);
}

async function importFile(file: string, options: Options, command: Command, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const dryRun = options.dryRun === true;
  // Before the file is read: who has nowhere to send it should hear that first.
  if (!dryRun) connectionFor(command, context);
  const source = await sourceOf(file, options, context);
  const { importIdOf } = await import('../import/import-id.js');
  const importId = options.importId ?? importIdOf(source.name, source.fingerprint ?? Date.now().toString(16).padStart(12, '0'));
  source.warnings.forEach((warning) => terminal.err(`Note: ${warning}`));
  const { listenerFor } = await import('../import/listener.js');
  const listener = await listenerFor(() => connectionFor(command, context), importId, dryRun);
  const { runImport } = await import('../import/run-import.js');
  const { tally, summary, broken } = await runImport(listener, source, { dryRun, preview: options.preview ?? (dryRun ? 5 : 0), outcome: options.outcome }, terminal);
  const { summaryLines } = await import('../import/summary.js');
  summaryLines({ name: source.name, importId, dryRun, alone: listener.alone }, tally, summary).forEach(terminal.out);
  if (broken) throw new CliError(`${file} could not be read to its end: ${broken.message}\nThe rows before were ${dryRun ? 'checked' : 'sent'}.`);
  if (summary.rejected + summary.conflict + tally.rows.rejected > 0) context.exitWith(2);
}

async function sourceOf(file: string, { map, outcome, lookup = new Map<string, string>() }: Options, { terminal }: CommandContext) {
  if (map !== undefined) return (await import('../import/csv-source.js')).csvSource(file, map, lookup, terminal.stdin);
  if (file === '-' || /\.(ndjson|jsonl)(\.gz)?$/i.test(file)) return (await import('../import/ndjson-source.js')).ndjsonSource(file, terminal.stdin, outcome !== undefined);
  throw new CliError(`${file} is a table, it seems: say with --map which columns become which events. NDJSON is called .ndjson or .jsonl.`);
}

function wholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

function lookupOption(text: string, known: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [, name, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || file === undefined) throw new InvalidArgumentError('Write it as NAME=FILE.');
  return new Map([...known, [name, file]]);
}
