import { describe, expect, it } from '@jest/globals';
import { type Contact, firstScorecard, foldEvents, headline, profileOf, scoreHealth } from '#insight';
import type { JourneyEvent } from '#journey';
import { keptSummary } from '../customers/customer-answer.js';
import { ago, calendar, TODAY, told } from '../testing/facts.js';
import { nextDate, priorityOf } from './priority.js';
import { whatNotToDo } from './what-not-to-do.js';
import { whatToSay } from './what-to-say.js';
import { whomToCall } from './whom.js';
import { sinceWhen, whyNow } from './why-now.js';

const scoreOf = (events: JourneyEvent[]) => scoreHealth(foldEvents(events, calendar.dayOf), firstScorecard, TODAY);
const profile = (events: JourneyEvent[]) => profileOf(foldEvents(events, calendar.dayOf), TODAY);
const subscription = (id: string, amount: number, currency: string, renewsInDays: number, more = {}): [number, string, Record<string, unknown>] => (
  [300, 'subscription.started', { subscription: id, recurring: { amount, currency }, interval: 'year', renewsOn: ago(-renewsInDays), ...more }]);
const nps = { kind: 'nps', min: 0, max: 10 };

describe('Whom to call', () => {
  const person = (id: string, more: Partial<Contact>): Contact => ({ id, role: 'user', sponsor: false, persona: null, leftOn: null, refs: [1], ...more });
  const people = [person('una', {}), person('paul', { role: 'payer' }), person('sara', { role: 'payer', sponsor: true }), person('gone', { leftOn: 1 })];
  const who = (events: JourneyEvent[], group?: string, contacts = people) => {
    const choice = whomToCall(contacts, group, events);
    return choice && [choice.contact.id, choice.because];
  };

  it('is the sponsor, else who pays, else a user, else whoever is known', () => {
    expect(who([])).toEqual(['sara', 'is the sponsor']);
    expect(who([], 'adoption', people.slice(0, 2))).toEqual(['paul', 'decides about the money']);
    expect(who([], undefined, people.slice(0, 1))).toEqual(['una', 'is one of the users']);
    expect(who([], undefined, [person('x', { role: null })])).toEqual(['x', 'is a contact whose role is not known']);
    expect(who([], undefined, people.slice(3))).toBeUndefined();
  });

  it('is whoever asked for a call and was not spoken with since', () => {
    const asked = told([10, 'survey.responded', { survey: 's', contact: 'una', score: 2, instrument: nps, wantsContact: true }]);
    expect(who(asked)).toEqual(['una', 'asked to be called']);
    expect(who([...asked, ...told([5, 'engagement.call-held', { with: ['una'], twoWay: true }])])![0]).toBe('sara');
  });

  it('is whoever waits for a ticket where support is the trouble', () => {
    const open = told([9, 'ticket.opened', { ticket: 'a', contact: 'paul' }], [8, 'ticket.opened', { ticket: 'b', contact: 'una' }], [7, 'ticket.resolved', { ticket: 'a' }]);
    expect(who(open, 'support')).toEqual(['una', 'waits for an open ticket']);
    expect(who(open, 'voice')![0]).toBe('sara');
  });

  it('is for a large account who decides, unless the user still waits for something', () => {
    const asked = told([40, 'survey.responded', { survey: 's', contact: 'una', score: 2, instrument: nps, wantsContact: true }], [0, 'usage.reported', {}]);
    const large = (events: JourneyEvent[]) => whomToCall(people, undefined, events, true)!.contact.id;
    expect([who(asked)![0], large(asked)]).toEqual(['una', 'sara']);
    expect(large([...told([9, 'ticket.opened', { ticket: 'a', contact: 'una' }]), ...asked])).toBe('una');
    expect(large(told([10, 'survey.responded', { survey: 's', contact: 'una', score: 2, instrument: nps, wantsContact: true }]))).toBe('una');
    expect(whomToCall([person('una', {})], undefined, asked, true)!.contact.id).toBe('una');
  });

  it('is of several payers the one who was spoken with last', () => {
    const payers = [person('pia', { role: 'payer', refs: [1] }), person('paul', { role: 'payer', refs: [2] })];
    expect(who([], undefined, payers)![0]).toBe('pia');
    expect(who(told([40, 'engagement.call-held', { with: ['paul'], twoWay: true }]), undefined, payers)![0]).toBe('paul');
  });
});

