import { IsBoolean, IsIn, Matches, Max, Min } from 'class-validator';
import type { Variable } from './setting.js';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const onOrOff = (text: string) => (text === 'on' ? true : text === 'off' ? false : text);
const SAMPLERS = ['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'];
const isShare = { message: 'must be a number from 0 to 1' };
const isPort = { message: 'must be a whole number from 0 to 65535' };

export const DATABASE_URL: Variable = {
  name: 'DATABASE_URL', secret: true,
  description: 'PostgreSQL 16 or newer, as its owner: a role that may create roles and the schema `touchline`, and is no superuser',
  checks: [Matches(/^postgres(ql)?:\/\/.+/, { message: 'must be a PostgreSQL URL, such as postgres://user@host:5432/touchline' })],
};

export const MASTER_KEY: Variable = {
  name: 'TOUCHLINE_MASTER_KEY', secret: true,
  description: 'Opens the keys of personal data. 32 bytes in base64, from: openssl rand -base64 32. Keep it; without it personal fields stay sealed',
  checks: [Matches(/^[A-Za-z0-9+/]{43}=$/, { message: 'must be 32 bytes in base64; make one with: openssl rand -base64 32' })],
};

export const NEW_MASTER_KEY: Variable = {
  name: 'TOUCHLINE_NEW_MASTER_KEY', secret: true,
  description: 'The master key to change to, made like the first; beside the present one in `TOUCHLINE_MASTER_KEY`',
  checks: MASTER_KEY.checks,
};

export const PORT: Variable = {
  name: 'PORT', description: 'Port to listen on; 0 takes any free one',
  parse: (text) => (/^\d+$/.test(text) ? Number(text) : NaN),
  checks: [Min(0, isPort), Max(65_535, isPort)],
};

export const HOST: Variable = {
  name: 'HOST', description: 'Address to listen on; 0.0.0.0 for all',
  checks: [Matches(/^[A-Za-z0-9.:-]+$/, { message: 'must be a host name or address, such as 127.0.0.1 or 0.0.0.0' })],
};

export const LOG_LEVEL: Variable = {
  name: 'LOG_LEVEL', description: `One of ${LEVELS.join(', ')}`,
  checks: [IsIn(LEVELS, { message: `must be one of ${LEVELS.join(', ')}` })],
};

export const PUBLIC_URL: Variable = {
  name: 'PUBLIC_URL', description: 'Address that people use, such as https://touchline.example; with https, cookies are marked Secure; links in mails begin with it, and `dataschema` of facts that others are told, so it is the same for the API and all workers',
  checks: [Matches(/^https?:\/\/[^\s]+$/, { message: 'must be a URL that starts with http:// or https://' })],
};

export const SMTP_URL: Variable = {
  name: 'TOUCHLINE_SMTP_URL', secret: true, description: 'Mail server, such as smtp://user:password@mail.example:587, or smtps:// for TLS from the start',
  checks: [Matches(/^smtps?:\/\/[^\s]+$/, { message: 'must be a URL that starts with smtp:// or smtps://' })],
};

export const MAIL_FROM: Variable = {
  name: 'TOUCHLINE_MAIL_FROM', description: 'Sender of mails, such as "Support <support@touchline.example>"',
  checks: [Matches(/^[^\r\n@]*@[^\s@>]+>?$/, { message: 'must be an e-mail address, with or without a name before it' })],
};

export const PRIVATE_WEBHOOKS: Variable = {
  name: 'TOUCHLINE_PRIVATE_WEBHOOKS', description: 'Whether webhooks may go to addresses that are not public: on or off',
  parse: onOrOff, checks: [IsBoolean({ message: 'must be on or off' })],
};

export const OPERATIONS_PORT: Variable = {
  name: 'TOUCHLINE_OPERATIONS_PORT', description: 'Port, apart from that of the pages, on which operators find /metrics (Prometheus), /health/live and /health/ready; 0 takes any free one',
  parse: PORT.parse!, checks: PORT.checks,
};

export const OPERATIONS_HOST: Variable = {
  name: 'TOUCHLINE_OPERATIONS_HOST', description: 'Address of that port. It asks for no key: let nobody but operators reach it',
  checks: HOST.checks,
};

