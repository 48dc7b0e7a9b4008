import { Query } from '@nestjs/cqrs';
import { type WaitFigures, waitsOf } from '#insight';
import { isOpen, type Turn, type WorkingCalendar, workingTimeBetween } from '#journey';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import { recoverySettings } from '../recoveries/settings.js';
import { type Department, departmentsOf } from './departments.js';
import { feedbackRows, workingMinutesOf } from './list-feedback.js';

/** How a department deals with the feedback that it gets. Times are working minutes. */
export interface DepartmentFigures extends Omit<Department, 'name' | 'owner' | 'answerWithinHours'> {
  /** Null for one that there is no longer. */
  readonly name: string | null;
  readonly owner: string | null;
  readonly answerWithinHours: number | null;
  /** Turns that it had, each time that feedback was sent to it. */
  readonly routed: number;
  /** Of these: it is to answer still, and has not even accepted it; it has had it for longer than it should. */
  readonly open: number;
  readonly unaccepted: number;
  readonly overdue: number;
  readonly answered: number;
  readonly declined: number;
  /** Sent on to another department before it answered. */
  readonly movedOn: number;
  /** How long the oldest that is open has been with it; null where none is. */
  readonly oldestMinutes: number | null;
  /** From routing on; what it has still to do counts as far as it has waited. Turns that ended without it (declined, sent on) are in `declined` and `movedOn`, and not here. */
  readonly toAccept: WaitFigures;
  readonly toAnswer: WaitFigures;
}

export interface DepartmentsAnswer {
  readonly departments: readonly DepartmentFigures[];
  /** Feedback that was raised and sent to nobody yet; and of which departments are done, but nobody told the customer. */
  readonly unrouted: number;
  readonly untold: number;
}

export class GetDepartments extends Query<DepartmentsAnswer> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export async function getDepartments(model: ReadModelOptions, { tenant }: GetDepartments['options']): Promise<DepartmentsAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, model.now());
    const work = (await recoverySettings(sql, tenant)).calendar;
    const known = await departmentsOf(sql, tenant);
    const rows = await feedbackRows(sql, tenant, 'true', []);
    const turns = rows.flatMap((row) => row.turns);
    const ids = [...new Set([...known.keys(), ...turns.map(({ department }) => department)])].sort();
    return {
      departments: ids.map((id) => figuresOf(id, known.get(id), turns.filter(({ department }) => department === id), { now: calendar.now, work })),
      unrouted: rows.filter(({ step }) => step === 'raised').length, untold: rows.filter(({ step }) => step === 'answered' || step === 'declined').length,
    };
  });
}

function figuresOf(id: string, department: Department | undefined, turns: readonly Turn[], moment: { readonly now: string; readonly work: WorkingCalendar }): DepartmentFigures {
  const open = turns.filter(isOpen);
  const had = (turn: Turn) => Math.round(workingMinutesOf(turn, moment));
  const limit = department ? 60 * department.answerWithinHours : Infinity;
  const toAccept = turns.filter((turn) => turn.acceptedAt !== null || isOpen(turn))
    .map((turn) => (turn.acceptedAt === null ? { minutes: had(turn), over: false } : { minutes: Math.round(between(turn.routedAt, turn.acceptedAt, moment.work)), over: true }));
  const toAnswer = turns.filter((turn) => turn.answeredAt !== null || isOpen(turn)).map((turn) => ({ minutes: had(turn), over: turn.answeredAt !== null }));
  return {
    id, name: department?.name ?? null, owner: department?.owner ?? null, answerWithinHours: department?.answerWithinHours ?? null,
    routed: turns.length, open: open.length, unaccepted: open.filter(({ acceptedAt }) => acceptedAt === null).length, overdue: open.filter((turn) => had(turn) > limit).length,
    answered: turns.filter(({ answeredAt }) => answeredAt !== null).length, declined: turns.filter(({ declinedAt }) => declinedAt !== null).length, movedOn: turns.filter(({ movedAt }) => movedAt !== null).length,
    oldestMinutes: open.length === 0 ? null : Math.max(...open.map(had)), toAccept: waitsOf(toAccept), toAnswer: waitsOf(toAnswer),
  };
}

const between = (from: string, to: string, work: WorkingCalendar): number => (to <= from ? 0 : workingTimeBetween(from, to, work));
