import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsNumber, Matches, Max, Min } from 'class-validator';
import { INCOMES } from '#insight';
import { ECONOMICS_GROUPS, ECONOMICS_SORTS, type EconomicsGroup, type EconomicsSort } from '#read-model';
import { IsDay, IsMoment, IsWhole, Line, OneOf, Optional, Part, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { ReadQuery } from '../reads/queries.dto.js';

const CURRENCY = /^[A-Z]{3}$/;
const IsCurrency = () => Matches(CURRENCY, { message: '$property must be a code of ISO 4217 such as EUR' });

class PolicyQuery extends ReadQuery {
  @Says('What had happened by then counts: an instant, or a date, which means the end of that day. Now when left out; not after today. Who is in which segment, and the chance to leave, are those of today all the same.')
  @Optional() @IsMoment()
  asOf?: string;

  @Says('What was known by then counts: an instant, or the end of a day. What is known now when left out. Names and segments are those of today all the same.')
  @Optional() @IsMoment()
  knownAt?: string;

  @Says('What counts as income: payments where any is known, else what the subscriptions come to by day; payments alone; invoices when they are issued; subscriptions alone. As the tenant has decided when left out, and so are all of these.', { example: 'payments-or-subscription' })
  @Optional() @OneOf(INCOMES)
  income?: string;

  @Says('Which drivers of costs of service count as costs of revenue, with commas between them; `all`: every one, and costs without a driver.', { example: 'labour,licences' })
  @Optional() @Line(1_000)
  costs?: string;

  @Says('LTV counts at most so many months of a customer.', { example: 60 })
  @Optional() @WholeNumber(1, 600)
  horizonMonths?: number;

  @Says('Lower edges of the middle and the upper band of fit.', { example: '50,75' })
  @Optional() @Matches(/^\d{1,3}(\.\d{1,2})?,\d{1,3}(\.\d{1,2})?$/, { message: 'fitBands must be two numbers such as 50,75' })
  fitBands?: string;

  @Says('Who leaves within so many months of the sale has churned, in figures of fit.', { example: 12 })
  @Optional() @WholeNumber(1, 120)
  fitMonths?: number;
}

export class CustomerEconomicsQuery extends PolicyQuery {
  @Says("The first day, on the tenant's calendar. Left out: as many days up to the last one as the policy says, usually a year; of one customer, its whole life.")
  @Optional() @IsDay()
  from?: string;

  @Says('The last day; today when left out, and not after it.')
  @Optional() @IsDay()
  to?: string;
}

export class EconomicsQuery extends CustomerEconomicsQuery {
  @Says('Only customers of this segment, written as registered.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;

  @Says('Also by what.', { example: 'segment' })
  @Optional() @OneOf(ECONOMICS_GROUPS)
  by?: EconomicsGroup;
}

export class EconomicsListQuery extends CustomerEconomicsQuery {
  @Says('Only customers of this segment, written as registered.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;

  @Says('Only amounts of this currency.', { example: 'EUR' })
  @Optional() @IsCurrency()
  currency?: string;

  @Says('`true`: only customers who cost more to serve than they brought in.')
  @Optional() @IsIn(['true', 'false'])
  negative?: 'true' | 'false';

  @Says('Order; a minus turns it round. What is not known comes last.', { default: 'contribution' })
  @Optional() @OneOf(ECONOMICS_SORTS)
  sort?: EconomicsSort;

  @Says('At most so many lines on a page.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;

  @Says('`next` of the page before, beside the same parameters. Good for ten minutes; no line comes twice or never while figures move.')
  @Optional() @Line(6_000)
  cursor?: string;
}

export class FitQuery extends PolicyQuery {
  @Says('Only customers of this segment, written as registered.', { example: 'mid-market' })
  @Optional() @Line(200)
  segment?: string;

  @Says('Margins of this currency; when left out, of that in which most customers pay.', { example: 'EUR' })
  @Optional() @IsCurrency()
  currency?: string;
}

export class EconomicsPolicyDto {
  @Says('What the policy is called; every figure names it.', { example: 'board' })
  @Line(200)
  name!: string;

  @Says('What counts as income.', { example: 'payments-or-subscription' })
  @Optional() @OneOf(INCOMES)
  income?: string;

  @Says('Drivers of costs of service that are costs of revenue; left out: all are.', { example: ['labour', 'licences'] })
  @Optional() @IsArray() @ArrayMaxSize(50) @Line(200, { each: true })
  costOfRevenue?: string[];

  @Says('Figures look back so many days where no time is chosen.', { example: 365 })
  @Optional() @IsWhole(1, 3_660)
  windowDays?: number;

  @Says('LTV counts at most so many months of a customer.', { example: 60 })
  @Optional() @IsWhole(1, 600)
  horizonMonths?: number;

  @Says('Lower edges of the middle and the upper band of fit, rising.', { example: [50, 75] })
  @Optional() @IsArray() @ArrayMinSize(2) @ArrayMaxSize(2) @IsNumber({}, { each: true }) @Min(0, { each: true }) @Max(100, { each: true })
  fitBands?: number[];

  @Says('Who leaves within so many months of the sale has churned, in figures of fit.', { example: 12 })
  @Optional() @IsWhole(1, 120)
  fitMonths?: number;

  @Says('Why.', { example: 'As the board pack has it' })
  @Optional() @Reason()
  reason?: string;
}

class SpentDto {
  @Says('In minor units: 1250 EUR cents are 12.50 EUR. 0 takes the entry back.', { example: 18_000_000 })
  @IsWhole(0, 9e12)
  amount!: number;

  @Says('ISO 4217.', { example: 'EUR' })
  @IsCurrency()
  currency!: string;
}

export class SpendDto {
  @Says('What it was spent for: winning customers, or keeping those that we have.', { example: 'acquire' })
  @OneOf(['acquire', 'retain'])
  purpose!: 'acquire' | 'retain';

  @Says('How much.')
  @Part(SpentDto)
  amount!: SpentDto;

  @Says('The first day of the period.', { example: '2026-07-01' })
  @IsDay()
  from!: string;

  @Says('Its last day.', { example: '2026-09-30' })
  @IsDay()
  to!: string;

  @Says('On what, in a few words without names of persons.', { example: 'Campaigns and fairs' })
  @Optional() @Reason()
  what?: string;
}

class PricedDto {
  @Says('In minor units: 2400 EUR cents are 24.00 EUR. 0 takes the alternative back.', { example: 2_400 })
  @IsWhole(0, 9e12)
  amount!: number;

  @Says('ISO 4217.', { example: 'EUR' })
  @IsCurrency()
  currency!: string;
}

export class AlternativeDto {
  @Says('What the price is for: one ticket, or a year of serving one customer.', { example: 'ticket' })
  @OneOf(['ticket', 'customer-year'])
  per!: 'ticket' | 'customer-year';

  @Says('What they would take.')
  @Part(PricedDto)
  price!: PricedDto;

  @Says('The first day on which the price holds.', { example: '2026-07-01' })
  @IsDay()
  from!: string;

  @Says('Where the price comes from, without names of persons.', { example: 'Offer of 12 June 2026' })
  @Reason()
  source!: string;

  @Says('Who or what it is, and what is in the price.', { example: 'Service desk by an outsourcer, nights included' })
  @Optional() @Reason()
  what?: string;
}
