import type pg from 'pg';

/** Rows in COPY's text form for one `copy … from stdin`. */
export interface Copy { readonly text: string; readonly rows: string }

interface Protocol { readonly stream: { cork(): void; uncork(): void }; query(text: string): void; sendCopyFromChunk(rows: Buffer): void; endCopyFrom(): void }

/**
 * Several COPYs in one round trip: their statements go as one text, and all rows right behind, without waiting for the server to ask for them.
 * An append of many takes three round trips then in place of seven: begin, raise and draw, rows and commit. When one fails, the server passes over what has been sent for it and the rest.
 */
export function copyIn(client: pg.ClientBase, copies: readonly Copy[], commit?: 'commit'): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query({
      submit: (connection: pg.Connection) => {
        const protocol = connection as unknown as Protocol;
        protocol.stream.cork();
        protocol.query([...copies.map(({ text }) => text), ...(commit ? [commit] : [])].join('; '));
        for (const { rows } of copies) {
          protocol.sendCopyFromChunk(Buffer.from(rows));
          protocol.endCopyFrom();
        }
        protocol.stream.uncork();
      },
      handleCopyInResponse: () => undefined,
      handleCommandComplete: () => undefined,
      handleError: reject,
      handleReadyForQuery: () => resolve(),
    } as unknown as pg.Submittable);
  });
}
