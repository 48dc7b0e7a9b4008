import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { validate } from 'class-validator';
import { codeField } from './code-field.js';
import { CauseForm } from './recovery-forms.dto.js';

const patternsIn = (text: string): string[] => [...text.matchAll(/ pattern="([^"]+)"/g)].map(([, pattern]) => pattern!);

describe('A field for a code', () => {
  it('lets a browser refuse what we would refuse, and says which signs it takes', async () => {
    const { text } = codeField('Cause', 'cause', { required: true });
    expect(text).toMatch(/ title="[^"]+ no spaces" required>/);
    // As browsers compile it.
    const pattern = new RegExp(`^(?:${patternsIn(text)[0]!})$`, 'v');
    for (const cause of ['late-call', 'a/b:c_d.1', 'late call', 'late call!', 'naïve', 'a@b', 'a\\b']) {
      const flaws = await validate(Object.assign(new CauseForm(), { version: '1.1', cause }));
      expect([cause, pattern.test(cause)]).toEqual([cause, flaws.length === 0]);
    }
  });

  it('is as every pattern of the pages: one that a browser can read', () => {
    const sources = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const found = sources.flatMap((name) => patternsIn(readFileSync(`${import.meta.dirname}/${name}`, 'utf8')).map((pattern) => ({ name, pattern })));
    const made = found.filter(({ pattern }) => pattern.includes('${'));
    // What is put together is read as it comes out: above.
    expect(made.map(({ name }) => name)).toEqual(['code-field.ts']);
    const written = found.filter((each) => !made.includes(each));
    expect(written).not.toHaveLength(0);
    for (const { pattern } of written) expect(() => new RegExp(pattern, 'v')).not.toThrow();
  });
});
