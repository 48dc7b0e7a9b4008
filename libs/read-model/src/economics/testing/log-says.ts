/** Facts of customers as corrections and merges left them, by queries over the log that share nothing with the code: of test `tenant` ($1). */
const FACTS = `
  with gone as (select e ->> 'source' as source, e ->> 'id' as id from event, jsonb_array_elements(data -> 'events') as e where tenant = $1 and type = 'record.retracted'),
  amended as (select data -> 'event' ->> 'source' as source, data -> 'event' ->> 'id' as id, data -> 'data' as data from event where tenant = $1 and type = 'record.amended'),
  merged as (select stream_id as customer, data ->> 'into' as root from event where tenant = $1 and type = 'customer.merged'),
  facts as (
    select coalesce(merged.root, event.stream_id) as customer, event.type, event.occurred_at as at, coalesce(amended.data, event.data) as data
    from event left join amended using (source, id) left join merged on merged.customer = event.stream_id
    where tenant = $1 and category = 'customer' and not exists (select from gone where gone.source = event.source and gone.id = event.id))`;

const AMOUNT = `(data -> 'amount' ->> 'amount')::numeric`;

/** Per customer, by payments: income, costs of service, CAC. Nobody in the test has two payments of one invoice. */
export const ledgersInLog = `${FACTS},
  issued as (select customer, data ->> 'invoice' as invoice, coalesce((data -> 'net' ->> 'amount')::numeric, ${AMOUNT}) as due, coalesce((data -> 'net' ->> 'amount')::numeric / nullif(${AMOUNT}, 0), 1) as share from facts where type = 'invoice.issued'),
  income as (
    select customer, sum(due - (select coalesce(sum(round((credit.data -> 'amount' ->> 'amount')::numeric * share)), 0) from facts as credit where credit.type = 'invoice.credited' and credit.customer = issued.customer and credit.data ->> 'invoice' = issued.invoice)) as income
    from issued where exists (select from facts as paid where paid.type = 'invoice.paid' and paid.customer = issued.customer and paid.data ->> 'invoice' = issued.invoice) group by customer),
  costs as (select customer, sum(${AMOUNT}) filter (where type = 'cost.service-cost-recorded') as service, sum(${AMOUNT}) filter (where type = 'cost.acquisition-cost-recorded') as cac from facts where type like 'cost.%' group by customer)
  select customer, coalesce(income, 0)::float8 as income, coalesce(service, 0)::float8 as service, coalesce(cac, 0)::float8 as cac from income full join costs using (customer) order by customer`;

/** Costs of service by driver. */
export const driversInLog = `${FACTS} select data ->> 'driver' as driver, sum(${AMOUNT})::float8 as cost from facts where type = 'cost.service-cost-recorded' group by 1 order by 1 nulls last`;

/** By band of fit at 50 and 75: customers judged by the day (UTC) on which they first bought, and what of them ended within 12 months, of those who bought 12 months ago ($2: the day) or longer. */
export const fitInLog = `${FACTS},
  sold as (select customer, min(at) as at from facts where type = 'subscription.started' group by customer),
  ended as (select customer, max(at) as at from facts where type = 'subscription.ended' group by customer),
  judged as (
    select distinct on (sold.customer) sold.customer, sold.at as sold_at, ended.at as ended_at, (facts.data ->> 'score')::float8 as score
    from sold join facts on facts.customer = sold.customer and facts.type = 'sale.fit-assessed' and (facts.at at time zone 'UTC')::date <= (sold.at at time zone 'UTC')::date left join ended on ended.customer = sold.customer
    order by sold.customer, facts.at desc),
  ripe as (select *, (sold_at at time zone 'UTC')::date + interval '12 months' as due from judged)
  select case when score >= 75 then 'good' when score >= 50 then 'middle' else 'poor' end as band, count(*)::int as customers,
    (count(*) filter (where due <= $2::date))::int as n, (count(*) filter (where due <= $2::date and (ended_at at time zone 'UTC')::date <= due))::int as left
  from ripe group by 1 order by 1`;
