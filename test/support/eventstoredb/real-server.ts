/** Where a real EventStoreDB is; undefined when nobody says. */
export const realServer: string | undefined = process.env['EVENTSTORE_URL'];

/** Written past the reporters, so that it is seen whatever they show. */
export function sayThatNoneWasTried(): string {
  const text = 'NO REAL EVENTSTOREDB WAS TRIED: EVENTSTORE_URL is not set. What ran, ran against a stand-in, which proves nothing about a real server. How to run it: libs/event-store/EVENTSTOREDB.md';
  process.stderr.write(`\n${text}\n\n`);
  return text;
}
