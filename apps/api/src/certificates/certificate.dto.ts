import { ArrayMaxSize, IsArray, IsIn, IsInt, Matches, Min } from 'class-validator';
import { IsMoment, Line, Optional, Part } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { HealthQuery } from '../reads/queries.dto.js';
import { CardRefDto, CardsDto, EventsDto, FiguresDto } from './certificate-parts.dto.js';

const POSITION = /^\d{1,9}\.\d{1,15}$/;
const MEMBERS = 10_000;

export class CertificateEventsQuery extends HealthQuery {
  @Says('Facts up to there count; all that are final when left out.', { example: '1.42' })
  @Optional() @Matches(POSITION, { message: 'position must be a position such as 1.42' })
  position?: string;
}

export class CertificateQuery extends CertificateEventsQuery {
  @Says('`true`: with the position and digest of every event, so that a check can tell which one differs.', { default: 'false' })
  @Optional() @IsIn(['true', 'false'])
  list?: 'true' | 'false';
}

/** A certificate as it was handed out, with all of its parts; what they say is held against the log. */
export class CertificateDto {
  @Says('The form of the certificate.', { example: 'touchline/health-certificate/1' })
  @Line(100)
  format!: string;

  @Says('Whose log it stands on.', { example: 'acme' })
  @Line(100)
  tenant!: string;

  @Says('IANA name of the zone in which days begin and end.', { example: 'Europe/Berlin' })
  @Line(100)
  timeZone!: string;

  @Says('Our id of the customer.', { example: '0190-af' })
  @Line(200)
  customer!: string;

  @Says('All who were known to be one with it, and itself.')
  @IsArray() @ArrayMaxSize(MEMBERS) @Line(200, { each: true })
  members!: string[];

  @Says('What was true then counts.', { example: '2026-06-30T21:59:59.999Z' })
  @IsMoment()
  asOf!: string;

  @Says('What was known then counts.', { example: '2026-07-01T08:00:00.000Z' })
  @IsMoment()
  knownAt!: string;

  @Says('Facts up to there count.', { example: '1.42' })
  @Matches(POSITION, { message: 'position must be a position such as 1.42' })
  position!: string;

  @Says('How many events, their chain, and their list where there is one.')
  @Part(EventsDto)
  events!: EventsDto;

  @Says('The position of the first fact that could not be read, where there was one.')
  @Optional() @IsInt() @Min(0)
  heldAt?: number;

  @Says('Version of the arithmetic.', { example: '1' })
  @Line(100)
  arithmetic!: string;

  @Says('The card that scored.')
  @Part(CardRefDto)
  card!: CardRefDto;

  @Says('Who is scored by which card, and the cards.')
  @Part(CardsDto)
  cards!: CardsDto;

  @Says('The figures.')
  @Part(FiguresDto)
  figures!: FiguresDto;

  @Says('Of all of the above but the list of events.')
  @Matches(/^[0-9a-f]{64}$/, { message: 'digest must be 64 hexadecimal digits' })
  digest!: string;
}
