import { basename } from 'node:path';

const KINDS = ['unit', 'db', 'e2e'];

const kindOf = (path) => /\.(unit|db|e2e)\.spec\.ts$/.exec(path)?.[1];

/** Counts per kind. A file that could not run at all counts as one failed test. */
export function countPerKind(files) {
  return KINDS.map((kind) => {
    const mine = files.filter(({ path }) => kindOf(path) === kind);
    const sum = (field) => mine.reduce((total, file) => total + file[field], 0);
    return { kind, files: mine.length, passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  });
}

/** The lines to print; the last one is `N passed, N failed`, with `, N skipped` when there are any. */
export function countLines(files) {
  const counts = countPerKind(files);
  const total = (field) => counts.reduce((sum, count) => sum + count[field], 0);
  const rows = counts.map(({ kind, files: n, passed, failed, skipped }) =>
    `${kind.padEnd(5)}${String(n).padStart(4)} files ${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`);
  const skipped = total('skipped');
  return [...rows, `${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`];
}

/** What is wrong with a run of the whole suite, one sentence each; `onDisk` are all files that end in `.spec.ts`. */
export function complaints(files, onDisk) {
  const ran = new Map(files.map((file) => [file.path, file]));
  const named = onDisk.filter(kindOf);
  const say = (what, paths) => (paths.length > 0 ? [`${what}:\n${paths.map((path) => `  ${path}`).join('\n')}`] : []);
  return [
    ...say('Spec files without .unit, .db or .e2e before .spec.ts are never run', onDisk.filter((path) => !kindOf(path))),
    ...say('Spec files on disk that were not run', named.filter((path) => !ran.has(path))),
    ...say('Spec files without a single test', files.filter((file) => file.passed + file.failed + file.skipped === 0).map(({ path }) => path)),
    ...say('Skipped tests; we allow none', files.filter((file) => file.skipped > 0).map(({ path }) => path)),
  ];
}

/** Names of ours in the folder for temporary files that a run should have taken away; other runs at the same time have folders of their own. */
export function leftBehind(before, after, folder) {
  return after.filter((name) => name === basename(folder) || (name.startsWith('touchline-') && !name.startsWith('touchline-test-') && !before.includes(name)));
}
