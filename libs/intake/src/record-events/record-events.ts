import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Intake } from '../intake.js';
import { Problem } from '../refusals.js';
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

/** The same without Nest. More items than `limits.batchItems` are refused as a whole. */
export async function recordEvents(intake: Intake, items: readonly RawItem[], context: IntakeContext): Promise<Verdict[]> {
  const { batchItems } = intake.limits;
  if (items.length > batchItems) {
    const problem = new Problem('batch-too-large', '', `The request has ${items.length} items; ${batchItems} are allowed. Nothing was recorded.`);
    return items.map((_, index) => ({ index, status: 'rejected', problem }));
  }
  return (await recordItems(intake, items.map((item) => parseItem(item, context, intake.limits)), context)).verdicts;
}
