/** One server-sent event; its id alone where only the place moves. */
export interface ServerSent {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
}

/** Server-sent events as they come, as Touchline writes them: fields on one line each. Comments are left out, and what is cut off at the end. */
export async function* serverSent(response: AsyncIterable<Buffer>): AsyncGenerator<ServerSent> {
  const utf8 = new TextDecoder();
  let rest = '';
  for await (const chunk of response) {
    const blocks = (rest + utf8.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = block.split('\n').filter((line) => /^\w+: /.test(line)).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
      if (fields.length > 0) yield Object.fromEntries(fields) as ServerSent;
    }
  }
}
