import type { IncomingMessage } from 'node:http';
import { CliError } from '../terminal.js';

/** The lines of an NDJSON answer, as they come. @throws CliError when it is something else */
export async function* linesOf<Line>(response: IncomingMessage): AsyncGenerator<Line> {
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines.filter((line) => line !== '').map(parse<Line>);
  }
  if (rest !== '') yield parse<Line>(rest);
}

function parse<Line>(line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    throw new CliError('The answer is not NDJSON; is this Touchline? Check --url or TOUCHLINE_URL.');
  }
}
