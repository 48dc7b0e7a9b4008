import { type Setting, type SettingsClass, settingsOf } from './setting.js';
import { VARIABLES } from './variables.js';

/** The settings of all apps as a Markdown table: who reads a variable, and what holds there when it is not set. */
export function settingsTable(apps: readonly SettingsClass[]): string {
  const rows = VARIABLES.map((variable) => {
    const uses = apps.flatMap((Settings) => settingsOf(Settings).filter((setting) => setting.variable === variable).map((setting) => ({ app: Settings.app, without: without(setting) })));
    const same = [...new Set(uses.map((use) => use.without))].map((text) => ({ text, readers: uses.filter((use) => use.without === text).map(({ app }) => app) }));
    const unset = same.length === 1 ? same[0]!.text : same.map(({ text, readers }) => `${readers.join(', ')}: ${text}`).join('; ');
    return `| \`${variable.name}\` | ${uses.map(({ app }) => app).join(', ')} | ${unset} | ${variable.description}${variable.secret ? ' (secret)' : ''} |`;
  });
  return ['| variable | read by | when not set | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function without({ default: fallback, otherwise }: Setting): string {
  return fallback === undefined ? otherwise ?? '**required**' : `\`${fallback}\``;
}
