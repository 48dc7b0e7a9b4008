import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { type SettingsClass, settingsOf } from './setting.js';
import { VARIABLES } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown with a message that names every wrong variable, what is wrong with it, and what to do. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';
}

const OURS = VARIABLES.map(({ name }) => name).filter((name) => name.startsWith('TOUCHLINE_'));

/**
 * The settings of one app from the environment, whole and typed. `warn` is told of variables that look like ours and are not.
 * @throws WrongSettings naming every variable that is missing or wrong, without repeating a secret
 */
export function readSettings<T extends object>(Settings: SettingsClass<T>, environment: Environment, warn: (line: string) => void): T {
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('TOUCHLINE_') || name.startsWith('TOUCHLINE_TEST_') || OURS.includes(name)) continue;
    warn(`${name} does nothing: there is no such setting. There are ${OURS.join(', ')}.`);
  }
  const all = settingsOf(Settings);
  const given = (name: string) => environment[name]?.trim() || undefined;
  const settings = new Settings();
  Object.assign(settings, Object.fromEntries(all.map(({ property, variable: { name, parse }, default: fallback }) => {
    const text = given(name) ?? fallback;
    return [property, text === undefined || !parse ? text : parse(text)];
  })));
  const wrong = validateSync(settings).map(({ property, constraints }) => {
    const { name, secret } = all.find((setting) => setting.property === property)!.variable;
    const state = given(name) === undefined ? 'not set' : secret ? 'wrong' : `"${given(name)}"`;
    return `  ${name} is ${state}: it ${Object.values(constraints ?? {})[0]}`;
  });
  if (wrong.length === 0) return settings;
  throw new WrongSettings(`${Settings.app} cannot start with these settings:\n${wrong.join('\n')}\nSet them in the environment and start again. infra/OPERATING.md lists every setting.`);
}
