import { Transform } from 'class-transformer';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { CUSTOMER_SORTS } from '#read-model';
import { Code, IsDay, IsFigure, Line, Optional, Reason, WholeNumber } from '../http/rules.js';
import { bandOrder } from './words.js';

/** A field of a form that was left empty counts as not sent. */
export const Blank = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? undefined : value));

/** A number as it is typed. */
const Figure = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value));

export class OwnerForm {
  @Blank() @Optional() @Code()
  owner?: string;
}

export class PortfolioForm extends OwnerForm {}

export class TodayForm extends OwnerForm {
  /** What was just noted. */
  @Blank() @Optional() @IsIn(['done', 'snooze', 'task-done', 'task-snooze', 'task-drop'])
  noted?: string;

  @Blank() @Optional() @WholeNumber(1, 100)
  limit?: number;
}

export class CustomersForm extends OwnerForm {
  @Blank() @Optional() @Line(200)
  q?: string;

  @Blank() @Optional() @IsIn(bandOrder)
  band?: string;

  @Blank() @Optional() @Line(200)
  segment?: string;

  /** Those who ended are shown on request only. */
  @Blank() @Optional() @IsIn(['ended', 'all'])
  status?: 'ended' | 'all';

  @Blank() @Optional() @IsIn(['true', 'false'])
  claimed?: 'true' | 'false';

  @Blank() @Optional() @IsIn(CUSTOMER_SORTS)
  sort?: (typeof CUSTOMER_SORTS)[number];

  @Blank() @Optional() @Line(6_000)
  cursor?: string;
}

export class CustomerForm {
  /** What was just noted. */
  @Blank() @Optional() @IsIn(['override', 'clear', 'task-created', 'task-done', 'task-snooze', 'task-drop'])
  noted?: string;

  @Blank() @Optional() @IsDay()
  asOf?: string;

  /** `then`: only what was known on that day. */
  @Blank() @Optional() @IsIn(['then'])
  known?: 'then';

  @Blank() @Optional() @Matches(/^[a-z][a-z-]{0,30}$/)
  family?: string;

  /** First and last day of the timeline. */
  @Blank() @Optional() @IsDay()
  from?: string;

  @Blank() @Optional() @IsDay()
  to?: string;

  @Blank() @Optional() @Line(100)
  cursor?: string;
}

export class DoneForm extends OwnerForm {
  @Code()
  outcome!: string;

  @Blank() @Optional() @IsString() @MaxLength(10_000)
  note?: string;
}

export class OverrideForm {
  @Figure() @IsFigure(0, 100)
  score!: number;

  @Reason()
  reason!: string;

  @IsDay()
  until!: string;
}

export class SnoozeForm extends OwnerForm {
  @IsDay()
  until!: string;

  @Blank() @Optional() @IsString() @MaxLength(10_000)
  note?: string;
}

class BackForm extends OwnerForm {
  /** Whose page it was sent from. */
  @Blank() @Optional() @Line(300)
  customer?: string;
}

export class TaskDoneForm extends BackForm {
  @Code()
  outcome!: string;

  @Blank() @Optional() @IsString() @MaxLength(10_000)
  note?: string;
}

export class TaskSnoozeForm extends BackForm {
  @IsDay()
  until!: string;

  @Blank() @Optional() @IsString() @MaxLength(10_000)
  note?: string;
}

export class TaskDropForm extends BackForm {
  @Reason()
  reason!: string;
}

export class NewTaskForm {
  @Reason()
  what!: string;

  @IsDay()
  dueOn!: string;

  @Blank() @Optional() @Code()
  owner?: string;

  @Blank() @Optional() @IsString() @MaxLength(10_000)
  note?: string;
}
