import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Intake } from '../intake.js';
import type { IntakeContext } from './intake-context.js';
import { parseItem } from './parse-item.js';
import type { RawItem } from './raw-item.js';
import { recordItems } from './record-items.js';
import type { Verdict } from './verdict.js';

/** Records facts. One verdict per item, in order; good items are kept when others fail. `appended` means durable. */
export class RecordEvents extends Command<Verdict[]> {
  constructor(readonly items: readonly RawItem[], readonly context: IntakeContext) {
    super();
  }
}

@CommandHandler(RecordEvents)
export class RecordEventsHandler implements ICommandHandler<RecordEvents> {
  constructor(private readonly intake: Intake) {}

  execute({ items, context }: RecordEvents): Promise<Verdict[]> {
    return recordEvents(this.intake, items, context);
  }
}

/** The same without Nest. */
export async function recordEvents(intake: Intake, items: readonly RawItem[], context: IntakeContext): Promise<Verdict[]> {
  return (await recordItems(intake, items.map((item) => parseItem(item, context, intake.limits)), context)).verdicts;
}
