import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstScorecard } from '#insight';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
const folder = mkdtempSync(join(tmpdir(), 'touchline-card-'));
const file = join(folder, 'card.json');
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => touchline(['scorecard', ...args], { url });
const summary = { id: 'mine', label: 'Mine', state: 'in-force', published: 2, newest: 2, assigned: ['whole'], decisions: [{ what: 'reverted', at: '2026-11-20T09:00:00.000Z', by: { kind: 'person', id: 'anna' }, position: '1.9', reason: 'too strict', version: 2, effect: null }] };
const effect = { customers: 3, held: 1, changed: 1, better: 0, worse: 1, bands: [{ from: 'watch', to: 'at-risk', customers: 1 }] };
const published = (more: object) => ({ published: { card: 'mine', version: 2, effect, scores: true, visible: true, ...more } });

describe('touchline scorecard', () => {
  it('list says what is in force, who is scored by which, and what was decided last', async () => {
    door.answers.set('GET /v1/scorecards', { status: 200, body: { scorecards: [summary], decisions: [], assignments: { whole: { rules: [{ segments: ['a', 'b'], regions: ['North'], card: 'mine' }], otherwise: 'first-scorecard' }, payer: null, user: { rules: [], otherwise: null } } } });
    const { out } = await run('list');
    expect(out).toContain('mine  Mine   in force         2       2  reverted 2026-11-20 by anna: too strict');
    expect(out).toContain('The score that counts:\n  segment a or b, region North: mine\n  everybody else: first-scorecard\nAs payers see us: nobody is looked at so.\nAs users see us:\n  everybody else: nobody');
  });

  it('show tells all that decides a score, and writes it down', async () => {
    const measures = [{ ...firstScorecard.measures[0]!, id: 'use', group: 'a', whenUnknown: 'worst', ceilings: [{ upTo: 0, score: 40 }] }];
    const card = {
      ...firstScorecard, id: 'mine', version: 2, combine: { kind: 'sum', start: 5, max: 10 }, whole: true, scale: { max: 10, decimals: 1 }, rollUp: { kind: 'blend', own: 0.4 }, bands: { ...firstScorecard.bands, boundary: 'belongs to the lower band' },
      groups: [{ id: 'a', label: 'A', weight: 5, combine: { kind: 'worst' }, cap: 80 }], measures,
    };
    door.answers.set('GET /v1/scorecards/mine', { status: 200, body: { summary, card } });
    const { out } = await run('show', 'mine');
    for (const text of ['mine version 2; in force.', 'Healthy above 70, watch above 45;', 'scale of 0 to 10 with 1 decimals', '40 % its own, the rest the mean of its children', 'The score: sum from 5, kept between 0 and 10; whole points.', 'the worst; at most 80 points']) expect(out).toContain(text);
    expect(out).toMatch(/use +a +9 +licenceUse +% of licences +60 +worst +40 at 0 +20 → 0, 80 → 1/);
    await run('show', 'mine', '--out', file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(card);
  });

  it('draft of what could not be published ends with 2, and says so', async () => {
    writeFileSync(file, '{"id":"mine"}');
    door.answers.set('POST /v1/scorecards', { status: 201, body: { id: 'mine', version: 3, status: 'drafted', position: '1.10', findings: [{ level: 'error', pointer: '/groups', say: 'Name a group.' }] } });
    const { code, out } = await run('draft', file, '--reason', 'x');
    expect({ code, out }).toEqual({ code: 2, out: 'mine version 3 is drafted.\nerror  /groups  Name a group.\nIt cannot be published as it is: correct it, and draft it again.' });
    expect(door.asked.at(-1)!.body).toEqual({ card: { id: 'mine' }, reason: 'x' });
  });

  it('publish says whose band changes, or that nobody is scored by it', async () => {
    door.answers.set('POST /v1/scorecards/mine/publish', { status: 200, body: published({}) });
    const { out } = await run('publish', 'mine', '--version-of', '2', '--reason', 'x');
    expect(door.asked.at(-1)!.body).toEqual({ reason: 'x', version: 2 });
    expect(out.split('\n')).toEqual(['mine version 2 is in force.', 'Of 3 customers, 1 change band: 0 for the better, 1 for the worse.', '  watch -> at-risk: 1', '  1 customer left out, of whom a fact cannot be read: npx touchline projections parked', 'Back: touchline scorecard revert mine --reason "..."']);
    door.answers.set('POST /v1/scorecards/mine/publish', { status: 200, body: published({ scores: false, effect: null }) });
    expect((await run('publish', 'mine', '--reason', 'x')).out).toBe('mine version 2 is in force.\nIt scores nobody yet: touchline scorecard assign whole --otherwise mine --reason "..." (or payer, or user, in place of whole)');
  });

  it('never takes the version of a scorecard for its own', async () => {
    const { code, err } = await run('publish', 'mine', '--version', '2', '--reason', 'x');
    expect([code, err]).toEqual([1, 'error: --version is that of touchline itself and stands alone; which version of something is --version-of.']);
  });

  it('assign reads rules as people write them, and refuses those it cannot', async () => {
    door.answers.set('POST /v1/scorecards/assignments/whole', { status: 200, body: published({}) });
    await run('assign', 'whole', '--rule', 'segment=a|b,region=North:mine', '--otherwise', 'first-scorecard', '--reason', 'x');
    expect(door.asked.at(-1)!.body).toEqual({ rules: [{ segments: ['a', 'b'], regions: ['North'], card: 'mine' }], otherwise: 'first-scorecard', reason: 'x' });
    for (const rule of ['mine', 'colour=red:mine', 'segment=:mine', 'segment=a:']) expect((await run('assign', 'whole', '--rule', rule, '--otherwise', 'x', '--reason', 'x')).err).toContain('--rule takes <trait=value:card>');
    expect((await run('assign', 'payer', '--otherwise', 'x', '--nobody-else', '--reason', 'x')).err).toContain('not both');
  });
});
