import { describe, expect, it } from '@jest/globals';
import type { ClockAnswer, RecoveryAnswer, RecoveryItem } from '#read-model';
import { recoveryView } from './recovery-view.js';

const clock = (name: ClockAnswer['clock'], more: Partial<ClockAnswer> = {}): ClockAnswer => ({ clock: name, minutes: 60, used: 30, by: '2026-11-26T12:00:00Z', doneAt: null, escalatedAt: null, state: 'running', ...more });
const recovery: RecoveryItem = {
  id: 'R-1', customer: { id: 'c', name: 'Heron' }, state: 'open', reasons: ['low-answer', 'wants-contact'], since: '2026-11-26T10:00:00Z', openedAt: '2026-11-26T10:00:00Z', reopenedAt: null, reopenings: 0, closedAt: null, owner: 'anna', escalateTo: null,
  clocks: [clock('look'), clock('contact'), clock('close')], next: null, overdue: false, answer: { survey: 'V-1', score: 2, kind: 'csat', min: 1, max: 5, bar: 4 }, contact: 'p', tickets: [], others: [], cause: null, sameCause: null, prevention: null,
  done: { contact: false, cause: false, prevention: false }, proof: null, arr: [], version: '1.7',
};
const told: RecoveryAnswer['story'][number] = { position: '1.1', source: 's', id: 'a', type: 'survey.responded', words: 'a survey was answered', occurredAt: '2026-11-26T10:00:00Z', actor: { kind: 'system', id: 's' }, data: { verbatim: 'Three days!' } };
const contacts = [{ id: 'k', name: 'Kim' }, { id: 'p', name: 'Pat' }].map((each) => ({ ...each, leftOn: null })) as never;
const page = (more: Partial<RecoveryItem> = {}) => recoveryView({ answer: { now: '2026-11-26T11:00:00Z', recovery: { ...recovery, ...more }, story: [told], alike: [] }, contacts, form: {}, mayWrite: true, timeZone: 'UTC' }).text;

describe('The page of a recovery', () => {
  it('begins with what the customer wrote, and that they ask to be contacted', () => {
    const [top] = page().split('<h2>Clocks');
    expect(top).toMatch(/an answer below the bar, asks to be contacted[^]*Three days!/);
  });

  it('offers a talk with who answered first, known or not, and with nobody in particular where nobody did', () => {
    const chosen = (contact: string | null) => /<option value="([^"]*)" selected>/.exec(page({ contact }).split('With whom')[1]!)![1];
    expect([chosen('p'), chosen('stranger'), chosen(null)]).toEqual(['p', 'stranger', '']);
    expect(page().split('With whom')[1]).toMatch(/^<select name="contact"><option value="p" selected>Pat</);
  });

  it('says of a clock that ran out who was told, or that nobody is', () => {
    const clocks = [clock('look', { state: 'overdue', escalatedAt: '2026-11-26T12:00:00Z' })];
    expect(page({ clocks })).toMatch(/overdue<\/strong> since [^]*, and nobody is told/);
    expect(page({ clocks, escalateTo: 'head' })).toMatch(/overdue<\/strong> since [^]*, which was escalated to head/);
  });

  it('tells what was said before it was opened again apart from what is missing since', () => {
    const again = page({ reopenedAt: '2026-11-26T14:00:00Z', reopenings: 1, cause: 'late-call', prevention: { noneBecause: null }, clocks: [clock('contact', { state: 'done', doneAt: '2026-11-26T11:00:00Z' })] });
    expect(again).toMatch(/done after 30 min, before it was opened again/);
    expect(again).toMatch(/late-call, as was said before it was opened again[^]*there is one, as was said before it was opened again/);
    expect(again).toContain('To be closed it needs, since it was opened again, a talk with the customer, a cause,');
    expect(page({ cause: 'late-call', done: { contact: true, cause: true, prevention: false } })).not.toContain('before it was opened again');
  });
});
