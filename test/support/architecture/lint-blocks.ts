import { DOES_WITHOUT, DOORS, MAY_IMPORT, PURE, PUTS_TOGETHER, TOOLS } from './house-rules.js';

interface Pattern {
  readonly regex: string;
  readonly message: string;
  readonly allowTypeImports?: true;
}

/** One entry of `overrides` in `.oxlintrc.json`. */
export interface LintBlock {
  readonly files: readonly string[];
  readonly rules: { readonly 'no-restricted-imports': readonly ['error', { readonly patterns: readonly Pattern[] }] };
}

/** What the house rules say of imports, as oxlint takes it: editors and `npm run check` refuse the same as the architecture test. */
export const lintBlocks = (): LintBlock[] => Object.keys(MAY_IMPORT).map((room) => ({
  files: [room === 'infra' ? 'infra/**/*.ts' : `${room}/src/**/*.ts`],
  rules: { 'no-restricted-imports': ['error', { patterns: patternsOf(room) }] },
}));

function patternsOf(room: string): Pattern[] {
  const doors = DOORS.filter((door) => !MAY_IMPORT[room]!.includes(door));
  return [
    ...(doors.length === 0 ? [] : [{ regex: `^(${doors.join('|')})$`, message: `${room} has no way through this door.` }]),
    { regex: pathsOutOf(room), message: 'What lies in another room is imported through its door.' },
    ...packagesOf(room),
  ];
}

function pathsOutOf(room: string): string {
  const others = Object.keys(MAY_IMPORT).filter((other) => other !== room && other !== 'infra' && !PUTS_TOGETHER[room]?.includes(other)).map((other) => other.split('/')[1]);
  return `^\\.\\.?/(.*/)?((${others.join('|')})/src${room === 'infra' ? '' : '|infra'}|test)/`;
}

function packagesOf(room: string): Pattern[] {
  const message = `${room} does without this package.`;
  // Which types the language may take is for the architecture test: a pattern cannot make an exception.
  if (PURE.includes(room)) return [{ regex: packageOtherThan(TOOLS[room]!), message, ...(room === 'libs/journey' && { allowTypeImports: true }) }];
  const names = DOES_WITHOUT[room];
  return names ? [{ regex: `^(${names.join('|')})(/|$)`, message }] : [];
}

/** The pattern of every package but these, said without looking ahead, which lint's patterns cannot: it leaves their names at some letter, or goes on after one. */
function packageOtherThan(names: readonly string[]): string {
  const beginnings = [...new Set(names.flatMap((name) => [...name].map((_, place) => name.slice(0, place))))];
  const leaves = beginnings.map((begun) => {
    const letters = [...new Set(names.filter((name) => name.startsWith(begun)).map((name) => name[begun.length]!))].join('');
    return begun === '' ? `[^.#${letters}]` : `${begun}([^${letters}]|$)`;
  });
  return `^(${leaves.join('|')}|${names.map((name) => `${name}.`).join('|')})`;
}
