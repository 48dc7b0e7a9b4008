import type { Logger } from 'pino';
import type { WhereTheLogIs } from '#event-store';

/** What the API needs to start; nothing of it is read from the environment. */
export interface ApiOptions extends WhereTheLogIs {
  /** PostgreSQL, migrated; the login may act as the worker and reader roles. */
  readonly databaseUrl: string;
  /** 32 bytes in base64. */
  readonly masterKey: string;
  /** Address that people use; with https, cookies are marked Secure. */
  readonly publicUrl?: string;
  /** Where Kafka is, as KAFKA_URL says it. */
  readonly kafkaUrl?: string;
  /** How long a body may take to arrive, in milliseconds, unless it is an import. Default: a minute. */
  readonly bodyPatienceMs?: number;
  /** Level of our own log on standard output. Default `info`. */
  readonly logLevel?: string;
  /** Where traces go; left out: requests have no spans. */
  readonly traces?: string | undefined;
  /** Called when all is closed, last of all. */
  readonly ended?: () => Promise<void>;
  /** Instead of our own log. */
  readonly logger?: Logger;
}

export const API_OPTIONS = Symbol('ApiOptions');
