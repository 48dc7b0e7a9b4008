import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import { conditions, playbookKinds } from '#journey';
import { Code, IsWhole, Line, ListOf, OneOf, Optional, Part, Reason } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const WHY = 'Why. Kept unsealed: no names of persons.';

class PlaybookWhenDto {
  @Says('What it answers: the chance to leave came to a higher level, the health into a lower band, a condition began, a clock of a recovery ran out, or nobody read an answer.')
  @OneOf(playbookKinds)
  kind!: (typeof playbookKinds)[number];

  @Says('Which condition; only for `condition`.')
  @Optional() @IsIn(conditions)
  condition?: (typeof conditions)[number];

  @Says('Unread for so many working days; only for `answer-unread`.')
  @Optional() @IsWhole(0, 30)
  workingDays?: number;
}

class PlaybookTaskDto {
  @Says('Its name within the playbook.', { example: 'call' })
  @Code()
  step!: string;

  @Says('What is to be done.', { example: 'Call and ask how it goes' })
  @Reason()
  what!: string;

  @Says('Due so many working days later; 0: the same day, or the next working day.')
  @IsWhole(0, 250)
  dueInWorkingDays!: number;

  @Says('Who is to do it; left out: who looks after the customer.')
  @Optional() @Code()
  owner?: string;

  @Says('What to keep in mind.')
  @Optional() @Reason()
  hint?: string;
}

export class PlaybookDto {
  @Says('What it is called.', { example: 'Quiet customers' })
  @Reason()
  label!: string;

  @Says('What it answers.')
  @Part(PlaybookWhenDto)
  when!: PlaybookWhenDto;

  @Says('Only for customers of these segments; left out: for all.')
  @Optional() @IsArray({ message: 'segments must be a list' }) @ArrayMinSize(1) @ArrayMaxSize(100) @Line(200, { each: true })
  segments?: string[];

  @Says('The tasks that it makes.')
  @ListOf(PlaybookTaskDto, 10) @ArrayMinSize(1, { message: 'tasks must have at least one entry' })
  tasks!: PlaybookTaskDto[];

  @Says(WHY, { example: 'Agreed with the team' })
  @Reason()
  reason!: string;
}

export class PlaybookStopDto {
  @Says(WHY, { example: 'Our quiet customers are well' })
  @Reason()
  reason!: string;
}
