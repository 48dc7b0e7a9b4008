import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsObject, Matches, ValidateNested } from 'class-validator';
import { deliveryStates, type DeliveryState } from '#outbound';
import { IsWhole, Line, Optional, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

const YES_NO = { message: '$property must be true or false' };
const INSTANT = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)';
const Texts = (): PropertyDecorator => (target, property) => [Optional(), IsArray({ message: '$property must be a list' }), ArrayMaxSize(100), Line(200, { each: true })].forEach((rule) => rule(target, property as string));

class FilterDto {
  @Says('Types as they are, or whole families; also `company.report-published`, of which only those are told who name it.', { example: ['ticket.*', 'insight.churn-risk-changed'] })
  @Texts()
  types?: string[];

  @Says('`journey`: facts of customers; `insight`: what follows from them.', { example: ['journey'] })
  @Texts()
  categories?: string[];

  @Says('Segments of customers, as they were when the fact was recorded.', { example: ['enterprise'] })
  @Texts()
  segments?: string[];

  @Says('Of these customers: our ids, or `system:id`, of which ours are kept. Who is merged into one of them counts as it.', { example: ['crm:C-1001'] })
  @Texts()
  customers?: string[];
}

export class WebhookDto {
  @Says('Where it goes: http or https, without user and password. It may hold a secret of yours.', { example: 'https://hooks.us.example/touchline' })
  @Matches(/^https?:\/\/[^@\s\p{Cc}]{1,2000}$/u, { message: '$property must be an http or https address without user and password' })
  url!: string;

  @Says('What it is for.', { example: 'Tickets to the warehouse' })
  @Optional() @Line(200)
  description?: string;

  @Says('Which facts it gets: those that fit each part that is there. Left out: all that are public.')
  @Optional() @IsObject({ message: '$property must be an object' }) @ValidateNested() @Type(() => FilterDto)
  filter?: FilterDto;

  @Says('Whether a fact of a customer waits until the one before was taken or given up.', { default: true })
  @Optional() @IsBoolean(YES_NO)
  ordered?: boolean;

  @Says('How it is signed: `v1` with a secret that both sides know, `v1a` with a key of which you get the public half.', { default: 'v1' })
  @Optional() @IsIn(['v1', 'v1a'])
  signature?: 'v1' | 'v1a';

  @Says('Whether personal fields are opened. Only over https.', { default: false })
  @Optional() @IsBoolean(YES_NO)
  unseal?: boolean;
}

export class NewWebhookDto extends WebhookDto {
  @Says('Where it begins: `beginning`, `now`, after a position such as 1.42, or with what was recorded from an instant on.', { default: 'now', example: 'now' })
  @Optional() @Matches(new RegExp(`^(beginning|now|\\d{1,9}\\.\\d{1,15}|${INSTANT})$`), { message: '$property must be beginning, now, a position such as 1.42, or an instant such as 2026-11-30T15:00:00Z' })
  start?: string;

  @Says('Whether it is told of anything yet.', { default: true })
  @Optional() @IsBoolean(YES_NO)
  enabled?: boolean;
}

export class WebhookRotationDto {
  @Says('Hours in which all is signed with the former secret as well.', { default: 24 })
  @Optional() @IsWhole(0, 720)
  graceHours?: number;
}

export class DeliveriesQuery {
  @Says('Only those in this state.')
  @Optional() @IsIn(deliveryStates)
  state?: DeliveryState;

  @Says('`next` of the page before.')
  @Optional() @WholeNumber(1, 999_999_999_999_999)
  cursor?: number;

  @Says('At most so many on a page.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;
}

export class RedeliveryDto {
  @Says('All that was given up at this instant or later is sent again.', { example: '2026-11-26T00:00:00Z' })
  @Matches(new RegExp(`^${INSTANT}$`), { message: '$property must be an instant such as 2026-11-30T15:00:00Z' })
  failedSince!: string;
}
