import { readFileSync } from 'node:fs';
import { dayCounter, dayOfDate } from '../../../../libs/insight/src/day.js';
import type { ToldEvent } from '../../../../libs/insight/src/fact-sheet.js';
import { ChurnRows } from '../../../../libs/insight/src/churn/history/churn-rows.js';
import { columnsOf, learnColumns } from '../../../../libs/insight/src/churn/model/columns.js';
import { clustersOf, fitRisk } from '../../../../libs/insight/src/churn/model/fit.js';
import { knownRows } from '../../../../libs/insight/src/churn/model/known-rows.js';
import { rawLogOdds } from '../../../../libs/insight/src/churn/model/out-of-time.js';
import type { Steps } from '../../../../libs/insight/src/churn/models/steps.js';
import { sigmoid } from '../../../../libs/insight/src/churn/models/table.js';
import { rocAuc } from '../../../../libs/insight/src/churn/proof/auc.js';
import { intervals, type Sample } from '../../../../libs/insight/src/churn/proof/bootstrap.js';
import { FIGURES, RANKING } from '../../../../libs/insight/src/churn/proof/figures.js';
import type { PlainEvent } from '../../../../libs/intake/src/csv/plain-event.js';
import { mapText } from '../../../../libs/intake/src/csv/testing.js';
import { fixtureOf } from './fixture.js';

const utc = dayCounter('UTC');
const firstsOfMonths = (from: string, count: number): number[] => Array.from({ length: count }, (_, month) => Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5)) - 1 + month, 1) / 86_400_000);
const LEARNT = firstsOfMonths('2022-05', 12);
const JUDGED = firstsOfMonths('2023-07', 4);
/** The contract alone: whether it is up for renewal, for how many months anew, what is paid, and how often it was renewed. */
const FEATURES = ['due', 'covered', 'amount', 'new'];
const LEAST_DAYS = 28;

/** The accounts as journey events, by way of the mapping files of the project. */
export async function crm5Stories(): Promise<[customer: string, story: ToldEvent[]][]> {
  const files = { 'outcomes.csv': fixtureOf('saas-crm5-outcomes.csv') };
  const stories = new Map<string, ToldEvent[]>();
  let n = 0;
  for (const name of ['accounts', 'subscriptions', 'outcomes']) {
    for (const row of await mapText(readFileSync(`libs/intake/mappings/saas-crm5-${name}.yaml`, 'utf8'), fixtureOf(`saas-crm5-${name}.csv`), { files })) {
      if (!('events' in row)) {
        if ('problem' in row) throw new Error(row.problem.message);
        continue;
      }
      for (const event of row.events) {
        const customer = (event.customer as { id: string }).id;
        stories.set(customer, [...stories.get(customer) ?? [], storedAs(event, customer, n += 1)]);
      }
    }
  }
  return [...stories].sort(([a], [b]) => (a < b ? -1 : 1));
}

function storedAs({ source, id, type, time, observedAt = time, data }: PlainEvent, customer: string, n: number): ToldEvent {
  return {
    source, id, type, data, version: 1, position: `1.${n}`, stream: { tenant: 'crm5', category: 'customer', id: customer }, revision: 0,
    occurredAt: time, observedAt, recordedAt: time, witnessed: false, actor: { kind: 'system', id: 'import' },
  };
}

/** A logistic model learnt from twelve months, judged on four later ones, beside the rule that who must decide on a renewal leaves first. */
export function* crm5Quality(stories: Awaited<ReturnType<typeof crm5Stories>>, days: number): Steps<{ rows: number; leavers: number; auc: number; low: number; high: number; brier: number; lift10: number; rule: number }> {
  const rows = new ChurnRows({ origins: [...LEARNT, ...JUDGED], horizons: [days], gapDays: 0, knownUntil: dayOfDate('2024-01-31'), dayOf: utc, leastDays: LEAST_DAYS });
  for (const [place, [customer, story]] of stories.entries()) {
    if (place % 50 === 49) yield { of: 'accounts told', done: place, all: stories.length };
    rows.add(customer, customer, story);
  }
  const known = knownRows(rows, 0, { before: LEARNT.at(-1)! + 1, day: JUDGED[0]! });
  const columns = learnColumns(rows, known, days, FEATURES);
  const model = yield* fitRisk('logistic', rows, columns, known, days);
  const judged = knownRows(rows, 0, { before: Infinity, day: rows.options.knownUntil }).rows.filter((row) => rows.days.at(row) >= JUDGED[0]!);
  const labels = Uint8Array.from(judged, (row) => rows.labels[0]!.at(row, rows.options.knownUntil));
  const sample: Sample = { chances: rawLogOdds(model, columns, rows, judged).map(sigmoid), labels, amounts: new Float64Array(labels.length) };
  const { auc, lift10, brier } = yield* intervals(sample, { auc: RANKING.auc, lift10: RANKING.lift10, brier: FIGURES.brier }, { clusters: clustersOf(rows, judged), seed: 1, times: 400 });
  const [due] = columnsOf(columns.filter(({ feature }) => feature === `due-${days}`), rows, judged);
  return { rows: labels.length, leavers: labels.reduce((sum, label) => sum + label, 0), auc: auc.value!, low: auc.low!, high: auc.high!, brier: brier.value!, lift10: lift10.value!, rule: rocAuc(due!, labels)! };
}
