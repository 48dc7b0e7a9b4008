import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min, validateSync } from 'class-validator';

interface SettingNote {
  readonly name: string;
  readonly description: string;
  readonly default?: string;
  readonly secret?: boolean;
}

const notes: (SettingNote & { property: string })[] = [];

/** Names the environment variable behind a property, and says what it is for. */
function Setting(note: SettingNote): PropertyDecorator {
  return (_, property) => void notes.push({ ...note, property: String(property) });
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** The environment of the API, read once and typed. */
export class Settings {
  @Setting({ name: 'DATABASE_URL', description: 'PostgreSQL as its owner: a role that may create roles and the schema `touchline`, and is no superuser', secret: true })
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'must be a PostgreSQL URL, such as postgres://user@host:5432/touchline' })
  readonly databaseUrl!: string;

  @Setting({ name: 'TOUCHLINE_MASTER_KEY', description: 'Opens the keys of personal data. 32 bytes in base64, from: openssl rand -base64 32. Keep it; without it personal fields stay sealed', secret: true })
  @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: 'must be 32 bytes in base64; make one with: openssl rand -base64 32' })
  readonly masterKey!: string;

  @Setting({ name: 'PORT', description: 'Port to listen on; 0 takes any free one', default: '3000' })
  @IsInt({ message: 'must be a whole number from 0 to 65535' }) @Min(0, { message: 'must be a whole number from 0 to 65535' })
  @Max(65_535, { message: 'must be a whole number from 0 to 65535' })
  readonly port!: number;

  @Setting({ name: 'HOST', description: 'Address to listen on; 0.0.0.0 for all', default: '127.0.0.1' })
  @Matches(/^[A-Za-z0-9.:-]+$/, { message: 'must be a host name or address, such as 127.0.0.1 or 0.0.0.0' })
  readonly host!: string;

  @Setting({ name: 'LOG_LEVEL', description: `One of ${LEVELS.join(', ')}`, default: 'info' })
  @IsIn(LEVELS, { message: `must be one of ${LEVELS.join(', ')}` })
  readonly logLevel!: string;

  @Setting({ name: 'PUBLIC_URL', description: 'Address that people use, such as https://touchline.example; with https, cookies are marked Secure' })
  @IsOptional() @Matches(/^https?:\/\/[^\s]+$/, { message: 'must be a URL that starts with http:// or https://' })
  readonly publicUrl?: string;
}

/** Thrown with a message that names every wrong variable and what to do. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';
}

/** @throws WrongSettings naming every variable that is missing or wrong */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const values = Object.fromEntries(notes.map(({ name, property, default: fallback }) => [property, environment[name]?.trim() || fallback]));
  const settings = plainToInstance(Settings, { ...values, port: /^\d+$/.test(values['port'] ?? '') ? Number(values['port']) : NaN });
  const wrong = validateSync(settings).map(({ property, constraints }) => {
    const { name } = notes.find((note) => note.property === property)!;
    const state = environment[name]?.trim() ? 'is wrong' : 'is not set';
    return `  ${name} ${state}: it ${Object.values(constraints ?? {})[0]}`;
  });
  if (wrong.length > 0) throw new WrongSettings(`The API cannot start with these settings. Set them in the environment and start again:\n${wrong.join('\n')}`);
  return settings;
}

/** The settings as a Markdown table, for the README. */
export function settingsTable(): string {
  const rows = notes.map(({ name, description, default: fallback, property, secret }) => {
    const optional = property === 'publicUrl' ? '' : 'required';
    return `| \`${name}\` | ${fallback ? `\`${fallback}\`` : optional} | ${description}${secret ? ' (secret)' : ''} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}
