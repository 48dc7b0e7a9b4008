import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '../envelope.js';
import { usualWeek } from '../working-time/calendar.js';
import { firstLook, followsFrom, withdrawals } from './follow.js';
import { policyAfter, type RecoveryPolicy, usualPolicy } from './policy.js';
import { recoveriesIn } from './recovery.js';
import { answered, hour, told } from './testing/facts.js';

const calendar = { timeZone: 'UTC', week: usualWeek, holidays: [] };
const calendarAt = () => calendar;
const registered = told('customer.registered', -100, { name: 'Otterbank', segment: 'enterprise', owner: 'mara' });

/** Takes facts one by one, each with what follows from it, as an engine would. */
function live(facts: readonly JourneyEvent[], policy: RecoveryPolicy = usualPolicy) {
  const events: JourneyEvent[] = [registered];
  for (const fact of facts) {
    events.push(fact);
    if (!fact.type.startsWith('survey.')) continue;
    for (let twice = 0; twice < 2; twice++) {
      const follows = followsFrom(fact, `R-${String(fact.data['survey'])}`, { events, root: 'c', policy, calendarAt, now: fact.occurredAt });
      if (twice) expect(follows).toEqual([]);
      events.push(...follows.map(({ type, data }) => told(type, 0, data as Record<string, unknown>, { occurredAt: fact.occurredAt })));
    }
  }
  const types = events.filter(({ type }) => type.startsWith('recovery.')).map(({ type, data }) => `${type.slice('recovery.'.length)} ${String(data['recovery'])}`);
  return { types, events, recoveries: [...recoveriesIn(events).values()] };
}

const closed = (hours: number, recovery = 'R-V-1') => [told('recovery.contacted', hours, { recovery, worked: 1 }), told('recovery.closed', hours, { recovery, worked: 1 })];
const next = (hours: number, score: number, data: object = {}) => answered(hours, score, { survey: 'V-2', ...data });
const marked = (hours: number, survey: string) => told('survey.marked-complaint', hours, { survey, contact: 'ines' });

