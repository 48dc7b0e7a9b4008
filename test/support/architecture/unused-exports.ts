import { dirname, join } from 'node:path/posix';

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

const DECLARED = /^export (?:abstract )?(?:async )?(?:function\*?|const|class) (\w+)/gm;
const LISTED = /^export \{([^}]*)\} from/gm;
const WHOLE = /^export \* from '(.*)\.js'/gm;

/** Values that a file exports and no other file names. Types are left out: they name what the values take and give. */
export function unusedExports(files: readonly SourceText[], exceptions: ReadonlySet<string>): string[] {
  const words = wordsOf(files);
  return files.filter(({ path }) => !path.endsWith('/index.ts')).flatMap(({ path, text }) =>
    matches(text, DECLARED).filter((name) => !exceptions.has(name) && !files.some((other) => other.path !== path && words.get(other.path)!.has(name)))
      .map((name) => `${path} exports ${name}, which nobody uses`));
}

/** Values that a library hands out through its door and that nobody outside the library names. */
export function unusedThroughDoors(files: readonly SourceText[], exceptions: ReadonlySet<string>): string[] {
  const words = wordsOf(files);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return files.filter(({ path }) => /^libs\/[a-z-]+\/src\/index\.ts$/.test(path)).flatMap(({ path, text }) => {
    const room = path.slice(0, -'src/index.ts'.length);
    const listed = matches(text, LISTED).flatMap((names) => names.split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type ')));
    const whole = matches(text, WHOLE).flatMap((target) => matches(texts.get(`${join(dirname(path), target)}.ts`) ?? '', DECLARED));
    return [...listed, ...whole]
      .filter((name) => !exceptions.has(name) && !files.some((other) => !other.path.startsWith(room) && words.get(other.path)!.has(name)))
      .map((name) => `${path} hands out ${name}, which nobody outside uses`);
  });
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!);

const wordsOf = (files: readonly SourceText[]) => new Map(files.map(({ path, text }) => [path, new Set(text.match(/\w+/g) ?? [])]));