describe('What to say', () => {
  it('has open promises with their dates, the last words with their place, and what was mended since', () => {
    const events = told(
      [60, 'engagement.call-held', { twoWay: true, with: ['una'] }],
      [30, 'promise.made', { promise: 'p', what: 'A quote.', dueOn: ago(3) }], [29, 'promise.made', { promise: 'q', what: 'A visit', dueOn: ago(-8) }], [28, 'promise.made', { promise: 'r', what: 'Training' }],
      [25, 'ticket.opened', { ticket: 't', subject: 'Nothing prints' }], [20, 'promise.kept', { promise: 'r' }], [12, 'ticket.resolved', { ticket: 't' }],
      [10, 'survey.responded', { survey: 's', contact: 'una', score: 2, instrument: nps, verbatim: ' Slow. ' }],
    );
    expect(whatToSay(events, calendar)).toEqual({
      openPromises: ['A quote (was due 20 Nov)', 'A visit (due 1 Dec)'],
      lastWords: { text: 'Slow.', on: ago(10), about: 'in an answer of 2 out of 10', contact: 'una' },
      fixedSince: ['The promise “Training” was kept on 3 Nov.', '“Nothing prints” was resolved on 11 Nov.'],
    });
  });

  const lastWords = (...facts: Parameters<typeof told>) => whatToSay(told(...facts), calendar).lastWords;
  const chat = (days: number, text = 'Yes, two is fine, I am at my desk.'): [number, string, Record<string, unknown>] => [days, 'ticket.replied', { ticket: 't', by: 'customer', text }];
  const answered = (days: number, score: number, verbatim: string): [number, string, Record<string, unknown>] => [days, 'survey.responded', { survey: `s${days}`, score, instrument: nps, verbatim }];

  it('quotes what carries something: a low answer or why a ticket came back goes before small talk and praise', () => {
    expect(lastWords(answered(60, 2, 'Slow.'), answered(30, 9, 'Fine people.'), [9, 'ticket.opened', { ticket: 't' }], chat(1))).toMatchObject({ text: 'Slow.' });
    expect(lastWords(answered(60, 2, 'Slow.'), [50, 'ticket.opened', { ticket: 't', contact: 'una', subject: 'Tills' }], [40, 'ticket.reopened', { ticket: 't', reason: 'Came back overnight.' }], chat(1)))
      .toEqual({ text: 'Came back overnight.', on: ago(40), about: 'when the ticket “Tills” came back', contact: 'una' });
    expect(lastWords([9, 'ticket.opened', { ticket: 't' }], chat(1, 'Second day. Please ring me.'))).toMatchObject({ text: 'Second day. Please ring me.', about: 'on a ticket' });
    expect(lastWords(answered(200, 1, 'Bad.'), answered(20, 9, 'Better now.'))).toMatchObject({ text: 'Better now.' });
  });

  it('quotes nobody where there is only small talk', () => {
    expect(lastWords([9, 'ticket.opened', { ticket: 't' }], chat(5), chat(1, 'Thank you, that was quick.'))).toBeNull();
    expect(lastWords([9, 'ticket.opened', { ticket: 't' }], chat(3, 'It is loud here.'), [1, 'ticket.resolved', { ticket: 't' }])).toBeNull();
  });

  it('calls nothing mended that broke again', () => {
    const events = told([25, 'ticket.opened', { ticket: 't' }], [20, 'ticket.replied', { ticket: 't', by: 'customer', text: 'Again.' }], [12, 'ticket.resolved', { ticket: 't' }], [9, 'ticket.reopened', { ticket: 't' }]);
    expect(whatToSay(events, calendar)).toMatchObject({ fixedSince: [], lastWords: { text: 'Again.', about: 'on a ticket' } });
  });
});

describe('What not to do', () => {
  const not = (events: JourneyEvent[]) => whatNotToDo(events, scoreOf(events), calendar);

  it('warns of what would make it worse, at most three sentences, the most harmful first', () => {
    const events = told(subscription('s', 100, 'EUR', 20), [50, 'subscription.cancellation-requested', { subscription: 's' }], [20, 'outage.customer-affected', { outage: 'o' }],
      [19, 'promise.made', { promise: 'p', dueOn: ago(5) }], [4, 'ticket.opened', { ticket: 't' }], [3, 'invoice.overdue', { invoice: 'i' }]);
    expect(not(events)).toEqual(['Do not talk of the renewal as if it were certain: a cancellation was asked for.', 'Do not say that the outage is nearly over unless you can name a time.',
      'Do not promise anything new before you have spoken about what was due on 18 Nov.']);
  });

  it('does not open with the renewal after a long silence, nor ask twice', () => {
    expect(not(told(subscription('s', 100, 'EUR', 20), [120, 'engagement.call-held', { twoWay: true }]))).toEqual(['Do not open with the renewal: there was no conversation in 120 days.']);
    expect(not(told([1, 'survey.responded', { survey: 's', score: 9, instrument: nps }]))).toEqual(['Do not ask for another rating: they answered 1 day ago.']);
    expect(not(told([5, 'survey.sent', { survey: 's' }]))).toEqual(['Do not send another survey: one is still waiting for an answer.']);
  });
});

