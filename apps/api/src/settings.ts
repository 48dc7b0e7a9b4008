import { From, variables } from '#startup';

/** The environment of an API that runs by itself. */
export class ApiSettings {
  static readonly app = 'api';

  @From(variables.DATABASE_URL) readonly databaseUrl!: string;
  @From(variables.MASTER_KEY) readonly masterKey!: string;
  @From(variables.PORT, { default: '3000' }) readonly port!: number;
  @From(variables.HOST, { default: '127.0.0.1' }) readonly host!: string;
  @From(variables.LOG_LEVEL, { default: 'info' }) readonly logLevel!: string;
  @From(variables.PUBLIC_URL, { otherwise: 'cookies are not marked Secure' }) readonly publicUrl?: string;
  @From(variables.EVENT_STORE, { default: 'postgres' }) readonly eventStore!: 'postgres' | 'eventstoredb';
  @From(variables.EVENTSTORE_URL, { otherwise: 'the log is in PostgreSQL' }) readonly eventStoreUrl?: string;
  @From(variables.KAFKA_URL, { otherwise: 'nothing is said of Kafka' }) readonly kafkaUrl?: string;
  @From(variables.OPERATIONS_PORT, { otherwise: 'no such port' }) readonly operationsPort?: number;
  @From(variables.OPERATIONS_HOST, { default: '127.0.0.1' }) readonly operationsHost!: string;
  @From(variables.TRACES, { otherwise: 'nothing is traced' }) readonly traces?: string;
  @From(variables.SAMPLER, { default: 'parentbased_always_on' }) readonly sampler!: string;
  @From(variables.SAMPLER_ARG, { default: '1' }) readonly samplerArg!: number;
}

/** The environment of `--migrate`. */
export class MigrateSettings {
  static readonly app = 'api --migrate';

  @From(variables.DATABASE_URL) readonly databaseUrl!: string;
}

/** The environment of `--first-key`, which talks to nothing but the database. */
export class FirstKeySettings {
  static readonly app = 'api --first-key';

  @From(variables.DATABASE_URL) readonly databaseUrl!: string;
}

/** The environment of `--change-master-key`: where the keys are, what opens them, and what shall. */
export class MasterKeySettings {
  static readonly app = 'api --change-master-key';

  @From(variables.DATABASE_URL) readonly databaseUrl!: string;
  @From(variables.MASTER_KEY) readonly masterKey!: string;
  @From(variables.NEW_MASTER_KEY) readonly newMasterKey!: string;
}
