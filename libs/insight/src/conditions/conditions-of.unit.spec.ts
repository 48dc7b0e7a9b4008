import { describe, expect, it } from '@jest/globals';
import { foldEvents } from '../fold-events.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { conditionsOf } from './conditions-of.js';

const start = fact('subscription.started', 400, { subscription: 's', recurring: { amount: 1, currency: 'EUR' }, interval: 'month' }, { n: 1 });
const talk = (days: number) => fact('engagement.call-held', days, { twoWay: true, with: ['p'] });
const well = { score: 8000, band: 'healthy', before: null } as const;
const found = (events: Parameters<typeof foldEvents>[0], scored: Parameters<typeof conditionsOf>[2] = well, day = TODAY) => conditionsOf(foldEvents(events, utc), day, scored);
const names = (...args: Parameters<typeof found>) => found(...args).map(({ condition }) => condition);

describe('Conditions of a customer', () => {
  it('has silence from the 45th day without a word, whoever spoke last, and says since when', () => {
    expect(names([start, talk(44)])).toEqual([]);
    expect(found([start, talk(46)])).toMatchObject([{ condition: 'silence', since: TODAY - 1 }]);
    expect(names([start, talk(80), fact('ticket.replied', 10, { ticket: 'T', by: 'customer' })])).toEqual([]);
    expect(found([start])).toMatchObject([{ condition: 'silence', refs: [1] }]);
  });

  it('is broken by nothing that we plan or send', () => {
    expect(names([start, talk(46), fact('task.created', 1, { task: 't', what: 'Call', dueOn: ago(0) }), fact('survey.sent', 1, { survey: 'v' })])).toEqual(['silence']);
  });

  it('has a sponsor who is gone until another is named', () => {
    const gone = [start, talk(2), fact('contact.added', 90, { contact: 'p', role: 'payer', sponsor: true }), fact('contact.left', 9, { contact: 'p' }, { n: 7 })];
    expect(found(gone)).toMatchObject([{ condition: 'sponsor-gone', since: TODAY - 9, refs: expect.arrayContaining([7]) }]);
    expect(names([...gone, fact('contact.added', 1, { contact: 'q', role: 'payer', sponsor: true })])).toEqual([]);
  });

  it('has a stalled deployment once that is said, or 14 days after the planned day; not one that went on, live or cancelled', () => {
    const begun = (planned: number) => [start, talk(2), fact('deployment.started', 60, { deployment: 'd', plannedGoLive: ago(planned) })];
    expect(names(begun(13))).toEqual([]);
    expect(found(begun(14))).toMatchObject([{ condition: 'stalled-deployment', since: TODAY }]);
    expect(found([...begun(-30), fact('deployment.stalled', 5, { deployment: 'd' })])).toMatchObject([{ condition: 'stalled-deployment', since: TODAY - 5 }]);
    expect(names([...begun(-30), fact('deployment.stalled', 5, { deployment: 'd' }), fact('deployment.milestone-reached', 3, { deployment: 'd', milestone: 'Data' })])).toEqual([]);
    expect(names([...begun(40), fact('deployment.went-live', 3, { deployment: 'd' })])).toEqual([]);
    expect(names([...begun(40), fact('deployment.cancelled', 3, { deployment: 'd' })])).toEqual([]);
  });

  it('has notice that is near only within 60 days, and only where the health is not good or has fallen by 5 points', () => {
    const until = (days: number) => [talk(2), fact('subscription.started', 100, { subscription: 's', recurring: { amount: 1, currency: 'EUR' }, interval: 'month', renewsOn: ago(-days - 30), noticeDays: 30 })];
    const watch = { score: 6000, band: 'watch', before: null } as const;
    expect(names(until(61), watch)).toEqual([]);
    expect(names(until(60), watch)).toEqual(['notice-near-falling']);
    expect(names(until(-1), watch)).toEqual([]);
    expect(names(until(60), well)).toEqual([]);
    expect(names(until(60), { ...well, before: 8499 })).toEqual([]);
    expect(found(until(60), { ...well, before: 8500 })).toMatchObject([{ condition: 'notice-near-falling', since: null, say: expect.stringContaining('5 points lower') }]);
    expect(names(until(60), { score: null, band: 'unknown', before: null })).toEqual([]);
    expect(names([...until(20), fact('subscription.cancellation-requested', 3, { subscription: 's' })], watch)).toEqual([]);
  });

  it('has nothing of who has left or never came', () => {
    expect(names([start, fact('subscription.ended', 3, { subscription: 's' })])).toEqual([]);
    expect(names([fact('customer.registered', 400, { name: 'Acme' })])).toEqual([]);
  });
});
