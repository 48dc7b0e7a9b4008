import { type Info, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { FileError } from '../mapping/mapping-error.js';
import type { FileFormat } from '../mapping/mapping.js';
import { textOfFile } from './text-stream.js';

/** The cells of one record as they stand in the file, and the line on which it starts. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const LONGEST_RECORD = 1024 * 1024;

/** The records of a file, header included, blank lines left out, pulled one by one. @throws FileError when it cannot be read on */
export async function* recordsOf(bytes: AsyncIterable<Buffer>, format: FileFormat): AsyncGenerator<FileRecord> {
  const text = textOfFile(bytes, format.encoding ?? 'utf-8');
  const skip = format.skipLines ?? 0;
  for await (const record of format.delimiter === 'whitespace' ? alignedRecords(text, format) : separatedRecords(text, format)) {
    if (record.line > skip) yield record;
  }
}

async function* separatedRecords(text: AsyncIterable<string>, format: FileFormat): AsyncGenerator<FileRecord> {
  const { delimiter = ',', quote = '"', comment, trim = true, skipLines = 0 } = format;
  let cut: unknown;
  let broken: { readonly error: unknown; readonly after: number } | undefined;
  const source = Readable.from(untilFailure(text, (error) => (cut = error)), { objectMode: true });
  // A parser that throws loses the good records it has already read; so it skips, and what went wrong is told in its turn.
  const parser = parse({
    delimiter: delimiter === 'tab' ? '\t' : delimiter, quote: quote === 'none' ? null : quote, comment: comment ?? '', comment_no_infix: true, trim,
    from_line: skipLines + 1, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true, max_record_size: LONGEST_RECORD,
    skip_records_with_error: true, on_skip: (error) => void (broken ??= { error, after: parser.info.records }),
  });
  let last: Info | undefined;
  // The last record of a file that is cut off may be half a one, so each is held back until the next is there.
  let held: FileRecord | undefined;
  try {
    for await (const { info, record } of source.pipe(parser) as AsyncIterable<{ info: Info; record: string[] }>) {
      if (broken && info.records > broken.after) break;
      if (held) yield held;
      held = { line: startOf(info, last, skipLines), cells: record };
      last = info;
    }
    if (held && (broken || cut === undefined)) yield held;
    if (cut ?? broken) throw cut ?? readable(broken!.error, (last?.lines ?? skipLines) + 1);
  } finally {
    parser.destroy();
    source.destroy();
  }
}

async function* untilFailure(text: AsyncIterable<string>, fail: (error: unknown) => void): AsyncGenerator<string> {
  try {
    yield* text;
  } catch (error) {
    fail(error);
  }
}

// csv-parse tells the line on which a record ends; it starts after the one before and the blank and comment lines between.
function startOf(info: Info, last: Info | undefined, skipped: number): number {
  const between = info.empty_lines - (last?.empty_lines ?? 0) + info.comment_lines - (last?.comment_lines ?? 0);
  return Math.min(info.lines, (last?.lines ?? skipped) + 1 + between);
}

function readable(error: unknown, line: number): unknown {
  const code = String((error as { code?: unknown }).code ?? '');
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return new FileError('A quote is opened in the record that starts here and never closed, or the record is longer than 1 MB; what follows cannot be told apart. '
      + 'Correct the file, or say `file: {quote: none}` when quotes have no meaning in it.', line);
  }
  return code.startsWith('CSV_') ? new FileError((error as Error).message, line) : error;
}

async function* alignedRecords(text: AsyncIterable<string>, { comment }: FileFormat): AsyncGenerator<FileRecord> {
  let line = 0;
  let rest = '';
  const split = function* (lines: readonly string[]): Generator<FileRecord> {
    for (const each of lines) {
      line += 1;
      const content = each.trim();
      if (content !== '' && !(comment && content.startsWith(comment))) yield { line, cells: content.split(/\s+/) };
    }
  };
  for await (const chunk of text) {
    const lines = (rest + chunk).split(/\r\n|\n/);
    rest = lines.pop()!;
    if (rest.length > LONGEST_RECORD) throw new FileError('The line is longer than 1 MB.', line + 1);
    yield* split(lines);
  }
  yield* split([rest]);
}