export const TRACES: Variable = {
  name: 'OTEL_EXPORTER_OTLP_ENDPOINT', description: 'Where traces go, by OTLP over HTTP, such as http://127.0.0.1:4318; OTEL_EXPORTER_OTLP_HEADERS, OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES hold as well',
  checks: [Matches(/^https?:\/\/[^\s]+$/, { message: 'must be a URL that starts with http:// or https://' })],
};

export const SAMPLER: Variable = {
  name: 'OTEL_TRACES_SAMPLER', description: `Which traces are sent: one of ${SAMPLERS.join(', ')}. Those with \`parentbased\` do as the caller does who traces`,
  checks: [IsIn(SAMPLERS, { message: `must be one of ${SAMPLERS.join(', ')}` })],
};

export const SAMPLER_ARG: Variable = {
  name: 'OTEL_TRACES_SAMPLER_ARG', description: 'The share that `traceidratio` sends: 0 to 1',
  parse: (text) => (/^[\d.]+$/.test(text) ? Number(text) : NaN), checks: [Min(0, isShare), Max(1, isShare)],
};

export const KAFKA_URL: Variable = {
  name: 'KAFKA_URL', secret: true, description: 'Kafka: kafka://host:port,host:port, or kafka+tls://user:password@host:port?sasl=scram-sha-512',
  checks: [Matches(/^kafka(\+tls)?:\/\/([^:@/]+:[^@/]+@)?[A-Za-z0-9._:,[\]-]+:\d{1,5}\/?(\?sasl=(plain|scram-sha-256|scram-sha-512))?$/, { message: 'must be a Kafka URL, such as kafka://127.0.0.1:9092' })],
};

export const HOME: Variable = {
  name: 'TOUCHLINE_HOME', description: 'Folder of the built-in database, the master key, and the note by which `npx touchline` finds the server',
  checks: [Matches(/^[^\0]+$/, { message: 'must be the path of a folder' })],
};

export const DEMO: Variable = {
  name: 'TOUCHLINE_DEMO', description: 'Whether an empty tenant `demo` is told the invented story: on or off',
  parse: onOrOff, checks: [IsBoolean({ message: 'must be on or off' })],
};

export const EVENT_STORE: Variable = {
  name: 'EVENT_STORE', description: 'Where the log is: postgres, or eventstoredb with a mirror in PostgreSQL (libs/event-store/EVENTSTOREDB.md). The same for all processes',
  checks: [IsIn(['postgres', 'eventstoredb'], { message: 'must be postgres or eventstoredb' })],
};

export const EVENTSTORE_URL: Variable = {
  name: 'EVENTSTORE_URL', secret: true, description: 'EventStoreDB: esdb://user:password@host:2113, or esdb+discover://… for a cluster; `?tls=false` for one without TLS',
  checks: [Matches(/^esdb(\+discover)?:\/\/[^\s]+$/, { message: 'must be an address such as esdb://127.0.0.1:2113?tls=false' })],
};

export const ROLES: Variable = {
  name: 'TOUCHLINE_ROLES', description: 'What this worker does: `all`, or some of its roles with commas between them: mirror, projections, reactions, kafka-in, kafka-out, webhooks',
  parse: (text) => text.split(',').map((role) => role.trim()),
  checks: [Matches(/^[a-z-]+$/, { each: true, message: 'must be `all`, or names of roles with commas between them' })],
};

export const API_URL: Variable = {
  name: 'TOUCHLINE_URL', description: 'Address of the API to talk to',
  checks: [Matches(/^https?:\/\/[^\s/]+[^\s]*$/, { message: 'must be an http address, such as http://127.0.0.1:3000' })],
};

export const API_KEY: Variable = {
  name: 'TOUCHLINE_KEY', description: 'API key to talk with', secret: true,
  checks: [Matches(/^\S+$/, { message: 'must be an API key, without spaces' })],
};

export const VARIABLES: readonly Variable[] = [DATABASE_URL, MASTER_KEY, NEW_MASTER_KEY, PORT, HOST, LOG_LEVEL, PUBLIC_URL, SMTP_URL, MAIL_FROM, PRIVATE_WEBHOOKS, EVENT_STORE, EVENTSTORE_URL, KAFKA_URL, ROLES, OPERATIONS_PORT, OPERATIONS_HOST, TRACES, SAMPLER, SAMPLER_ARG, HOME, DEMO, API_URL, API_KEY];
