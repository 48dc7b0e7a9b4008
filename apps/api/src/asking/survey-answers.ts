import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Intake, RecordEvents } from '#intake';
import type { JourneyEvent } from '#journey';
import { readSurveyToken } from '#outbound';
import { calendarOf } from '#read-model';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { type AskedSurvey, askedSurvey, SURVEY_PAGE } from './asked-survey.js';

const MOST_MINUTES = 525_600;
const MOST_CHARACTERS = 10_000;

/** What people answer on the page behind a link. */
@Injectable()
export class SurveyAnswers {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Intake) private readonly intake: Intake, @Inject(CommandBus) private readonly commands: CommandBus) {}

  /** Null for a link that is not ours, or of something that was taken back. Records nothing. */
  async open(token: string): Promise<AskedSurvey | null> {
    const { reader, worker } = this.connections;
    const isTenant = async (id: string) => (await worker.statements((sql) => sql.query('select from tenant where id = $1', [id]))).length > 0;
    const claim = await readSurveyToken(this.intake.keys, token, isTenant);
    if (!claim) return null;
    const now = new Date();
    return reader.inTenant(claim.tenant, async (sql) => askedSurvey(sql, claim, { now, dayOf: (await calendarOf(sql, claim.tenant, now)).dayOf }));
  }

  /** The answer, once: of two that come at the same moment one counts. @returns what is wrong with what was sent; null for nothing */
  async answer(asked: AskedSurvey, { score, lostMinutes }: Readonly<Record<string, unknown>>): Promise<string | null> {
    const { instrument, request, role } = asked;
    const chosen = wholeNumber(score, instrument.min, instrument.max);
    if (chosen === null) return 'Please choose one of the answers.';
    const minutes = lostMinutes === undefined || lostMinutes === '' ? undefined : wholeNumber(lostMinutes, 0, MOST_MINUTES);
    if (minutes === null) return 'Please give the minutes as a whole number, or leave them out.';
    const { survey, instrument: scale, subject, contact, ticket } = request.data;
    await this.record(asked, 'survey.responded', { survey, instrument: scale, score: chosen, subject, contact, ticket, role: role ?? undefined, lostMinutes: minutes });
    return null;
  }

  /** Words to an answer that was just given, and whether the person wants to be contacted. */
  async comment(asked: AskedSurvey, answer: JourneyEvent, { comment, contact }: Readonly<Record<string, unknown>>): Promise<void> {
    const verbatim = typeof comment === 'string' && comment.trim() !== '' ? comment.trim().slice(0, MOST_CHARACTERS) : undefined;
    const wantsContact = contact === 'yes' ? true : undefined;
    if (verbatim === undefined && wantsContact === undefined) return;
    await this.record(asked, 'survey.response-revised', { ...answer.data, verbatim, wantsContact });
  }

  /** Whatever was recorded under the same id before stays as it is; what was taken back leaves room for another. */
  private async record({ claim: { tenant, customer, survey }, takenBack }: AskedSurvey, type: 'survey.responded' | 'survey.response-revised', data: Record<string, unknown>): Promise<void> {
    const said = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    const id = [type === 'survey.responded' ? 'responded' : 'revised', survey, ...(takenBack > 0 ? [takenBack] : [])].join(':');
    const item = { form: 'plain' as const, value: { id, type, source: SURVEY_PAGE, customer, data: said } };
    const [verdict] = await this.commands.execute(new RecordEvents([item], { tenant, actor: { kind: 'system', id: SURVEY_PAGE }, mayDeclareObservedAt: false, receivedAt: new Date() }));
    if (verdict!.problem && verdict!.problem.code !== 'id-conflict') throw ApiProblem.ofRefusal(verdict!.problem);
  }
}

function wholeNumber(text: unknown, least: number, most: number): number | null {
  const value = typeof text === 'string' && /^-?\d{1,6}$/.test(text.trim()) ? Number(text) : NaN;
  return value >= least && value <= most ? value : null;
}
