import { readFileSync } from 'node:fs';

/** The version of Touchline that runs, as its package says; `unknown` where there is none. */
export function softwareVersion(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { name?: string; version?: string };
      if (name === 'touchline' && version) return version;
    } catch {
      // Not here: further up.
    }
    if (new URL('..', folder).href === folder.href) return 'unknown';
  }
}
