import { IsIn, Matches } from 'class-validator';
import { Code, Line, OneOf, Optional } from '../http/rules.js';
import { HOW, Words } from '../recoveries/recovery.dto.js';
import { Blank } from './forms.dto.js';


/** What was just noted. */
export const NOTED = ['opened', 'acknowledge', 'contact', 'cause', 'prevention', 'close', 'reopen', 'assign', 'link'] as const;

export class RecoveriesForm {
  @Blank() @Optional() @Code()
  owner?: string;

  @Blank() @Optional() @IsIn(['open', 'closed', 'all'])
  state?: 'open' | 'closed' | 'all';

  @Blank() @Optional() @IsIn(['true'])
  overdue?: 'true';

  @Blank() @Optional() @Code()
  cause?: string;

  @Blank() @Optional() @Line(200)
  cursor?: string;
}

export class RecoveryForm {
  @Blank() @Optional() @IsIn(NOTED)
  noted?: (typeof NOTED)[number];
}

/** Every step is based on what the page showed. */
class StepForm {
  @Matches(/^\d{1,9}\.\d{1,15}$/, { message: '$property must be a position such as 1.42' })
  version!: string;
}

export class NothingForm extends StepForm {}

export class NoteForm extends StepForm {
  @Blank() @Optional() @Words()
  note?: string;
}

export class ContactedForm extends NoteForm {
  @OneOf(HOW)
  how!: (typeof HOW)[number];

  @Blank() @Optional() @Line(254)
  contact?: string;
}

export class CauseForm extends StepForm {
  @Code()
  cause!: string;

  @Blank() @Optional() @Words()
  what?: string;
}

export class PreventionForm extends StepForm {
  @Blank() @Optional() @Words()
  what?: string;

  @Blank() @Optional() @Code()
  noneBecause?: string;
}

export class OwnerForm extends NoteForm {
  @Code()
  owner!: string;
}

export class LinkForm extends StepForm {
  @Blank() @Optional() @Code()
  ticket?: string;

  @Blank() @Optional() @Code()
  other?: string;
}

export class OpenForm {
  @Line(300)
  customer!: string;

  @Words()
  what!: string;

  @Blank() @Optional() @Code()
  ticket?: string;

  @Blank() @Optional() @Code()
  owner?: string;
}
