import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject } from 'class-validator';
import { Code, IsCodeOrNull, IsWhole, Line, ListOf, Optional, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const LONGEST = 1_000_000;

export class VersionQuery {
  @Says('The version; the one in force when left out, or else the newest.', { example: 2 })
  @Optional() @WholeNumber(1, LONGEST)
  version?: number;
}

export class DiffQuery {
  @Says('The earlier version; when left out the one in force, or where that is the later one the version before it.', { example: 1 })
  @Optional() @WholeNumber(1, LONGEST)
  from?: number;

  @Says('The later version; the newest when left out.', { example: 2 })
  @Optional() @WholeNumber(1, LONGEST)
  to?: number;
}

/** A card as it is sent; its schema is that of the fact `scorecard.drafted`. */
export class CheckDto {
  @Says('The scorecard, as `GET /v1/scorecards/{id}` answers it. Its schema is that of `card` in the fact `scorecard.drafted`.')
  @IsObject()
  card!: Record<string, unknown>;
}

export class DraftDto extends CheckDto {
  @Says('Why. No personal data.', { example: 'Tickets weigh more since the merger of the service desks' })
  @Reason()
  reason!: string;
}

export class DecideDto {
  @Says('Why. No personal data.', { example: 'Agreed in the quarterly review' })
  @Reason()
  reason!: string;
}

export class PublishDto extends DecideDto {
  @Says('The version; the newest when left out.', { example: 2 })
  @Optional() @IsWhole(1, LONGEST)
  version?: number;
}

class RuleDto {
  @Says('Only customers of one of these segments.', { example: ['enterprise'] })
  @Optional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @Line(200, { each: true })
  segments?: string[];

  @Says('Only customers of one of these industries.')
  @Optional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @Line(200, { each: true })
  industries?: string[];

  @Says('Only customers of one of these regions.')
  @Optional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @Line(200, { each: true })
  regions?: string[];

  @Says('Id of the card that scores them.', { example: 'it-service-provider' })
  @Code()
  card!: string;
}

export class AssignDto extends DecideDto {
  @Says('Looked at in order: the first that fits says which card.')
  @ListOf(RuleDto, 50)
  rules!: RuleDto[];

  @Says('Id of the card that scores everybody else; for the points of view of payers and users null: nobody else is looked at so.', { example: 'b2b-saas' })
  @IsCodeOrNull()
  otherwise!: string | null;
}