describe('Why now', () => {
  it('has at most three sentences: the fall, what costs most, the date that is near', () => {
    const events = told(subscription('s', 100, 'EUR', 20), [50, 'ticket.opened', { ticket: 't' }], [40, 'ticket.escalated', { ticket: 't' }], [30, 'ticket.escalated', { ticket: 't' }]);
    const say = whyNow(scoreOf(events), profile(events), { band: 'at-risk', yesterday: 'watch', day: TODAY, told: [] });
    expect([say.length, say[0], say[2]]).toEqual([3, 'It was to be watched yesterday and is at risk today.', 'The renewal is in 20 days.']);
    expect(whyNow(scoreOf(events), profile(events), { band: 'at-risk', yesterday: 'at-risk', day: TODAY, told: [] })).toHaveLength(3);
    const overridden = whyNow(scoreOf(events), profile(events), { band: 'watch', yesterday: 'watch', day: TODAY, told: ['Overridden.', 'The payer sees it otherwise.'] });
    expect([overridden.slice(0, 2), overridden[2]]).toEqual([['Overridden.', 'The payer sees it otherwise.'], 'The renewal is in 20 days.']);
    expect(sinceWhen(scoreOf(events))).not.toBeNull();
    const bad = (days: number): [number, string, Record<string, unknown>] => [days, 'survey.responded', { survey: `s${days}`, score: 1, role: 'payer', instrument: nps }];
    expect(sinceWhen(scoreOf(told(...[700, 500, 300, 100].map(bad), [3, 'ticket.opened', { ticket: 't' }], [2, 'ticket.escalated', { ticket: 't' }])))).toBeNull();
  });
});

describe('The order', () => {
  const order = (score: number, amount: number, renewsIn: number, ...more: [number, string, Record<string, unknown>][]) => (
    priorityOf(score, profile(told(subscription('s', amount * 100, 'EUR', renewsIn), ...more)), TODAY));
  const asked: [number, string, Record<string, unknown>] = [10, 'subscription.cancellation-requested', { subscription: 's' }];

  it('counts whole units of each currency: a million yen are a million, not ten thousand', () => {
    expect(priorityOf(50, profile(told(subscription('s', 1_000_000, 'JPY', 300))), TODAY)).toEqual({
      priority: 500_000, because: '50 points below 100: 50 % of JPY 1,000,000 a year counts; nothing to decide within 90 days: urgency 1 of 10.' });
    expect(priorityOf(50, profile(told(subscription('s', 1_000_000, 'KWD', 300))), TODAY).priority).toBe(500);
    expect(priorityOf(50, profile(told(subscription('s', 20_000_00, 'EUR', 300), subscription('t', 30_000_00, 'USD', 300))), TODAY).because).toContain('USD 30,000 a year');
  });

  it('counts each customer for the least that counts', () => {
    expect(order(40, 1, 1)).toEqual({ priority: 5_940, because: '60 points below 100: 60 % of 1,000 a year (the least we reckon with) counts; the renewal is tomorrow: urgency 9.9 of 10.' });
  });

  it('is more urgent each day that the date comes nearer: tomorrow counts almost ten times as much as in 90 days', () => {
    const priorities = [90, 60, 30, 7, 1, 0].map((days) => order(60, 50_000, days).priority);
    expect(priorities).toEqual([20_000, 80_000, 140_000, 186_000, 198_000, 200_000]);
    expect(order(60, 50_000, 300).priority).toBe(20_000);
  });

  it('puts a request to cancel above the same customer without one: all is at risk, and it is urgent from the first day', () => {
    expect(order(40, 50_000, 300, asked)).toEqual({
      priority: 400_000, because: 'A cancellation was asked for and can still be withdrawn: 100 % of EUR 50,000 a year counts; the end that was asked for is in 300 days: urgency 8 of 10.' });
    expect(order(40, 50_000, 5, asked).priority).toBe(475_000);
    expect(order(40, 50_000, 300, asked, [3, 'subscription.cancellation-withdrawn', { subscription: 's' }]).priority).toBe(30_000);
    expect(priorityOf(80, profile(told(subscription('s', 30_000_00, 'EUR', 300), subscription('t', 70_000_00, 'EUR', 300), asked)), TODAY).because).toContain('30 % of EUR 100,000 a year counts');
  });

  it('looks at the next date of any subscription, also when another one\'s is past, and at the end that was asked for', () => {
    const two = told(subscription('s', 100, 'EUR', -10), subscription('t', 100, 'EUR', 40, { noticeDays: 30 }));
    expect(nextDate(profile(two), TODAY)).toEqual({ day: TODAY + 10, what: 'the last day to give notice' });
    expect(nextDate(profile(told(subscription('s', 100, 'EUR', 40, { noticeDays: 30 }), [3, 'subscription.cancellation-requested', { subscription: 's', effectiveOn: ago(-25) }])), TODAY))
      .toEqual({ day: TODAY + 25, what: 'the end that was asked for' });
  });
});

describe('A line of a list', () => {
  it('has no score where too little is known, and says how much is', () => {
    const events = told([5, 'ticket.opened', { ticket: 't' }]);
    const line = { card: firstScorecard, override: null, seen: null, risk: { standing: 'prospect' as const, probability: null, atRisk: [] }, day: TODAY, profile: profile(events), headline: headline(foldEvents(events, calendar.dayOf), firstScorecard, TODAY, 3) };
    expect(line.headline.score).not.toBeNull();
    expect(keptSummary({ ...line, band: 'unknown' })).toMatchObject({ score: null, band: 'unknown', say: ['Too little is known to tell: 20 % of what counts, 40 % are needed.'] });
    expect(keptSummary({ ...line, band: 'watch' }).score).not.toBeNull();
  });
});
