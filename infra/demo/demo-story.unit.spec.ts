import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { contradictionsIn, findType, keywords, schemaOf } from '#journey';
import { REPORT_FIGURES } from '#insight';
import { weekday } from './calendar.js';
import { demoCompany } from './demo-company.js';
import { demoStories, demoStory } from './demo-story.js';

const berlin = { today: '2026-11-23', timeZone: 'Europe/Berlin', seed: 7 };
const events = demoStory(berlin);
const of = (type: string) => events.filter((event) => event.type === type);

describe('The demo', () => {
  it('is the same to the byte for the same seed and day, and another one for another seed', () => {
    expect(JSON.stringify(demoStory(berlin))).toBe(JSON.stringify(events));
    expect(JSON.stringify(demoStory({ ...berlin, seed: 2 }))).not.toBe(JSON.stringify(events));
  });

  it('speaks the published language, without a contradiction', () => {
    const ajv = new Ajv({ strict: true });
    formats.default(ajv);
    ajv.addVocabulary([...keywords]);
    const compiled = new Map<string, ValidateFunction>();
    const wrong = events.filter(({ type, version = findType(type)!.version, data }) => {
      const key = `${type} ${version}`;
      const validate = compiled.get(key) ?? ajv.compile(schemaOf(type, version) as object);
      compiled.set(key, validate);
      return !validate(data) || contradictionsIn(type, version, data).length > 0;
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('amends facts with data that their own type takes', () => {
    for (const { data } of of('record.amended')) {
      const { event, data: better } = data as { event: { source: string; id: string }; data: object };
      const amended = events.find(({ source, id }) => source === event.source && id === event.id)!;
      expect(new Ajv({ strict: false }).addVocabulary([...keywords]).addFormat('date', true).validate(schemaOf(amended.type, 1) as object, better)).toBe(true);
    }
    expect(of('record.amended')).toHaveLength(1);
    const retracted = of('record.retracted').flatMap(({ data }) => data.events as { source: string; id: string }[]);
    expect(retracted.map((ref) => events.some(({ source, id }) => source === ref.source && id === ref.id))).toEqual([true]);
  });

  it.each([['2026-11-23', 'Europe/Berlin', '2026-11-22T23:00:00.000Z'], ['2027-03-28', 'America/New_York', '2027-03-28T04:00:00.000Z'], ['2028-02-29', 'Pacific/Auckland', '2028-02-28T11:00:00.000Z']])(
    'told on %s in %s ends on the day before, and nothing is known before it happened',
    (today, timeZone, midnight) => {
      const story = demoStory({ seed: 3, today, timeZone });
      const last = story[story.length - 1]!.observedAt;
      expect(story.filter(({ time, observedAt }) => observedAt < time || time >= midnight || observedAt >= midnight)).toEqual([]);
      expect(Date.parse(midnight) - Date.parse(last)).toBeLessThan(3 * 86_400_000);
      const made = new Map(story.filter(({ type }) => type === 'promise.made').map(({ data, time }) => [data.promise, time]));
      expect(story.filter(({ type, data, time }) => type === 'promise.kept' && !(time > made.get(data.promise)!))).toEqual([]);
      expect(story.every(({ observedAt }, index) => index === 0 || story[index - 1]!.observedAt <= observedAt)).toBe(true);
    },
  );

  it('refuses a day that is none', () => {
    expect(() => demoStory({ ...berlin, today: '2026-13-01' })).toThrow('"2026-13-01" is not a date');
  });

  it('names every event once, and every customer by the same id whatever the day', () => {
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(events.length);
    const named = (story: typeof events) => story.filter(({ type }) => type === 'customer.registered' || type === 'contact.added').map(({ id, data }) => `${id} ${String(data.name)}`).sort();
    expect(named(demoStory({ ...berlin, today: '2027-02-01' }))).toEqual(named(events));
  });

  it('has the size of a demo: sixty customers, some who left, two years, a load of seconds', () => {
    expect(of('customer.registered')).toHaveLength(84);
    expect(of('subscription.ended')).toHaveLength(28);
    expect(events.length).toBeGreaterThan(10_000);
    expect(events.length).toBeLessThan(25_000);
    const unclaimed = new Set(events.filter(({ customer }) => customer.system !== 'crm').map(({ customer }) => customer.id));
    expect([...unclaimed].sort()).toEqual(['D-9040', 'ORG-7731', 'site-5c1']);
    expect(of('usage.reported')[0]!.time < '2025-08').toBe(true);
    expect(of('ticket.opened')[0]!.time < '2025-02').toBe(true);
  });

  it('has invented people and companies only: addresses end in .example, no known name', () => {
    const names = of('customer.registered').map(({ data }) => data.name as string);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => /siemens|bosch|sap|telekom|bayer|allianz|basf|daimler|lidl|aldi|microsoft|google|amazon|oracle|ibm|bmw|volkswagen|lufthansa/i.test(name))).toEqual([]);
    const emails = of('contact.added').map(({ data }) => data.email as string);
    expect(emails.filter((email) => !/^[a-z]+\.[a-z]+@[a-z-]+\.example$/.test(email))).toEqual([]);
  });

  it('looks like real life: answers, week days, holidays', () => {
    const rate = of('survey.responded').length / of('survey.sent').length;
    expect(rate).toBeGreaterThan(0.3);
    expect(rate).toBeLessThan(0.7);
    const opened = of('ticket.opened').map(({ time }) => weekday(Math.floor(Date.parse(time) / 86_400_000)));
    expect(opened.filter((day) => day > 4)).toEqual([]);
    const activeIn = (from: string) => of('usage.reported').filter(({ data }) => data.from === from).reduce((sum, { data }) => sum + (data.active as number), 0);
    expect(activeIn('2025-12-22')).toBeLessThan(0.85 * activeIn('2025-12-01'));
    const verbatims = of('survey.responded').map(({ data }) => data.verbatim).filter((text) => text !== undefined);
    expect(new Set(verbatims).size).toBeGreaterThan(80);
  });

  it('touches every family of facts that the doors take', () => {
    const families = new Set(events.map(({ type }) => type.slice(0, type.indexOf('.'))));
    expect([...families].sort()).toEqual(['competitor', 'contact', 'cost', 'customer', 'deployment', 'engagement', 'feedback', 'goal', 'invoice', 'outage', 'promise', 'record', 'renewal', 'sale', 'subscription', 'survey', 'task', 'ticket', 'usage']);
    expect(events.filter(({ version }) => version === 1).every(({ type }) => type === 'survey.responded')).toBe(true);
    expect(of('survey.responded').some(({ version }) => version === 1)).toBe(true);
    expect(of('customer.parent-changed')).toHaveLength(2);
  });

  it('shows what was lost, what single tickets cost, and promises and outcomes that ended either way', () => {
    const lost = of('sale.lost');
    expect([lost.length > 20, lost.every(({ data }) => typeof data.reason === 'string'), lost.some(({ data }) => data.competitor === undefined), new Set(lost.map(({ data }) => data.competitor)).size > 3]).toEqual([true, true, true, true]);
    const opened = new Map(of('sale.opportunity-opened').map(({ data, time }) => [data.opportunity, time]));
    expect(lost.filter(({ data, time }) => !(opened.get(data.opportunity)! < time))).toEqual([]);
    const tickets = new Set(of('ticket.resolved').map(({ customer, data }) => `${customer.id} ${data.ticket as string}`));
    const costs = of('cost.service-cost-recorded').filter(({ data }) => data.ticket !== undefined);
    expect([costs.length > 100, costs.filter(({ customer, data }) => !tickets.has(`${customer.id} ${data.ticket as string}`))]).toEqual([true, []]);
    const ended = (type: string) => of(type).length;
    expect([ended('promise.kept') > 100, ended('promise.broken') > 10, ended('goal.outcome-confirmed') > 20, ended('goal.outcome-rejected') > 0]).toEqual([true, true, true, true]);
    expect(new Set(of('promise.made').map(({ data }) => data.kind))).toEqual(new Set(['delivery', 'fix', 'answer']));
  });

  it('has a company that spends, aims at figures there are, and decides by facts of the story', () => {
    const facts = demoCompany(berlin.today);
    const ajv = new Ajv({ strict: true }).addVocabulary([...keywords]);
    formats.default(ajv);
    expect(facts.filter(({ type, data }) => !ajv.validate(schemaOf(type, 1) as object, data) || contradictionsIn(type, 1, data).length > 0)).toEqual([]);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    const said = (type: string) => facts.filter((fact) => fact.type === `company.${type}`).map(({ data }) => data as any);
    const known = REPORT_FIGURES.map(({ id }) => id as string);
    expect(said('target-set').filter(({ figure }) => !known.includes(figure))).toEqual([]);
    expect([...new Set(said('target-set').map(({ period }) => period))]).toEqual(['2026-Q4', '2026-Q3', '2026-Q2']);
    expect(new Set(said('period-spend-recorded').map(({ purpose }) => purpose))).toEqual(new Set(['acquire', 'retain']));
    const decisions = said('decision-recorded');
    expect([new Set(decisions.map(({ state }) => state)), decisions.some(({ evidence }) => !evidence)]).toEqual([new Set(['taken', 'declined', 'asked']), true]);
    const evidence = decisions.flatMap(({ evidence: all = [] }) => all);
    expect(evidence.filter(({ figure, event }: any) => (figure ? !known.includes(figure) : !events.some(({ source, id }) => source === event.source && id === event.id)))).toEqual([]);
    expect(facts.filter(({ at }) => at !== undefined && at >= '2026-11-23')).toEqual([]);
  });

  it('tells six stories of six customers who are there', () => {
    expect(demoStories).toHaveLength(6);
    for (const { customer, name } of demoStories) expect(of('customer.registered').find((event) => event.customer.id === customer.id)?.data.name).toBe(name);
  });
});
