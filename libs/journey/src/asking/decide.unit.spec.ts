import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '../envelope.js';
import { decide, type Decided } from './decide.js';
import { builtInInstruments } from './instruments.js';
import { askAfterFact, askByCalendar, causeFor } from './moments.js';
import { nextRenewal } from './renewal.js';
import type { Program } from './programs.js';
import { rehearse } from './rehearse.js';
import { evolve, nothingKnown, stateOf } from './state.js';

const DAY = 86_400_000;
const START = Date.parse('2026-03-01T08:00:00Z');
const at = (days: number) => new Date(START + days * DAY).toISOString();
let place = 0;
const fact = (days: number, type: string, data: Record<string, unknown>, stream = 'c1'): JourneyEvent => ({
  type, data, occurredAt: at(days), observedAt: at(days), recordedAt: at(days), stream: { tenant: 't', category: 'customer', id: stream }, position: `1.${(place += 1)}`,
  revision: 0, source: 's', id: `e${place}`, version: 1, witnessed: true, actor: { kind: 'system', id: 's' },
});
const csat = builtInInstruments.find(({ id }) => id === 'csat')!;
const afterTicket: Program = { program: 'after-ticket', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail' };
const added = (contact: string, more: object = {}) => fact(-100, 'contact.added', { contact, name: 'N', role: 'user', email: 'e', ...more });
const opened = (days: number, ticket = 'T1', contact: string | undefined = 'ann') => fact(days, 'ticket.opened', { ticket, ...(contact && { contact }) });
const moment = (days: number, erased: string[] = []) => ({ at: at(days), dayOf: (instant: string) => instant.slice(0, 10), erased: new Set(erased), idOf: (parts: readonly string[]) => parts.join('/') });

function after(days: number, facts: readonly JourneyEvent[], { program = afterTicket, erased = [] as string[] } = {}): Decided | undefined {
  const solved = facts.findLast(({ type }) => type === 'ticket.resolved')!;
  return askAfterFact({ program, instrument: csat }, causeFor(program, solved)!, moment(days, erased), stateOf('c1', facts))[0];
}
const reasonOf = (answer: Decided | undefined) => (answer?.type === 'survey.suppressed' ? answer.data.reason : answer?.type);

describe('Who opened a ticket', () => {
  it('is asked once it is solved, with the instrument that is asked and until when it can be answered', () => {
    expect(after(2, [added('ann'), opened(0), fact(1, 'ticket.resolved', { ticket: 'T1' })])).toEqual({ type: 'survey.requested', data: {
      survey: expect.stringContaining('after-ticket/s/'), instrument: { kind: 'csat', min: 1, max: 5, name: 'After a ticket', id: 'csat', version: 1, bar: 4, excellentFrom: 5 },
      program: 'after-ticket', because: { source: 's', id: expect.any(String) }, contact: 'ann', ticket: 'T1', subject: 'support', channel: 'mail', until: at(23),
    } });
  });

  it.each<[string, JourneyEvent[]]>([
    ['open-ticket', [opened(1, 'T2')]],
    ['ticket-reopened', [fact(1.5, 'ticket.reopened', { ticket: 'T1' })]],
    ['asked-lately', [fact(-20, 'survey.sent', { survey: 'V', contact: 'ann' })]],
    ['asked-lately', [fact(-20, 'survey.responded', { survey: 'V', contact: 'ann' })]],
    ['asked-lately', [fact(-20, 'survey.requested', { survey: 'V', contact: 'ann' }), fact(-20, 'survey.suppressed', { survey: 'V', contact: 'ann', reason: 'delivery-uncertain' })]],
    ['survey.requested', [fact(-20, 'survey.requested', { survey: 'V', contact: 'ann' }), fact(-20, 'survey.suppressed', { survey: 'V', contact: 'ann', reason: 'not-delivered' })]],
    ['survey.requested', [fact(-28.1, 'survey.sent', { survey: 'V', contact: 'ann' })]],
    ['survey.requested', [fact(-20, 'survey.sent', { survey: 'V', contact: 'bob' })]],
    ['left', [fact(1.5, 'contact.left', { contact: 'ann' })]],
    ['survey.requested', [fact(1.5, 'contact.left', { contact: 'ann' }), fact(1.6, 'contact.added', { contact: 'ann', name: 'N' })]],
    ['closed-customer', [fact(1.5, 'customer.closed', {})]],
    ['survey.requested', [fact(1.5, 'customer.closed', {}, 'merged-one')]],
    ['open-ticket', [fact(1.5, 'ticket.replied', { ticket: 'T9', by: 'customer', contact: 'ann' })]],
    ['survey.requested', [fact(1.5, 'ticket.opened', { ticket: 'T9', contact: 'bob' })]],
  ])('is answered with %s', (reason, more) => {
    const facts = [added('ann'), opened(0), fact(1, 'ticket.resolved', { ticket: 'T1' }), ...more].sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
    expect(reasonOf(after(2, facts))).toBe(reason);
  });

  it('is not asked who is unknown, has no address or was erased; by a webhook no address is needed', () => {
    const solved = fact(1, 'ticket.resolved', { ticket: 'T1' });
    expect(reasonOf(after(2, [fact(0, 'ticket.opened', { ticket: 'T1' }), solved]))).toBe('no-contact');
    expect(reasonOf(after(2, [opened(0), solved]))).toBe('no-address');
    expect(reasonOf(after(2, [added('ann'), opened(0), solved], { erased: ['ann'] }))).toBe('erased');
    expect(reasonOf(after(2, [opened(0), solved], { program: { ...afterTicket, channel: 'webhook', webhook: 'https://x.example' } }))).toBe('survey.requested');
  });

  it('is asked after it was solved again, and the same is decided once', () => {
    const facts = [added('ann'), opened(0), fact(1, 'ticket.resolved', { ticket: 'T1' }), fact(1.5, 'ticket.reopened', { ticket: 'T1' }), fact(2, 'ticket.resolved', { ticket: 'T1' })];
    const answer = after(3, facts)!;
    expect(answer.type).toBe('survey.requested');
    expect(after(3, [...facts, fact(3, answer.type, answer.data)])).toBeUndefined();
  });

  it('is asked only where the program is for the segment', () => {
    const facts = [fact(-200, 'customer.registered', { name: 'C', segment: 'small' }), added('ann'), opened(0), fact(1, 'ticket.resolved', { ticket: 'T1' })];
    expect(after(2, facts, { program: { ...afterTicket, segments: ['large'] } })).toBeUndefined();
    expect(after(2, facts, { program: { ...afterTicket, segments: ['small'] } })?.type).toBe('survey.requested');
  });
});

describe('A program that goes by the calendar', () => {
  const quarterly: Program = { program: 'q', instrument: 'nps', trigger: 'cadence', whom: 'payers', channel: 'mail', days: 90 };
  const said = (program: Program, facts: readonly JourneyEvent[], from: number, to: number) => rehearse('c1', facts, {
    program, instrument: csat, ...moment(0), mornings: Array.from({ length: to - from }, (_, day) => at(from + day)),
  }).map(({ at: when, answer }) => [Math.round((Date.parse(when) - START) / DAY), reasonOf(answer), answer.data.contact]);

  it('asks everybody of the role every so many days, also who was known long before', () => {
    expect(said(quarterly, [added('ann', { role: 'both' }), added('bob'), added('cem', { role: 'payer' })], 0, 200)).toEqual([0, 90, 180].flatMap((day) => ['ann', 'cem'].map((who) => [day, 'survey.requested', who])));
  });

  it('says once a turn that somebody was held back, and asks when nothing is in the way any more', () => {
    const facts = [added('ann', { role: 'payer' }), opened(-1), fact(9.5, 'ticket.resolved', { ticket: 'T1' })];
    expect(said(quarterly, facts, 0, 120)).toEqual([[0, 'open-ticket', 'ann'], [10, 'survey.requested', 'ann'], [100, 'survey.requested', 'ann']]);
  });

  it('asks once before a renewal, and again before the next', () => {
    const facts = [added('ann', { role: 'payer' }), fact(-300, 'subscription.started', { subscription: 'S', renewsOn: '2026-04-30', termMonths: 6, autoRenew: true })];
    expect(said({ ...quarterly, trigger: 'before-renewal', days: 30 }, facts, 0, 250)).toEqual([[30, 'survey.requested', 'ann'], [213, 'survey.requested', 'ann']]);
    expect(said({ ...quarterly, trigger: 'before-renewal', days: 30 }, [...facts, fact(10, 'subscription.cancellation-requested', { subscription: 'S' })], 0, 250)).toEqual([]);
  });

  it('knows the next renewal from whatever was said of it last', () => {
    const terms = (...facts: [string, Record<string, unknown>][]) => stateOf('c1', facts.map(([type, data], day) => fact(day, type, { subscription: 'S', ...data }))).terms.values();
    const started = ['subscription.started', { renewsOn: '2026-01-31', termMonths: 1, autoRenew: true }] as [string, Record<string, unknown>];
    expect(nextRenewal(terms(started), '2026-02-01')).toBe('2026-02-28');
    expect(nextRenewal(terms(['subscription.started', { renewsOn: '2026-01-31' }]), '2026-02-01')).toBeNull();
    expect(nextRenewal(terms(started, ['renewal.opened', { dueOn: '2026-05-01' }]), '2026-02-01')).toBe('2026-05-01');
    expect(nextRenewal(terms(started, ['renewal.renewed', { renewsOn: '2027-01-31' }]), '2026-02-01')).toBe('2027-01-31');
    expect(nextRenewal(terms(started, ['renewal.lapsed', {}]), '2026-02-01')).toBeNull();
  });
});

const who = fc.constantFrom('ann', 'bob', 'cem');
const ticket = fc.constantFrom('T1', 'T2', 'T3', 'T4');
const lives = fc.array(fc.record({ hours: fc.integer({ min: 0, max: 200 }), what: fc.constantFrom('opened', 'opened', 'replied', 'reopened', 'resolved', 'resolved', 'closed', 'left', 'added', 'answered'), who, ticket }), { maxLength: 80 });

/** Told without the decider: the tickets that a person opened or wrote about, and the last that was said of each. */
function hasOpen(story: readonly JourneyEvent[], contact: string): boolean {
  const mine = new Set(story.filter(({ type, data }) => type.startsWith('ticket.') && data['contact'] === contact).map(({ data }) => data['ticket']));
  return [...mine].some((id) => !/resolved|closed/.test(story.findLast(({ type, data }) => data['ticket'] === id && /^ticket\.(opened|reopened|resolved|closed)$/.test(type))?.type ?? 'open'));
}

describe('Whatever happens', () => {
  it('nobody is asked twice within 30 days, with an open ticket, or once they have left', () => {
    let asked = 0;
    fc.assert(fc.property(lives, (life) => {
      const programs: Program[] = [afterTicket, { ...afterTicket, program: 'users', whom: 'users' }, { ...afterTicket, program: 'often', trigger: 'cadence', days: 31, whom: 'everybody' }];
      const story: JourneyEvent[] = [added('ann'), added('bob'), added('cem')];
      const state = story.reduce(evolve, nothingKnown('c1'));
      const times: [string, number][] = [];
      let day = 0;
      const tell = (event: JourneyEvent) => { story.push(event); evolve(state, event); };
      for (const step of life) {
        day += step.hours / 24;
        const type = step.what === 'left' || step.what === 'added' ? `contact.${step.what}` : step.what === 'answered' ? 'survey.responded' : `ticket.${step.what}`;
        const told = fact(day, type, type.startsWith('contact.') ? { contact: step.who, role: 'user', email: 'e' } : step.what === 'answered' ? { survey: `V${place}`, contact: step.who }
          : { ticket: step.ticket, ...(/opened|replied/.test(step.what) && step.what !== 'reopened' && { contact: step.who }) });
        tell(told);
        if (step.what === 'answered') times.push([step.who, day]);
        for (const program of programs) {
          const cause = causeFor(program, told);
          for (const answer of cause ? askAfterFact({ program, instrument: csat }, cause, moment(day), state) : program.trigger === 'cadence' ? askByCalendar({ program, instrument: csat }, moment(day), state) : []) {
            const { contact } = answer.data as { contact: string };
            if (answer.type === 'survey.requested') {
              asked += 1;
              expect(hasOpen(story, contact)).toBe(false);
              expect(story.findLast(({ type: t, data }) => /^contact\./.test(t) && data['contact'] === contact)!.type).toBe('contact.added');
              expect(times.filter(([other, when]) => other === contact && day - when < 30 - 1e-9)).toEqual([]);
              times.push([contact, day]);
            }
            tell(fact(day, answer.type, answer.data));
          }
        }
      }
    }), { numRuns: 300 });
    expect(asked).toBeGreaterThan(300);
  });

  it('what is decided depends on nothing but the story', () => {
    const facts = [added('ann'), opened(0), fact(1, 'ticket.resolved', { ticket: 'T1' })];
    expect(decide({ survey: 'V', program: afterTicket, instrument: csat, contact: 'ann', at: at(2), erased: new Set() }, stateOf('c1', facts)))
      .toEqual(decide({ survey: 'V', program: afterTicket, instrument: csat, contact: 'ann', at: at(2), erased: new Set() }, stateOf('c1', facts)));
  });
});
