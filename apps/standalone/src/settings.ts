import { From, HOME_OTHERWISE, homeFolder, variables } from '#startup';

/** How everything starts in one process. Each has a default that works. */
export class StandaloneSettings {
  static readonly app = 'npm start';

  @From(variables.DATABASE_URL, { otherwise: 'the built-in PostgreSQL' }) readonly databaseUrl?: string;
  @From(variables.MASTER_KEY, { otherwise: 'made once, kept beside the data' }) readonly masterKey?: string;
  @From(variables.PORT, { default: '3000' }) readonly port!: number;
  @From(variables.HOST, { default: '127.0.0.1' }) readonly host!: string;
  @From(variables.LOG_LEVEL, { default: 'warn' }) readonly logLevel!: string;
  @From(variables.PUBLIC_URL, { otherwise: 'cookies are not marked Secure' }) readonly publicUrl?: string;
  @From(variables.SMTP_URL, { otherwise: 'mails wait, that of the morning until noon, that of a report for a week' }) readonly smtpUrl?: string;
  @From(variables.MAIL_FROM, { otherwise: 'mails wait, that of the morning until noon, that of a report for a week' }) readonly mailFrom?: string;
  @From(variables.PRIVATE_WEBHOOKS, { default: 'off' }) readonly privateWebhooks!: boolean;
  @From(variables.OPERATIONS_PORT, { otherwise: 'no such port' }) readonly operationsPort?: number;
  @From(variables.OPERATIONS_HOST, { default: '127.0.0.1' }) readonly operationsHost!: string;
  @From(variables.TRACES, { otherwise: 'nothing is traced' }) readonly traces?: string;
  @From(variables.SAMPLER, { default: 'parentbased_always_on' }) readonly sampler!: string;
  @From(variables.SAMPLER_ARG, { default: '1' }) readonly samplerArg!: number;
  @From(variables.EVENT_STORE, { default: 'postgres' }) readonly eventStore!: 'postgres' | 'eventstoredb';
  @From(variables.EVENTSTORE_URL, { otherwise: 'the log is in PostgreSQL' }) readonly eventStoreUrl?: string;
  @From(variables.KAFKA_URL, { otherwise: 'nothing is read from Kafka, and nothing is sent there' }) readonly kafkaUrl?: string;
  @From(variables.HOME, { otherwise: HOME_OTHERWISE }) private readonly givenHome?: string;
  @From(variables.DEMO, { default: 'on' }) readonly demo!: boolean;

  get home(): string {
    return homeFolder(this.givenHome);
  }
}