describe('An answer', () => {
  it.each([
    ['below the bar', answered(0, 3), ['low-answer']],
    ['at the bar', answered(0, 4), null],
    ['that asks to be contacted, however good', answered(0, 5, { wantsContact: true }), ['wants-contact']],
    ['below the bar that its author drew', answered(0, 4, { instrument: { kind: 'csat', min: 1, max: 5, bar: 5 } }), ['low-answer']],
    ['of 6 to the NPS question', answered(0, 6, { instrument: { kind: 'nps', min: 0, max: 10 } }), ['low-answer']],
    ['of 7 to the NPS question', answered(0, 7, { instrument: { kind: 'nps', min: 0, max: 10 } }), null],
    ['of 3 of 7 on effort', answered(0, 3, { instrument: { kind: 'ces', min: 1, max: 7 } }), ['low-answer']],
    ['in the lower half of a scale of your own', answered(0, 2, { instrument: { kind: 'custom', min: 1, max: 4 } }), ['low-answer']],
  ])('%s', (_, answer, reasons) => {
    expect(live([answer]).recoveries.map((each) => each.reasons)).toEqual(reasons === null ? [] : [reasons]);
  });

  it('has one recovery, also when it is revised, or taken for a complaint; a good one does not close it but is told', () => {
    const { types, recoveries } = live([answered(0, 2), answered(1, 1, {}, 'survey.response-revised'), marked(2, 'V-1'), answered(3, 5, {}, 'survey.response-revised')]);
    expect(types).toEqual(['opened R-V-1', 'answer-revised R-V-1', 'answer-revised R-V-1']);
    expect(recoveries).toMatchObject([{ state: 'open', answer: { survey: 'V-1', score: 2, bar: 4 }, tickets: ['T-1'], contact: 'ines', customer: 'c' }]);
  });

  it('opens one when it is revised downwards, or taken for a complaint, later on', () => {
    expect(live([answered(0, 5), answered(1, 2, {}, 'survey.response-revised')]).recoveries).toMatchObject([{ reasons: ['low-answer'], since: hour(1) }]);
    expect(live([answered(0, 5), marked(1, 'V-1')]).recoveries).toMatchObject([{ reasons: ['complaint'], answer: { score: 5 } }]);
  });

  it('confirms what was closed before it by the same person, and only that', () => {
    expect(live([answered(0, 2), ...closed(5), next(9, 5)]).recoveries).toMatchObject([{ state: 'closed', proof: { fix: 'confirmed', survey: 'V-2', at: hour(9) } }]);
    expect(live([answered(0, 2), ...closed(5), next(9, 5, { contact: 'jan' })]).recoveries).toMatchObject([{ proof: null }]);
    expect(live([answered(0, 2), ...closed(5), next(4, 5)]).recoveries).toMatchObject([{ proof: null }]);
    expect(live([answered(0, 2), ...closed(5), answered(9, 5, {}, 'survey.response-revised')]).types).toEqual(['opened R-V-1', 'contacted R-V-1', 'closed R-V-1', 'fix-confirmed R-V-1', 'answer-revised R-V-1']);
  });

  it('disproves it, which opens it again in place of another; only the first answer after it counts', () => {
    const disproved = live([answered(0, 2), ...closed(5), next(9, 1), marked(10, 'V-2'), answered(11, 1, { survey: 'V-2' }, 'survey.response-revised')]);
    expect(disproved.types).toEqual(['opened R-V-1', 'contacted R-V-1', 'closed R-V-1', 'fix-disproved R-V-1', 'reopened R-V-1', 'answer-revised R-V-1']);
    expect(disproved.recoveries).toMatchObject([{ state: 'open', reopenings: 1, surveys: ['V-1', 'V-2'], proof: { fix: 'disproved' } }]);
    const proved = live([answered(0, 2), ...closed(5), next(9, 5), answered(12, 1, { survey: 'V-3' })]);
    expect(proved.types.slice(3)).toEqual(['fix-confirmed R-V-1', 'opened R-V-3']);
    const again = live([answered(0, 2), ...closed(5), next(9, 1), ...closed(20), answered(30, 5, { survey: 'V-3' })]);
    expect(again.recoveries).toMatchObject([{ state: 'closed', proof: { fix: 'confirmed', survey: 'V-3' } }]);
  });

  it('that confirmed a fix and is revised to a miss, or taken for a complaint, disproves it after all', () => {
    const confirmed = [answered(0, 2), ...closed(5), next(9, 5)];
    const revised = live([...confirmed, answered(10, 1, { survey: 'V-2' }, 'survey.response-revised'), answered(11, 1, { survey: 'V-2' }, 'survey.response-revised')]);
    expect(revised.types.slice(3)).toEqual(['fix-confirmed R-V-1', 'fix-disproved R-V-1', 'reopened R-V-1', 'answer-revised R-V-1']);
    expect(revised.recoveries).toMatchObject([{ state: 'open', proof: { fix: 'disproved', survey: 'V-2' }, surveys: ['V-1', 'V-2'] }]);
    expect(live([...confirmed, marked(10, 'V-2')]).types.slice(3)).toEqual(['fix-confirmed R-V-1', 'fix-disproved R-V-1', 'reopened R-V-1']);
  });

  it('that confirmed a fix and has a recovery of its own confirms it no more when it becomes a miss, and opens nothing again', () => {
    const { types, recoveries } = live([answered(0, 2), ...closed(5), next(9, 5, { wantsContact: true }), answered(10, 1, { survey: 'V-2' }, 'survey.response-revised')]);
    expect(types.slice(3)).toEqual(['fix-confirmed R-V-1', 'opened R-V-2', 'fix-disproved R-V-1', 'answer-revised R-V-2']);
    expect(recoveries).toMatchObject([{ state: 'closed', proof: { fix: 'disproved' }, surveys: ['V-1'] }, { state: 'open', surveys: ['V-2'] }]);
  });

  it('disproves the one that was closed last, whichever was opened first', () => {
    const two = [answered(0, 2), answered(1, 2, { survey: 'V-2' })];
    expect(live([...two, ...closed(5), ...closed(6, 'R-V-2'), answered(9, 1, { survey: 'V-3' })]).types.slice(6)).toEqual(['fix-disproved R-V-2', 'reopened R-V-2']);
    expect(live([...two, ...closed(6), ...closed(5, 'R-V-2'), answered(9, 1, { survey: 'V-3' })]).types.slice(6)).toEqual(['fix-disproved R-V-1', 'reopened R-V-1']);
  });

  it('of a merged customer has a recovery of its own, though both know an asking of that number; the one that opened the other again has that one', () => {
    const twin = { stream: { tenant: 't', category: 'customer', id: 'twin' } };
    const around = { root: 'c', policy: usualPolicy, calendarAt, now: hour(20) };
    const events = [registered];
    const take = (fact: JourneyEvent) => {
      const follows = followsFrom(fact, `R-${fact.stream.id}-${String(fact.data['survey'])}`, { ...around, events: [...events, fact] });
      events.push(fact, ...follows.map(({ type, data, customer, at }) => told(type, 0, data as Record<string, unknown>, { occurredAt: at, stream: { ...fact.stream, id: customer } })));
      return follows.map(({ type, customer, data }) => `${type.slice('recovery.'.length)} ${customer} ${String(data['recovery'])}`);
    };
    expect(take({ ...answered(0, 2), ...twin })).toEqual(['opened twin R-twin-V-1']);
    expect(take(answered(1, 2, { contact: 'jan' }))).toEqual(['opened c R-c-V-1']);
    events.push(told('recovery.closed', 20, { recovery: 'R-twin-V-1', worked: 1 }, twin));
    expect(take(next(21, 1))).toEqual(['fix-disproved twin R-twin-V-1', 'reopened twin R-twin-V-1']);
    expect(take(answered(22, 1, { survey: 'V-2' }, 'survey.response-revised'))).toEqual(['answer-revised twin R-twin-V-1']);
    expect(firstLook(told('survey.response-viewed', 23, { survey: 'V-2', viewer: 'mara' }), { events, calendarAt })).toMatchObject({ type: 'recovery.acknowledged', customer: 'twin', data: { recovery: 'R-twin-V-1' } });
  });

  it('that is amended is judged anew, and told where its score is another', () => {
    const { recoveries: [recovery], events } = live([answered(0, 2)]);
    const amendment = { source: 'helpdesk', id: 'correction' };
    const amended = (score: number) => followsFrom({ ...events[1]!, data: { ...events[1]!.data, score } }, 'R-V-1', { events, root: 'c', policy: usualPolicy, calendarAt, now: hour(1) }, amendment);
    expect(amended(2)).toEqual([]);
    expect(amended(5)).toEqual([{ type: 'recovery.answer-revised', customer: 'c', at: hour(1), data: { recovery: recovery!.id, survey: 'V-1', score: 5, because: amendment } }]);
  });

  it.each<[string, JourneyEvent[], string, string[], object]>([
    ['withdraws what it alone opened', [answered(0, 2)], 'V-1', ['answer-withdrawn'], { state: 'withdrawn' }],
    ['leaves what was taken for a complaint', [answered(0, 5), marked(1, 'V-1')], 'V-1', [], { state: 'open' }],
    ['leaves what was taken for a complaint since', [answered(0, 2), marked(1, 'V-1')], 'V-1', [], { state: 'open' }],
    ['leaves what is closed', [answered(0, 2), ...closed(5)], 'V-1', [], { state: 'closed' }],
    ['proves nothing any more', [answered(0, 2), ...closed(5), next(9, 5)], 'V-2', ['answer-withdrawn'], { state: 'closed', proof: null }],
    ['disproves nothing any more: closed as it was', [answered(0, 2), ...closed(5), next(9, 1)], 'V-2', ['answer-withdrawn', 'closed'], { state: 'closed', proof: null }],
  ])('that is taken back %s', (_, facts, survey, expected, state) => {
    const kept = live(facts).events.filter(({ type, data }) => type !== 'survey.responded' || data['survey'] !== survey);
    const around = { calendarAt, now: hour(20) };
    const follows = withdrawals({ source: 'helpdesk', id: 'correction' }, { ...around, events: kept });
    expect(follows.map(({ type }) => type.slice('recovery.'.length))).toEqual(expected);
    const after = [...kept, ...follows.map(({ type, data, at }) => told(type, 0, data as Record<string, unknown>, { occurredAt: at }))];
    expect([...recoveriesIn(after).values()]).toMatchObject([state]);
    expect(withdrawals({ source: 'helpdesk', id: 'correction' }, { ...around, events: after })).toEqual([]);
  });

  it('that is given again after it was taken back opens its recovery anew', () => {
    const withdrawn = told('recovery.answer-withdrawn', 1, { recovery: 'R-V-1', survey: 'V-1' });
    const { types, recoveries } = live([answered(0, 2), withdrawn, answered(3, 1)]);
    expect(types).toEqual(['opened R-V-1', 'answer-withdrawn R-V-1', 'opened R-V-1']);
    expect(recoveries).toMatchObject([{ state: 'open', since: hour(3), answer: { score: 1 } }]);
  });

  it('is looked after by the first rule that fits, else by who looks after the customer, else by whom the policy names', () => {
    const clocks = { look: 60, contact: 120, close: 600 };
    const rules = [{ queues: ['Network'], owner: 'nina' }, { segments: ['enterprise'], instruments: ['after-ticket'], escalateTo: 'boss' }, { owner: 'rest' }];
    const policy = policyAfter([told('recoverypolicy.set', -200, { clocks, rules, otherwise: 'desk', escalateTo: 'head', reason: 'x' })]);
    const ticket = told('ticket.opened', -5, { ticket: 'T-1', queue: 'Network' });
    expect(live([ticket, answered(0, 2)], policy).recoveries).toMatchObject([{ owner: 'nina', escalateTo: 'head', clocks: { look: { minutes: 60, by: hour(2) } } }]);
    expect(live([answered(0, 2)], policy).recoveries).toMatchObject([{ owner: 'mara', escalateTo: 'boss' }]);
    expect(live([told('customer.owner-assigned', -1, { owner: 'jonas' }), answered(0, 2)]).recoveries).toMatchObject([{ owner: 'jonas', escalateTo: null, clocks: { look: { minutes: 240 } } }]);
    expect(live([answered(0, 2, { instrument: { kind: 'nps', min: 0, max: 10 } })], policy).recoveries).toMatchObject([{ owner: 'rest' }]);
  });
});
