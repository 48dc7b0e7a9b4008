import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cataloguePage } from './catalogue-page.js';
import { eventTypes } from './catalogue.js';

const page = new URL('../EVENTS.md', import.meta.url);

describe('The page of events', () => {
  it('is what the catalogue says today; if not: UPDATE=1 npm test -- libs/journey', () => {
    if (process.env.UPDATE) writeFileSync(page, cataloguePage());
    expect(readFileSync(page, 'utf8')).toBe(cataloguePage());
  });

  it('shows every type with its version and its example', () => {
    for (const { type, version, description, example } of eventTypes) {
      expect(cataloguePage()).toContain(`| ${version} | ${description} |`);
      expect(cataloguePage()).toContain(`### ${type}\n`);
      expect(cataloguePage()).toContain(JSON.stringify(example, null, 2));
    }
  });

  it('tells required, personal and referring fields apart', () => {
    expect(cataloguePage()).toContain('| ticket | required | code | Number of the ticket. |');
    expect(cataloguePage()).toContain('| *subject* |  | text, up to 1000 | Subject line. |');
    expect(cataloguePage()).toContain('| with |  | list of contact | Who at the customer. |');
    expect(cataloguePage()).toContain('| parent | required | customer or null |');
  });
});
