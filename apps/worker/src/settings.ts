import { From, variables } from '#startup';

const MAILS_WAIT = 'mails wait, that of the morning until noon, that of a report for a week';

/** The environment of a worker that runs by itself. */
export class WorkerSettings {
  static readonly app = 'worker';

  @From(variables.DATABASE_URL) readonly databaseUrl!: string;
  @From(variables.MASTER_KEY, { otherwise: 'surveys and webhooks wait' }) readonly masterKey?: string;
  @From(variables.PUBLIC_URL, { otherwise: 'surveys wait' }) readonly publicUrl?: string;
  @From(variables.SMTP_URL, { otherwise: MAILS_WAIT }) readonly smtpUrl?: string;
  @From(variables.MAIL_FROM, { otherwise: MAILS_WAIT }) readonly mailFrom?: string;
  @From(variables.PRIVATE_WEBHOOKS, { default: 'off' }) readonly privateWebhooks!: boolean;
  @From(variables.OPERATIONS_PORT, { otherwise: 'no such port' }) readonly operationsPort?: number;
  @From(variables.OPERATIONS_HOST, { default: '127.0.0.1' }) readonly operationsHost!: string;
  @From(variables.TRACES, { otherwise: 'nothing is traced' }) readonly traces?: string;
  @From(variables.SAMPLER, { default: 'parentbased_always_on' }) readonly sampler!: string;
  @From(variables.SAMPLER_ARG, { default: '1' }) readonly samplerArg!: number;
  @From(variables.EVENT_STORE, { default: 'postgres' }) readonly eventStore!: 'postgres' | 'eventstoredb';
  @From(variables.EVENTSTORE_URL, { otherwise: 'the log is in PostgreSQL' }) readonly eventStoreUrl?: string;
  @From(variables.KAFKA_URL, { otherwise: 'nothing is read from Kafka, and nothing is sent there' }) readonly kafkaUrl?: string;
  @From(variables.ROLES, { default: 'all' }) readonly roles!: readonly string[];
}
