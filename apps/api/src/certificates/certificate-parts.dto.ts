import { IsArray, IsIn, IsInt, IsNumber, IsObject, Matches, Min, ValidateBy } from 'class-validator';
import type { Certificate } from '#read-model';
import { IsCodeOrNull, IsNumberOrNull, Line, ListOf, Optional, Part } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

type Figures = Certificate['figures'];

const [CARDS, LINES] = [1_000, 10_000];
const DIGEST = /^[0-9a-f]{64}$/;
const Figure = () => IsNumber({}, { message: '$property must be a number' });
const Digest = () => Matches(DIGEST, { message: '$property must be 64 hexadecimal digits' });

/** Each `{position, digest}`; one rule for all of them, as there may be tens of thousands. */
const IsEventList = () => ValidateBy({ name: 'isEventList', validator: {
  validate: (value: unknown) => Array.isArray(value) && value.every(isEvent),
  defaultMessage: (args) => `$property must be a list of {position, digest}${Array.isArray(args?.value) ? `, which entry ${args.value.findIndex((each) => !isEvent(each))} is not` : ''}`,
} });

const isEvent = (each: { position?: unknown; digest?: unknown } | null): boolean => Number.isSafeInteger(each?.position) && typeof each?.digest === 'string' && DIGEST.test(each.digest);

export class EventsDto {
  @Says('How many.') @IsInt() @Min(0)
  count!: number;

  @Says('Of the list of their digests, in log order.') @Digest()
  chain!: string;

  @Says('In log order.') @Optional() @IsEventList()
  list?: NonNullable<Certificate['events']['list']>;
}

export class CardRefDto {
  @Says('Its id.') @Line(100)
  id!: string;

  @Says('Its version.') @IsInt() @Min(0)
  version!: number;

  @Says('Of its whole JSON.') @Digest()
  digest!: string;
}

class RuleDto {
  @Says('Whom it is for.') @IsObject()
  when!: Certificate['cards']['rules'][number]['when'];

  @Says('That scores them.') @Part(CardRefDto)
  card!: CardRefDto;
}

export class CardsDto {
  @Says('The first that fits counts.') @ListOf(RuleDto, CARDS)
  rules!: RuleDto[];

  @Says('That scores everybody else.') @Part(CardRefDto)
  otherwise!: CardRefDto;

  @Says('All of them, whole.') @IsArray() @IsObject({ each: true, message: 'each of $property must be an object' })
  full!: Certificate['cards']['full'][number][];
}

class ShownDto {
  @Says('As people read it.') @IsNumberOrNull()
  score!: number | null;

  @Says('The best there is.') @Figure()
  max!: number;
}

class LineDto {
  @Says('Its id.') @Line(200)
  id!: string;

  @Says('Id of its group.') @Line(200)
  group!: string;

  @Says('Whether there was a value.') @IsIn(['known', 'unknown'])
  status!: Figures['lines'][number]['status'];

  @Says('The measured value.') @IsNumberOrNull()
  value!: number | null;

  @Says('What it brings.') @Figure()
  points!: number;

  @Says('What it could bring.') @Figure()
  maxPoints!: number;
}

export class FiguresDto {
  @Says('Null while too little was known.') @IsNumberOrNull()
  score!: number | null;

  @Says("On the card's own scale.") @Part(ShownDto)
  shown!: ShownDto;

  @Says('Where the score lies.') @Line(20)
  band!: Figures['band'];

  @Says('The band at the close of the day before.') @IsCodeOrNull()
  bandYesterday!: Figures['bandYesterday'];

  @Says('Per cent of the scorecard that was known.') @Figure()
  coverage!: number;

  @Says('As in the health.') @IsIn(['witnessed', 'declared'])
  knowledge!: Figures['knowledge'];

  @Says("In the card's order.") @ListOf(LineDto, LINES)
  lines!: LineDto[];
}
