import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { complaints, countLines } from './suite-report.mjs';

const FOLDERS = ['apps', 'libs', 'infra', 'test'];

/** Prints the tests per kind, and fails a run of the whole suite that lost a file or skipped a test. */
export default class CountReporter {
  #config;
  #error;

  constructor(globalConfig) {
    this.#config = globalConfig;
  }

  onRunComplete(_contexts, results) {
    const root = this.#config.rootDir;
    const files = results.testResults.map((file) => ({
      path: relative(root, file.testFilePath).split(sep).join('/'),
      passed: file.numPassingTests,
      failed: file.testExecError ? Math.max(1, file.numFailingTests) : file.numFailingTests,
      skipped: file.numPendingTests + file.numTodoTests,
    }));
    const wrong = wholeSuite(this.#config) ? complaints(files, specsOnDisk(root)) : [];
    if (wrong.length > 0) this.#error = new Error(wrong.join('\n'));
    // Jest prints its own summary after every reporter; the counts are to be the last word.
    process.once('exit', () => process.stdout.write(`\n${[...wrong, ...countLines(files)].join('\n')}\n`));
  }

  getLastError() {
    return this.#error;
  }
}

function wholeSuite({ testPathPatterns, testNamePattern, onlyChanged, findRelatedTests, runTestsByPath, shard, onlyFailures }) {
  return !(testPathPatterns.isSet() || testNamePattern || onlyChanged || findRelatedTests || runTestsByPath || shard || onlyFailures);
}

function specsOnDisk(root) {
  return FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.split(sep).join('/')}`))
    .filter((path) => path.endsWith('.spec.ts'));
}
