import { homeFolder } from '#infra';

/** How everything starts in one process. Each has a default that works. */
export interface StandaloneSettings {
  /** Undefined: the built-in PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** Undefined: one is generated and kept in `home`. */
  readonly masterKey: string | undefined;
  readonly home: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  /** Whether an empty tenant `demo` is told the invented story. */
  readonly demo: boolean;
}

const PORT = 3000;

/** @throws Error naming the variable that is wrong */
export function readStandaloneSettings(environment: Readonly<Record<string, string | undefined>>): StandaloneSettings {
  const value = (name: string) => environment[name]?.trim() || undefined;
  const port = value('PORT') ?? String(PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`PORT must be a whole number from 0 to 65535, not "${port}".`);
  const demo = value('TOUCHLINE_DEMO') ?? 'on';
  if (demo !== 'on' && demo !== 'off') throw new Error(`TOUCHLINE_DEMO must be on or off, not "${demo}".`);
  const databaseUrl = value('DATABASE_URL');
  if (databaseUrl && !/^postgres(ql)?:\/\/.+/.test(databaseUrl)) throw new Error('DATABASE_URL must be a PostgreSQL URL, such as postgres://user@host:5432/touchline.');
  return {
    databaseUrl, masterKey: value('TOUCHLINE_MASTER_KEY'), home: homeFolder(), host: value('HOST') ?? '127.0.0.1', port: Number(port),
    logLevel: value('LOG_LEVEL') ?? 'warn', demo: demo === 'on',
  };
}
