import { Database, parseMasterKey, rotateMasterKey } from '#event-store';

interface MasterKeys {
  /** In base64. */
  readonly from: string;
  readonly to: string;
}

/** Wraps the keys of a migrated database anew. `say` is told how far it is, about every second. @returns the line that says what was done */
export async function changeMasterKey(databaseUrl: string, { from, to }: MasterKeys, say: (line: string) => void): Promise<string> {
  const worker = new Database(databaseUrl, 'touchline_worker', 2);
  let said = performance.now();
  const progress = (keys: number) => {
    if (performance.now() - said < 1_000) return;
    said = performance.now();
    say(`${counted(keys)} wrapped anew …`);
  };
  try {
    const keys = await rotateMasterKey(worker, parseMasterKey(from), parseMasterKey(to), { progress });
    return `The master key is changed: ${counted(keys)} wrapped anew. Start every API with the new key. Once copies of the old key are destroyed, older copies of the keys open nothing.`;
  } finally {
    await worker.close();
  }
}

const counted = (keys: number) => `${keys.toLocaleString('en')} ${keys === 1 ? 'key' : 'keys'}`;
