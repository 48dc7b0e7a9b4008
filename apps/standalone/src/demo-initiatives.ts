import type { OpenedStore } from '#event-store';
import { INITIATIVES, type RequestRef } from '#journey';
import { checkAnswer } from '../../worker/src/reactions.js';

/** Days ago on which each began, was there and was told of. One that customers asked for and were told of, one that goes on, one that nobody was told of, one that nobody asked for. */
const PLANS = [
  { initiative: 'I-1', title: 'Invoices that name what was done', strategy: 'easy-to-deal-with', themes: ['invoices'], owner: 'udo', began: 240, there: 90, told: 80 },
  { initiative: 'I-2', title: 'Whoever takes the call keeps it', strategy: 'one-face', themes: ['ownership'], owner: 'selma', began: 150, there: 30 },
  { initiative: 'I-3', title: 'The portal on the phone', strategy: 'easy-to-deal-with', themes: ['mobile'], owner: 'ilka', began: 75 },
  { initiative: 'I-4', title: 'New colours and a new logo', strategy: 'brand', themes: [], owner: 'henrike', began: 60 },
] as const;
const MOST = 8;
const DAY = 86_400_000;

/** The initiatives of the story, which no door for facts takes: somebody of ours starts them, for requests that had been raised by then. */
export async function makeInitiatives(store: OpenedStore, tenant: string, today: string): Promise<void> {
  const { events } = await store.readAll(null, 100_000, { tenant, categories: ['customer'], types: ['feedback.themed'] });
  const on = (ago: number) => new Date(Date.parse(`${today}T09:00:00Z`) - ago * DAY).toISOString();
  for (const { began, initiative, ...plan } of PLANS) {
    const requests = events.filter(({ occurredAt, data }) => occurredAt < on(began) && (data['themes'] as readonly string[]).some((theme) => (plan.themes as readonly string[]).includes(theme)))
      .map(({ stream, data }): RequestRef => ({ customer: stream.id, feedback: String(data['feedback']) })).slice(-MOST);
    const { title, strategy, themes, owner } = plan;
    const steps = [
      ['started', began, { title, strategy, owner, ...(themes.length > 0 && { themes, requests }) }], ...('there' in plan ? [['delivered', plan.there, {}] as const] : []), ...('told' in plan ? [['customer-told', plan.told, {}] as const] : []),
    ] as const;
    await store.append(steps.map(([step, ago, more]) => {
      const [type, data] = [`initiative.${step}`, { initiative, ...more }];
      checkAnswer({ type, data });
      return { stream: { tenant, category: INITIATIVES, id: initiative }, expected: 'any' as const, events: [{ source: 'touchline:demo', id: `${initiative}:${step}`, type, version: 1, occurredAt: on(ago), actor: { kind: 'system' as const, id: 'touchline:demo' }, data, bodyHash: JSON.stringify(data) }] };
    }));
  }
}
