import { IsArray, IsIn, IsInt, IsNumber, IsObject, Matches, Min } from 'class-validator';
import type { Certificate } from '#read-model';
import { IsCodeOrNull, IsNumberOrNull, Line, ListOf, Optional, Part } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

type Figures = Certificate['figures'];

const [EVENTS, CARDS, LINES] = [100_000, 1_000, 10_000];
const Figure = () => IsNumber({}, { message: '$property must be a number' });
const Digest = () => Matches(/^[0-9a-f]{64}$/, { message: '$property must be 64 hexadecimal digits' });

class EventDto {
  @Says('The number of its position.') @IsInt() @Min(0)
  position!: number;

  @Says('Of it as it is stored.') @Digest()
  digest!: string;
}

export class EventsDto {
  @Says('How many.') @IsInt() @Min(0)
  count!: number;

  @Says('Of the list of their digests, in log order.') @Digest()
  chain!: string;

  @Says('In log order.') @Optional() @ListOf(EventDto, EVENTS)
  list?: EventDto[];
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
