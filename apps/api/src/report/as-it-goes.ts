import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Progress } from '#insight';
import { progressLines, resultOf } from '../http/progress-lines.js';
import type { LongAnswers } from '../http/long-answers.js';

const LINES = 'application/x-ndjson';

export interface Going<T> {
  readonly work: AsyncGenerator<Progress, T, void>;
  /** The last line. */
  readonly lineOf: (found: T) => object | Promise<object>;
  /** For who does not ask for lines. */
  readonly send: (found: T) => unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly words: Parameters<LongAnswers['send']>[1]['words'];
}

/** Answers who accepts NDJSON with how far it is and then what came of it, so that nothing in between takes a long silence for an end; all others once it is there. What fails at once is a problem either way. */
export async function answerAsItGoes<T>(long: LongAnswers, { work, lineOf, send, request, reply, words }: Going<T>): Promise<void> {
  if (!request.headers.accept?.includes(LINES)) return void await send(await resultOf(work));
  const first = await work.next();
  const lines = async function* (): AsyncGenerator<object> {
    if (!first.done) yield { progress: first.value };
    yield await lineOf(first.done ? first.value : yield* progressLines(work));
  };
  long.send(lines(), { request, reply, words });
}
