import { STANDING } from '../../answers/testing/log-says.js';

/** What each customer brings a year at each moment at which it was told anything, in euro cents ($2: cents of a euro for a cent of another currency). */
const TOTALS = `
  told as (select customer, data ->> 'subscription' as sub, type, data, at, position from standing where type like 'subscription.%' or type = 'renewal.renewed'),
  moments as (select distinct customer, at from told),
  parts as (
    select moments.customer, moments.at, subs.sub,
      (select case when said.data #>> '{recurring,currency}' = 'EUR' then 1 else $2::numeric end * (said.data #>> '{recurring,amount}')::numeric from told as said where said.customer = moments.customer and said.sub = subs.sub and said.at <= moments.at and said.data ? 'recurring' order by said.at desc, said.position desc limit 1) as amount,
      (select case said.data ->> 'interval' when 'month' then 12 when 'quarter' then 4 else 1 end from told as said where said.customer = moments.customer and said.sub = subs.sub and said.at <= moments.at and said.data ? 'interval' order by said.at desc, said.position desc limit 1) as times,
      (select said.type from told as said where said.customer = moments.customer and said.sub = subs.sub and said.at <= moments.at and said.type in ('subscription.started', 'subscription.resumed', 'subscription.paused', 'subscription.ended') order by said.at desc, said.position desc limit 1) as state
    from moments join (select distinct customer, sub from told) as subs using (customer)),
  totals as (select customer, at, sum(case when state in ('subscription.paused', 'subscription.ended') then 0 else coalesce(amount * coalesce(times, 12), 0) end) as total from parts group by 1, 2),
  edges as (
    select customer, coalesce((array_agg(total order by at desc) filter (where at < $3::timestamptz))[1], 0) as before, coalesce((array_agg(total order by at desc) filter (where at < $4::timestamptz))[1], 0) as after from totals group by 1),
  steps as (select customer, at, total, coalesce(lag(total) over w, 0) as was, coalesce(max(total) over (partition by customer order by at rows between unbounded preceding and 1 preceding), 0) as most from totals window w as (partition by customer order by at)),
  moved as (select case when was = 0 and most > 0 then 'reactivation' when was = 0 then 'new' when total = 0 then 'churn' when total > was then 'expansion' else 'contraction' end as kind, customer, abs(total - was) as amount from steps where total <> was and at >= $3::timestamptz and at < $4::timestamptz)`;

/** Every figure of a period but renewals, by one row: waterfall, cohort and logos. */
export const revenueInLog = `${STANDING}, ${TOTALS}
  select sum(before)::float8 as start, sum(after)::float8 as end, sum(after) filter (where before > 0)::float8 as net, sum(least(before, after)) filter (where before > 0)::float8 as gross,
    count(*) filter (where before > 0)::int as cohort, count(*) filter (where before > 0 and after = 0)::int as lost,
    count(*) filter (where before = 0 and after = 0 and exists (select from moved where moved.customer = edges.customer))::int as won_and_lost,
    (select coalesce(jsonb_object_agg(kind, amount), '{}') from (select kind, sum(amount)::float8 as amount from moved group by 1) as sums) as moved
  from edges`;

/** Terms that are due in the period: of subscriptions that name the day in their start, and are decided once, if at all. $5: days of grace, $6: time zone. */
export const renewalsInLog = `${STANDING}, ${TOTALS},
  due as (select customer, sub, (data ->> 'renewsOn')::date as day from told where type = 'subscription.started' and data ? 'renewsOn' and (data ->> 'renewsOn')::date >= ($3::timestamptz at time zone $6)::date and (data ->> 'renewsOn')::date < ($4::timestamptz at time zone $6)::date),
  decided as (
    select due.*, said.type, said.at, (said.at at time zone $6)::date <= day + $5::int as in_time,
      (said.data #>> '{recurring,amount}')::numeric * case said.data #>> '{recurring,currency}' when 'EUR' then 1 else $2::numeric end as next,
      (select (paid.data #>> '{recurring,amount}')::numeric * case paid.data #>> '{recurring,currency}' when 'EUR' then 1 else $2::numeric end from told as paid where (paid.customer, paid.sub) = (due.customer, due.sub) and paid.data ? 'recurring'
        and (paid.at at time zone $6)::date < day and (said.at is null or (paid.at, paid.position) < (said.at, said.position)) order by paid.at desc, paid.position desc limit 1) as was
    from due left join told as said on (said.customer, said.sub) = (due.customer, due.sub) and said.type in ('subscription.ended', 'renewal.renewed'))
  select count(*)::int as terms, sum(was)::float8 as due, coalesce(sum(least(was, next)) filter (where in_time and type = 'renewal.renewed'), 0)::float8 as renewed, count(*) filter (where in_time and type = 'subscription.ended')::int as lost, count(*) filter (where in_time is not true)::int as late
  from decided where was > 0`;
