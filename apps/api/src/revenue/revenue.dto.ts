import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { type Incident, INCIDENTS } from '#insight';
import { PERIOD, REVENUE_FIGURES, REVENUE_GROUPS, type RevenueFigure, type RevenueGroup } from '#read-model';
import { IsDay, IsFigure, IsMoment, Line, ListOf, OneOf, Optional, Reason, WholeNumber } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';
import { ReadQuery } from '../reads/queries.dto.js';

const Currency = () => Matches(/^[A-Z]{3}$/, { message: '$property must be a code of ISO 4217, such as EUR' });

/** What may be asked for, or decided, otherwise than usual. */
function WithPolicy<Base extends new (...rest: any[]) => object>(base: Base) {
  class Policy extends base {
    @Says('Who comes back: a movement of its own, told as expansion, or taken off churn.')
    @Optional() @OneOf(['separate', 'expansion', 'net'])
    reactivation?: 'separate' | 'expansion' | 'net';

    @Says('Who comes back after more days than these is new. Usually: nobody who has paid before ever is.')
    @Optional() @WholeNumber(0, 36_500)
    reactivationDays?: number;

    @Says('ISO 4217: what amounts are converted to, at the rates in force when the period begins. Usually that of the declared rates.', { example: 'EUR' })
    @Optional() @Currency()
    currency?: string;

    @Says('A cancelled subscription stops counting as it ends, or as notice is given.')
    @Optional() @OneOf(['end', 'notice'])
    churnAt?: 'end' | 'notice';

    @Says('A subscription that rests counts nothing, or as before.')
    @Optional() @OneOf(['stops', 'keeps'])
    pause?: 'stops' | 'keeps';

    @Says('A new amount counts as it is told, or from the end of the term that runs then.')
    @Optional() @OneOf(['when-told', 'at-renewal'])
    midTerm?: 'when-told' | 'at-renewal';

    @Says('Rises that were agreed in advance (`because: escalator`) are expansion, or told apart and left out of NRR.')
    @Optional() @OneOf(['expansion', 'apart'])
    escalators?: 'expansion' | 'apart';

    @Says('What is paid by use (`usageBased`) is left out, counted, or counted alone.')
    @Optional() @OneOf(['excluded', 'included', 'only'])
    usage?: 'excluded' | 'included' | 'only';

    @Says('Merged customers are one at both ends of the period, or each is counted by itself.')
    @Optional() @OneOf(['together', 'apart'])
    merge?: 'together' | 'apart';

    @Says('Renewals of the period are those due in it, or those decided in it.')
    @Optional() @OneOf(['due', 'decided'])
    renewalsBy?: 'due' | 'decided';

    @Says('A renewal may come so many days late.')
    @Optional() @WholeNumber(0, 366)
    graceDays?: number;

    @Says('Changes of a customer within so many minutes are one movement.')
    @Optional() @WholeNumber(0, 44_640)
    groupMinutes?: number;
  }
  return Policy;
}

export class CustomerRevenueQuery extends WithPolicy(ReadQuery) {
  @Says('The policy to begin with: what the tenant has decided, or the usual one.', { default: 'own' })
  @Optional() @OneOf(['own', 'usual'])
  policy?: 'own' | 'usual';

  @Says('What had happened by then counts: an instant, or a date, which means the end of that day. Now when left out; not after today.')
  @Optional() @IsMoment()
  asOf?: string;

  @Says('What was known by then counts: an instant, or the end of a day. What is known now when left out. Names, segments and owners are those of today all the same.')
  @Optional() @IsMoment()
  knownAt?: string;
}

class RevenuePeriodQuery extends CustomerRevenueQuery {
  @Says('A year, a quarter or a month. The quarter that runs when left out, with `from` and `to`.', { example: '2026-Q3' })
  @Optional() @Matches(PERIOD, { message: 'period must be a year, a quarter or a month, such as 2026, 2026-Q3 or 2026-08' })
  period?: string;

  @Says("Instead of a period: the first day, on the tenant's calendar.")
  @Optional() @IsDay()
  from?: string;

  @Says('The last day; today when left out.')
  @Optional() @IsDay()
  to?: string;

  @Says('Only customers of this segment.', { example: 'enterprise' })
  @Optional() @Line(200)
  segment?: string;

  @Says('Only customers whom this person looks after.', { example: 'mara' })
  @Optional() @Line(100)
  owner?: string;

  @Says('What can be ended within so many days is exposed.', { default: 90 })
  @Optional() @WholeNumber(1, 3_660)
  within?: number;
}

export class RevenueQuery extends RevenuePeriodQuery {
  @Says('Also by what. By product, each is asked about as if nothing else were sold.', { example: 'segment' })
  @Optional() @OneOf(REVENUE_GROUPS)
  by?: RevenueGroup;
}

export class RevenueCustomersQuery extends RevenuePeriodQuery {
  @Says('Whose figure: a movement, an end of the waterfall, a ratio, the renewals, what has no rate, what can be ended soon, or whose budget is cut.', { example: 'churn' })
  @OneOf(REVENUE_FIGURES)
  movement!: RevenueFigure;

  @Says('At most so many customers.', { default: 50 })
  @Optional() @WholeNumber(1, 500)
  limit?: number;

  @Says('The `next` of the page before.')
  @Optional() @Line(1_000)
  cursor?: string;
}

export class IncidentsQuery extends ReadQuery {
  @Says('Which class: an outage that hit the customer, a promise of ours that was broken, a target of a ticket that was missed, a ticket that was escalated, an answer to a survey below the bar.', { example: 'outage' })
  @OneOf(INCIDENTS)
  incident!: Incident;

  @Says('Those within so many days.', { default: 365 })
  @Optional() @WholeNumber(1, 3_660)
  days?: number;

  @Says('What had happened by then counts: an instant, or a date, which means the end of that day. Now when left out; not after today.')
  @Optional() @IsMoment()
  asOf?: string;

  @Says('What was known by then counts: an instant, or the end of a day. What is known now when left out.')
  @Optional() @IsMoment()
  knownAt?: string;

  @Says('At most so many customers.', { default: 50 })
  @Optional() @WholeNumber(1, 200)
  limit?: number;
}

class RateDto {
  @Says('ISO 4217.', { example: 'USD' })
  @Currency()
  currency!: string;

  @Says('Whole units of the reporting currency for one whole unit of this one.', { example: 0.92 })
  @IsFigure(1e-9, 1e9)
  rate!: number;
}

export class RatesDto {
  @Says('ISO 4217: what is reported in.', { example: 'EUR' })
  @Currency()
  currency!: string;

  @Says('The day from which they hold.', { example: '2026-07-01' })
  @IsDay()
  on!: string;

  @Says('One for each other currency.', { example: [{ currency: 'USD', rate: 0.92 }] })
  @ListOf(RateDto, 200)
  rates!: RateDto[];

  @Says('Why.', { example: 'Rates of the group' })
  @Optional() @Reason()
  reason?: string;
}

export class RevenuePolicyDto extends WithPolicy(Object) {
  @Says('What the policy is called; every figure names it.', { example: 'board' })
  @Line(200)
  name!: string;

  @Says('Channels of sales by which customers came through others.', { example: ['referral'] })
  @Optional() @IsArray() @ArrayMaxSize(50) @Line(200, { each: true })
  earnedChannels?: string[];

  @Says('Why.', { example: 'As the board pack has it' })
  @Optional() @Reason()
  reason?: string;
}
