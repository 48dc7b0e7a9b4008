import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { worstMeasures } from '#insight';
import { customers } from '../customers.js';
import type { DemoEvent } from '../demo-event.js';
import { demoStories, demoStory } from '../demo-story.js';
import { healthOf, histories } from '../testing/score-demo.js';
import { alsoHit } from './outage-without-eta.js';
import { CALLED } from './saved-by-a-call.js';

const zone = 'Europe/Berlin';
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const told = [['2026-11-23', 7], ['2027-05-03', 1]] as const;

describe.each(told)('In the demo of %s (seed %i)', (today, seed) => {
  const events = demoStory({ seed, today, timeZone: zone });
  const known = histories(events);
  const idOf = (title: string) => demoStories.find((story) => story.title === title)!.customer.id;
  const factsOf = (id: string, type: string) => events.filter((event) => event.customer.id === id && event.type === type);
  const health = (id: string, ago = 0) => healthOf(known.get(id)!, today, zone, ago);
  const points = (id: string, ago = 0) => health(id, ago).score.score! / 100;
  const worst = (id: string) => worstMeasures(health(id).score, 1)[0]!.id;
  const since = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString();

  it('the quiet payer has happy users and a silent payer', () => {
    const id = idOf('Quiet payer, happy users');
    const payers = new Set(factsOf(id, 'contact.added').filter(({ data }) => data.role !== 'user').map(({ data }) => (data.contact as { id: string }).id));
    const answers = factsOf(id, 'survey.responded').filter(({ time }) => time > since(200));
    const byUsers = answers.filter(({ data }) => data.role === 'user');
    expect(answers.filter(({ data }) => data.role === 'payer')).toEqual([]);
    expect(byUsers.length).toBeGreaterThan(2);
    expect(mean(byUsers.map(shareOf))).toBeGreaterThan(0.8);
    const withPayers = events.filter(({ customer, time, data }) => customer.id === id && time > since(200) && (data.with as { id: string }[] | undefined)?.some((one) => payers.has(one.id)));
    expect(withPayers).toEqual([]);
    expect([health(id).band, worst(id)]).toEqual(['watch', 'payer-contact']);
  });

  it('the green SLA is green and the experience is red', () => {
    const id = idOf('Green SLA, red experience');
    expect(factsOf(id, 'ticket.sla-missed')).toEqual([]);
    expect(factsOf(id, 'ticket.escalated')).toEqual([]);
    const answers = factsOf(id, 'survey.responded').filter(({ time, data }) => time > since(300) && data.role === 'user');
    expect(answers.length).toBeGreaterThan(3);
    expect(mean(answers.map(shareOf))).toBeLessThan(0.35);
    expect([health(id).band, worst(id)]).toEqual(['watch', 'user-voice']);
  });

  it('the outage has an end time for four customers and none for one', () => {
    const id = idOf('Outage without an end time');
    expect(alsoHit.map((other) => factsOf(other, 'outage.eta-given').length)).toEqual([1, 1, 1, 1]);
    expect(factsOf(id, 'outage.customer-affected')).toHaveLength(1);
    expect([...factsOf(id, 'outage.eta-given'), ...factsOf(id, 'outage.resolved')]).toEqual([]);
    expect(factsOf(id, 'ticket.replied').filter(({ id: key }) => key.includes('asked'))).toHaveLength(3);
    expect([health(id).band, worst(id)]).toEqual(['watch', 'outages']);
  });

  it('the survey was answered while the ticket was open again', () => {
    const id = idOf('Surveyed while still broken');
    const ticket = 'T-1104-mixer';
    const at = (type: string) => events.filter((event) => event.type === type && event.data.ticket === ticket).map(({ time }) => time);
    const [answer] = factsOf(id, 'survey.responded').filter(({ data }) => data.ticket === ticket);
    expect(answer!.data.score).toBe(1);
    expect(at('ticket.resolved').filter((time) => time < answer!.time)).toHaveLength(1);
    expect(at('ticket.reopened').filter((time) => time < answer!.time)).toHaveLength(1);
    expect(at('ticket.resolved')).toHaveLength(at('ticket.reopened').length);
    expect([health(id).band, worst(id)]).toEqual(['watch', 'reopened']);
  });

  it('the bad fit was known at the sale and leaves before its cost came back', () => {
    const id = idOf('Bad fit, leaving before payback');
    expect(factsOf(id, 'sale.fit-assessed')[0]!.data.score).toBe(28);
    const sum = (type: string) => factsOf(id, type).reduce((total, { data }) => total + (data.amount as { amount: number }).amount, 0);
    const paid = new Set(factsOf(id, 'invoice.paid').map(({ data }) => data.invoice));
    const revenue = factsOf(id, 'invoice.issued').filter(({ data }) => paid.has(data.invoice)).reduce((total, { data }) => total + (data.amount as { amount: number }).amount / 1.19, 0);
    expect(sum('cost.acquisition-cost-recorded')).toBeGreaterThan(revenue - sum('cost.service-cost-recorded'));
    expect(factsOf(id, 'subscription.cancellation-requested')).toHaveLength(1);
    expect([health(id).band, worst(id)]).toEqual(['at-risk', 'leaving']);
  });

  it('the call saved one: down before it, a promise kept, up after it', () => {
    const id = idOf('Saved by a call');
    const before = points(id, CALLED + 3);
    expect(before).toBeLessThan(points(id, 200) - 20);
    expect(before).toBeLessThan(62);
    expect(health(id, CALLED + 3).band).not.toBe('healthy');
    expect(points(id, 30)).toBeGreaterThan(before + 15);
    expect(points(id)).toBeGreaterThan(80);
    expect(health(id).band).toBe('healthy');
    expect(factsOf(id, 'promise.kept').some(({ data }) => data.promise === 'K-1106-call')).toBe(true);
  });

  it('most customers are well, some are to be watched, some at risk', () => {
    const active = [...customers.filter(({ leftAgo }) => leftAgo === undefined).map(({ id }) => id), ...demoStories.map(({ customer }) => customer.id)];
    const bands = active.map((id) => health(id).band);
    const share = (band: string) => bands.filter((one) => one === band).length / active.length;
    expect(active).toHaveLength(56);
    expect(share('healthy')).toBeGreaterThan(0.5);
    expect(share('healthy')).toBeLessThan(0.7);
    expect(share('watch')).toBeGreaterThan(0.18);
    expect(share('at-risk')).toBeGreaterThan(0.08);
    expect(share('at-risk')).toBeLessThan(0.2);
    const [, healthy, watch, atRisk, of, on] = /(\d+) are healthy, (\d+) to be watched, (\d+) at risk \(seed (\d+), told on (\S+)\)/.exec(readme)!;
    if (on === today && Number(of) === seed) expect(['healthy', 'watch', 'at-risk'].map((band) => bands.filter((one) => one === band).length)).toEqual([healthy, watch, atRisk].map(Number));
  });
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function shareOf({ data }: DemoEvent): number {
  const { min, max } = data.instrument as { min: number; max: number };
  return ((data.score as number) - min) / (max - min);
}
