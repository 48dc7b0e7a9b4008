import type { RejectedLine } from '#intake';
import type { RowFault, SourceRow } from './sent-row.js';

export type Outcome = 'appended' | 'valid' | 'duplicate' | 'conflict' | 'rejected' | 'no event' | 'left out';

/** What became of one row of the file. */
export interface RowOutcome {
  readonly row: number;
  readonly line: number;
  readonly outcome: Outcome;
  readonly ids: readonly string[];
  /** Of a row that was not taken whole: which of them stand in the log all the same. */
  readonly recorded?: readonly string[];
  readonly because?: string;
  readonly problem?: RowFault;
}

interface Waiting {
  readonly row: SourceRow;
  readonly from: number;
  readonly to: number;
}

/** Joins the lines of the answer with the rows that they are about. Holds only rows whose answer is still to come. */
export class Settlement {
  #sent = 0;
  #waiting: Waiting[] = [];
  #head = 0;
  readonly #exceptions = new Map<number, RejectedLine>();

  constructor(readonly plain: 'appended' | 'valid') {}

  /** A row without lines waits for its turn, so that outcomes come in the order of the file. */
  add(row: SourceRow): void {
    this.#waiting.push({ row, from: this.#sent + 1, to: this.#sent + row.events.length });
    this.#sent += row.events.length;
  }

  exception(line: RejectedLine): void {
    this.#exceptions.set(line.line, line);
  }

  /** The rows all of whose lines are among the first `lines`. */
  *upTo(lines: number): Generator<RowOutcome> {
    while (this.#head < this.#waiting.length && this.#waiting[this.#head]!.to <= lines) {
      // Counted before it is handed out: sender and listener both settle.
      const next = this.#waiting[this.#head]!;
      this.#head += 1;
      yield localOutcome(next.row) ?? this.#outcomeOf(next);
    }
    if (this.#head < 10_000 && this.#head < this.#waiting.length) return;
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }

  #outcomeOf({ row, from, to }: Waiting): RowOutcome {
    const said = Array.from({ length: to - from + 1 }, (_, index) => this.#exceptions.get(from + index));
    for (let line = from; line <= to; line++) this.#exceptions.delete(line);
    const statuses = said.map((line) => line?.status ?? this.plain);
    const outcome = (['rejected', 'conflict', 'appended', 'valid'] as const).find((status) => statuses.includes(status)) ?? 'duplicate';
    const problem = (said.find((line) => line?.status === outcome && line.problem?.code !== 'group-refused') ?? said.find((line) => line?.status === outcome))?.problem;
    const ids = row.ids.length > 0 ? row.ids : said.flatMap((line) => (line?.id === undefined ? [] : [line.id]));
    const recorded = row.ids.filter((_, index) => statuses[index] === 'appended' || statuses[index] === 'duplicate');
    const partly = outcome === 'rejected' || outcome === 'conflict';
    return { row: row.row, line: row.line, outcome, ids, ...(partly ? { recorded } : {}), ...(problem ? { problem: faultOf(problem) } : {}) };
  }
}

// What is decided without asking the API.
function localOutcome({ row, line, dropped, problem, events }: SourceRow): RowOutcome | undefined {
  if (problem) return { row, line, outcome: 'rejected', ids: [], problem };
  if (dropped !== undefined) return { row, line, outcome: 'left out', ids: [], because: dropped };
  return events.length === 0 ? { row, line, outcome: 'no event', ids: [] } : undefined;
}

function faultOf({ title, detail, remedy, pointer, code }: NonNullable<RejectedLine['problem']>): RowFault {
  return { title, detail, code, ...(remedy === undefined ? {} : { remedy }), ...(pointer === '' ? {} : { pointer }) };
}
