import { type Append, Database, ensureTenant, type NewEvent } from '#event-store';
import { type Card, firstScorecard, only } from '#insight';
import { simulateCards } from '#read-model';
import type { BenchCase } from '../bench-case.js';
import { customerStory } from '../customer-story.js';
import type { House } from '../house.js';
import { progressOf, shown } from './churn/shown.js';

const TENANT = 'simulate';
const [SLICE, PAGE, MOST_SECONDS] = [2_000, 1_000, 60];

/** Another opinion about everybody: what people say counts three times. */
const draft: Card = { ...firstScorecard, version: 2, measures: firstScorecard.measures.map((measure) => ({ ...measure, weight: measure.group === 'voice' ? 3 * measure.weight : measure.weight })) };

/** Every customer at every day of a year under two cards, in as many threads as there are processors. BENCH_CUSTOMERS says how many other than 10,000, BENCH_FACTS how many facts each has other than 100. */
export function simulate(house: House): BenchCase {
  const [customers, facts] = [Number(process.env['BENCH_CUSTOMERS'] ?? 10_000), Number(process.env['BENCH_FACTS'] ?? 100)];
  const reader = new Database(house.url, 'touchline_reader', 2);
  return {
    name: 'simulate', unit: 'ms', lowerIsBetter: true, aim: 1, limitIs: `what ${customers * facts} events of ${customers} customers over 365 days may take, ${MOST_SECONDS} s`, processes: 'a thread for each processor',
    prepare: async () => {
      await tell(house, customers, facts);
      const pool = house.pool(1);
      return {
        ours: () => millisecondsOf(() => shown(simulateCards({ reader, now: () => new Date('2027-01-15T12:00:00Z') }, {
          tenant: TENANT, published: only(firstScorecard), draft: only(draft), from: '2026-01-01', to: '2026-12-31' }, new AbortController().signal), progressOf('simulate'))),
        limit: async () => MOST_SECONDS * 1_000,
        also: {
          is: 'reading the same events once, keyset pages with plain pg', run: () => millisecondsOf(async () => {
            for (let position = '0'; ;) {
              const { rows } = await pool.query<{ position: string }>({ name: 'all', text: 'select * from touchline.log where tenant = $1 and position > $2 order by position limit $3', values: [TENANT, position, PAGE] });
              if (rows.length === 0) return;
              position = rows.at(-1)!.position;
            }
          }),
        },
      };
    },
    end: () => reader.close(),
  };
}

/** Customers with their histories, a few facts of each in turn; every tenth of them leaves. */
async function tell({ store, worker }: House, customers: number, facts: number): Promise<void> {
  await ensureTenant(worker, TENANT, 'Europe/Berlin');
  const stories = Array.from({ length: customers }, (_, customer) => storyOf(customer, facts));
  for (let going = stories; going.length > 0;) {
    const ended = new Set<Iterator<Append>>();
    const slice: Append[] = [];
    for (const story of going) {
      for (let place = 0; place < 10; place++) {
        const { done, value } = story.next();
        if (done) ended.add(story);
        else slice.push(value as Append);
      }
      if (slice.length >= SLICE) await store.append(slice.splice(0));
    }
    if (slice.length > 0) await store.append(slice);
    going = going.filter((story) => !ended.has(story));
  }
}

function* storyOf(customer: number, facts: number): Generator<Append> {
  for (const { stream, ...told } of customerStory(customer, facts)) yield { ...told, stream: { ...stream, tenant: TENANT } };
  if (customer % 10 !== 0) return;
  const at = new Date(Date.parse('2026-02-01T08:00:00Z') + (customer % 300) * 86_400_000).toISOString();
  const notice: NewEvent = { source: 'bench', id: `${customer}-notice`, type: 'subscription.cancellation-requested', version: 1, occurredAt: at, observedAt: at, actor: { kind: 'system', id: 'bench' }, data: { subscription: 'S' }, bodyHash: `hash-of-${customer}-notice` };
  yield { stream: { tenant: TENANT, category: 'customer', id: `c-${customer}` }, expected: 'any', events: [notice] };
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
