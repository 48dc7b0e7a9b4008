import pg from 'pg';

const IN_USE = 7_460_550;

/** One process's use of a server that several may share. */
export interface Tenure {
  /** Resolves when the server ends the use, because it stopped or died. */
  readonly lost: Promise<void>;
  /** Ends the use; true when nobody else uses the server any more and it is ours to stop. */
  leave(): Promise<boolean>;
}

/**
 * A shared lock held for as long as this process uses the server. The lock goes with the process, also when it is
 * killed, so who leaves last can tell for certain.
 */
export async function takeTenure(adminUrl: string): Promise<Tenure> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'touchline-tenure' });
  // The server ends this connection when it stops; there is nothing left to do then.
  client.on('error', () => undefined);
  let left = false;
  const lost = new Promise<void>((resolve) => client.once('end', () => { if (!left) resolve(); }));
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [IN_USE]);
  return {
    lost,
    leave: async () => {
      left = true;
      try {
        await client.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
        const { rows: [last] } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [IN_USE]);
        if (!last?.taken) await client.end();
        return last?.taken === true;
      } catch {
        return false;
      }
    },
  };
}
