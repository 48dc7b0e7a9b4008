import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, From, HOME_OTHERWISE, homeFolder, readSettings, variables, WrongSettings } from '#startup';
import { CliError, Unreachable } from './terminal.js';

/** The environment of the command line. */
export class CliSettings {
  static readonly app = 'npx touchline';

  @From(variables.API_URL, { otherwise: 'what `npm start` left in its home' }) readonly url?: string;
  @From(variables.API_KEY, { otherwise: 'what `npm start` left in its home' }) readonly key?: string;
  @From(variables.HOME, { otherwise: HOME_OTHERWISE }) private readonly givenHome?: string;

  get home(): string {
    return homeFolder(this.givenHome);
  }
}

export interface ConnectionOptions {
  readonly url?: string;
  readonly key?: string;
}

/** Which Touchline is talked to, and as whom. */
export interface Connection {
  readonly url: URL;
  readonly key: string;
}

/** From the options, else TOUCHLINE_URL and TOUCHLINE_KEY, else what `npm start` left in `<home>/server.json`. @throws Unreachable when neither says */
export function connectionOf(options: ConnectionOptions, environment: Environment, warn: (line: string) => void): Connection {
  const settings = settingsFrom(environment, warn);
  const file = join(settings.home, 'server.json');
  const left = readLeft(file);
  const url = options.url ?? settings.url ?? left.url;
  const key = options.key ?? settings.key ?? left.key;
  if (url === undefined) throw new Unreachable(`Which Touchline? Start one here with \`npm start\` (it writes ${file}), or name one with --url or TOUCHLINE_URL.`);
  if (key === undefined || !/^\S+$/.test(key)) throw new Unreachable('No API key: give one with --key or TOUCHLINE_KEY. `npm start` prints the one it made.');
  return { url: parseUrl(url), key };
}

function settingsFrom(environment: Environment, warn: (line: string) => void): CliSettings {
  try {
    return readSettings(CliSettings, environment, warn);
  } catch (error) {
    throw error instanceof WrongSettings ? new CliError(error.message) : error;
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new CliError(`"${text}" is not an http address; write one such as http://localhost:4700.`);
}

function readLeft(file: string): { url?: string; key?: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new CliError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    const { url, key } = JSON.parse(text) as { url?: unknown; key?: unknown };
    return { ...(typeof url === 'string' ? { url } : {}), ...(typeof key === 'string' ? { key } : {}) };
  } catch {
    throw new CliError(`${file} is damaged; start again with \`npm start\`, or use --url and --key.`);
  }
}
