import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { type Answer, evolveAnswer, type JourneyEvent, noAnswer } from '#journey';
import { storyOf, togetherOf } from '../customers/together.js';
import { liveEntities } from '../entities/live-entities.js';
import { isCode, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { answersTable } from './answers-table.js';
import { CORRECTIONS, toldOf } from './told-of.js';

export interface WhichAnswer {
  readonly tenant: string;
  readonly survey: string;
  /** Our id; needed only where several customers have a survey of this number. */
  readonly customer?: string;
}

const SURVEY = ['requested', 'sent', 'suppressed', 'responded', 'response-revised', 'response-viewed', 'marked-complaint', 'set-aside', 'expired'].map((what) => `survey.${what}`);

/** Who has an answer to a survey. @throws QueryRefused where nobody has, or several customers have */
export async function customerWithAnswer(sql: Sql, { tenant, survey, customer }: WhichAnswer): Promise<string> {
  if (!isCode(survey)) throw unknown(survey, customer);
  const root = customer === undefined ? null : (await togetherOf(sql, tenant, customer)).root;
  const rows = await sql.query<{ customer: string }>(
    `select customer from ${await liveEntities(sql, answersTable)} where tenant = $1 and entity = $2 and answered_at is not null and ($3::text is null or customer = $3) order by customer limit 2`, [tenant, survey, root]);
  if (rows.length > 1) throw new QueryRefused('invalid-parameter', 'Several customers have an answer of this number: name the customer.', 'customer');
  if (rows[0]) return rows[0].customer;
  throw unknown(survey, customer);
}

const unknown = (survey: string, customer: string | undefined) => new QueryRefused('answer-unknown', `No answer to a survey ${JSON.stringify(survey)} is known${customer === undefined ? '' : ' of this customer'}.`);

/** What the log says of one asking at this moment, so that who decides does not wait for rows. */
export interface FoundAnswer {
  readonly customer: string;
  readonly state: Answer;
  /** The facts about it that stand, personal fields opened, earliest first. */
  readonly facts: readonly JourneyEvent[];
  /** So many facts were ever told about it, whatever became of them. */
  readonly told: number;
}

export class FindAnswer extends Query<FoundAnswer> {
  constructor(readonly options: WhichAnswer) {
    super();
  }
}

export async function findAnswer(model: ReadModelOptions, which: WhichAnswer): Promise<FoundAnswer> {
  return read(model.reader, which.tenant, async (sql) => answerIn(model, sql, which, await customerWithAnswer(sql, which)));
}

export async function answerIn(model: Pick<ReadModelOptions, 'keys'>, sql: Sql, { tenant, survey }: WhichAnswer, customer: string): Promise<FoundAnswer> {
  const about = ({ type, data }: JourneyEvent) => type.startsWith('survey.') && data['survey'] === survey;
  const { members } = await togetherOf(sql, tenant, customer);
  const stored = await storyOf(sql, tenant, { members }, [...SURVEY, ...CORRECTIONS]);
  const facts = ((await toldOf(model, sql, tenant, [customer], SURVEY)).get(customer) ?? []).filter(about);
  return { customer, state: facts.reduce(evolveAnswer, noAnswer), facts, told: stored.filter(about).length };
}
