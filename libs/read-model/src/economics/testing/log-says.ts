import { STANDING } from '../../answers/testing/log-says.js';

const AMOUNT = `(data -> 'amount' ->> 'amount')::numeric`;

/** Per customer, by payments: income, costs of service, CAC. Nobody in the test has two payments of one invoice. */
export const ledgersInLog = `${STANDING},
  issued as (select customer, data ->> 'invoice' as invoice, coalesce((data -> 'net' ->> 'amount')::numeric, ${AMOUNT}) as due, coalesce((data -> 'net' ->> 'amount')::numeric / nullif(${AMOUNT}, 0), 1) as share from standing where type = 'invoice.issued'),
  income as (
    select customer, sum(due - (select coalesce(sum(round((credit.data -> 'amount' ->> 'amount')::numeric * share)), 0) from standing as credit where credit.type = 'invoice.credited' and credit.customer = issued.customer and credit.data ->> 'invoice' = issued.invoice)) as income
    from issued where exists (select from standing as paid where paid.type = 'invoice.paid' and paid.customer = issued.customer and paid.data ->> 'invoice' = issued.invoice) group by customer),
  costs as (select customer, sum(${AMOUNT}) filter (where type = 'cost.service-cost-recorded') as service, sum(${AMOUNT}) filter (where type = 'cost.acquisition-cost-recorded') as cac from standing where type like 'cost.%' group by customer)
  select customer, coalesce(income, 0)::float8 as income, coalesce(service, 0)::float8 as service, coalesce(cac, 0)::float8 as cac from income full join costs using (customer) order by customer`;

/** Costs of service by driver. */
export const driversInLog = `${STANDING} select data ->> 'driver' as driver, sum(${AMOUNT})::float8 as cost from standing where type = 'cost.service-cost-recorded' group by 1 order by 1 nulls last`;

/** By band of fit at 50 and 75: customers judged by the day on which they first bought, and what of them ended within 12 months, of those who bought 12 months ago ($2: the day) or longer. */
export const fitInLog = `${STANDING},
  sold as (select customer, min(at) as at from standing where type = 'subscription.started' group by customer),
  ended as (
    select customer, max(at) filter (where type = 'subscription.ended') as at from standing where type in ('subscription.started', 'subscription.ended') group by customer
    having count(*) filter (where type = 'subscription.started') = count(*) filter (where type = 'subscription.ended')),
  judged as (
    select distinct on (sold.customer) sold.customer, sold.at as sold_at, ended.at as ended_at, (facts.data ->> 'score')::float8 as score
    from sold join standing as facts on facts.customer = sold.customer and facts.type = 'sale.fit-assessed' and (facts.at at time zone 'Europe/Berlin')::date <= (sold.at at time zone 'Europe/Berlin')::date left join ended on ended.customer = sold.customer
    order by sold.customer, facts.at desc),
  ripe as (select *, (sold_at at time zone 'Europe/Berlin')::date + interval '12 months' as due from judged)
  select case when score >= 75 then 'good' when score >= 50 then 'middle' else 'poor' end as band, count(*)::int as customers,
    (count(*) filter (where due <= $2::date))::int as n, (count(*) filter (where due <= $2::date and (ended_at at time zone 'Europe/Berlin')::date <= due))::int as left
  from ripe group by 1 order by 1`;
