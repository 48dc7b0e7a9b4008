import { STANDING } from '../../answers/testing/log-says.js';

/** Each ticket with its clock folded fact by fact, in SQL over the log. */
const TICKETS = `
  facts as (select customer, data ->> 'ticket' as ticket, substr(type, 8) as what, at, position, data, row_number() over (partition by customer, data ->> 'ticket' order by at, position) as n from standing where type like 'ticket.%'),
  walk (customer, ticket, n, state, since, minutes, resolved, first_resolved) as (
    select customer, ticket, 0::bigint, 'unknown', null::timestamptz, 0::float8, null::timestamptz, null::timestamptz from facts where n = 1
    union all
    select walk.customer, walk.ticket, facts.n, case when starts then 'running' when pauses then 'paused' when ends then 'resolved' else state end, case when starts then facts.at else since end,
      minutes + case when state = 'running' and (pauses or ends) then extract(epoch from facts.at - since) / 60 else 0 end,
      case when ends then facts.at when starts then null else resolved end, coalesce(first_resolved, case when ends then facts.at end)
    from walk join facts on (facts.customer, facts.ticket, facts.n) = (walk.customer, walk.ticket, walk.n + 1)
    cross join lateral (select (what = 'opened' and state = 'unknown') or (what = 'resumed' and state = 'paused') or (what = 'reopened' and state in ('resolved', 'unknown')) as starts,
      what = 'paused' and state = 'running' as pauses, what in ('resolved', 'closed') and state <> 'resolved' as ends) as does),
  ticket as (
    select walk.customer, walk.ticket, walk.minutes, walk.resolved, walk.first_resolved,
      min(facts.at) filter (where what = 'opened') as opened, min(facts.at) filter (where what = 'replied' and data ->> 'by' = 'agent') as replied,
      (array_agg(data ->> 'queue' order by facts.n desc) filter (where data ? 'queue'))[1] as queue,
      count(*) filter (where what = 'reopened') as reopened, count(*) filter (where what = 'escalated') as escalated, count(*) filter (where what = 'sla-missed') as missed
    from walk join facts using (customer, ticket) where walk.n = (select max(n) from facts as f where (f.customer, f.ticket) = (walk.customer, walk.ticket)) group by 1, 2, 3, 4, 5)`;

/** The answers that count, of people and accounts. */
const ANSWERS = `
  told as (select customer, data ->> 'survey' as survey, at, position, data, row_number() over (partition by customer, data ->> 'survey' order by at desc, position desc) as from_end, min(at) over (partition by customer, data ->> 'survey') as first_at
    from standing where type in ('survey.responded', 'survey.response-revised')),
  answer as (select customer, survey, first_at, data ->> 'contact' as contact, data ->> 'ticket' as ticket, data #>> '{instrument,kind}' as kind, (data ->> 'score')::float8 as score, (data ->> 'lostMinutes')::float8 as lost from told where from_end = 1),
  person as (select distinct on (customer, contact) customer, case when score >= 9 then 1 when score >= 7 then 0 else -1 end as mark from answer where kind = 'nps' order by customer, contact, first_at desc, survey desc),
  account as (select customer, 100 * avg(mark) as net, arr.amount from person left join (
    select customer, sum(12 * (data #>> '{recurring,amount}')::bigint) as amount from standing where type = 'subscription.started' group by 1) as arr using (customer) group by customer, arr.amount)`;

/** Figures of a tenant, without any code of ours: of tickets, by queue and of all (`queue` null and `everything`). */
export const ticketFiguresInLog = `${STANDING}, ${TICKETS}
  select queue, grouping(queue) = 1 as everything, count(*)::int as tickets, count(*) filter (where resolved is null)::int as open,
    avg(minutes) filter (where resolved is not null and opened is not null) as resolve, avg(greatest(0, extract(epoch from least(replied, first_resolved) - opened) / 60)) filter (where opened is not null and least(replied, first_resolved) is not null)::float8 as response,
    avg((reopened > 0)::int) filter (where first_resolved is not null)::float8 as reopened, avg((escalated > 0)::int)::float8 as escalated, avg((missed = 0)::int)::float8 as kept
  from ticket group by rollup (queue)`;

export const answerFiguresInLog = `${STANDING}, ${ANSWERS}
  select (select 100 * avg(mark) from person)::float8 as nps, (select 100 * sqrt((avg(mark * mark) - avg(mark) ^ 2) / count(*)) from person)::float8 as error, (select avg(net) from account)::float8 as by_account, (select sum(net * amount) / sum(amount) from account)::float8 as by_arr,
    (select sum(amount) ^ 2 / sum(amount ^ 2) from account)::float8 as effective, avg((score >= 4)::int) filter (where kind = 'csat')::float8 as csat, avg((score >= case kind when 'csat' then 5 else 9 end)::int)::float8 as top_box, avg(lost) filter (where kind = 'xla')::float8 as lost,
    count(*) filter (where kind = 'xla' and lost is not null)::int as lost_n
  from answer`;

/** Tickets by queue that kept their targets and were answered below the bar, by the newest answer. */
export const watermelonInLog = `${STANDING}, ${TICKETS}, ${ANSWERS}
  select ticket.queue, count(*) filter (where missed = 0)::int as kept, count(*) filter (where missed = 0 and newest.score < case newest.kind when 'csat' then 4 else 7 end)::int as red
  from ticket join (select distinct on (customer, ticket) * from answer where ticket is not null order by customer, ticket, first_at desc, survey desc) as newest using (customer, ticket) group by 1 order by 1 nulls first`;

export const outageFiguresInLog = `${STANDING},
  told as (select customer, data ->> 'outage' as outage, substr(type, 8) as what, at, position, data from standing where type like 'outage.%'),
  over as (select customer, outage, coalesce(max(at) filter (where what = 'resolved'), $2::timestamptz) as ended from told group by 1, 2),
  lived as (
    select customer, outage, (array_agg((data ->> 'detectedAt')::timestamptz order by at desc, position desc) filter (where what = 'customer-affected'))[1] as detected,
      min(at) filter (where what in ('customer-notified', 'eta-given', 'updated', 'workaround-offered') and at <= ended) as first_word, min(at) filter (where what = 'customer-reported') as reported, max(at) filter (where what = 'resolved') as resolved,
      (array_agg((data ->> 'eta')::timestamptz order by at desc, position desc) filter (where what = 'eta-given' and at <= ended))[1] as last_eta
    from told join over using (customer, outage) group by 1, 2 having bool_or(what = 'customer-affected')),
  stops as (select customer, outage, detected as at from lived union all select customer, outage, greatest(detected, coalesce(resolved, $2::timestamptz)) from lived
    union all select customer, outage, told.at from told join lived using (customer, outage) where what in ('customer-notified', 'eta-given', 'updated', 'workaround-offered') and told.at > detected and told.at <= coalesce(resolved, $2::timestamptz)),
  silent as (select customer, outage, max(gap) as longest from (select customer, outage, extract(epoch from at - lag(at) over (partition by customer, outage order by at)) / 60 as gap from stops) as gaps group by 1, 2)
  select count(*)::int as outages, avg(greatest(0, extract(epoch from first_word - detected) / 60)) filter (where first_word is not null)::float8 as lag, avg((first_word is not null and (reported is null or first_word < reported))::int)::float8 as told_first,
    avg(extract(epoch from resolved - last_eta) / 60)::float8 as eta_error, (select avg(longest) from silent)::float8 as silence
  from lived`;

export const responseInLog = `${STANDING}
  select avg(answered::int)::float8 as rate, count(*)::int as n from (
    select bool_or(type in ('survey.responded', 'survey.response-revised')) as answered, min(at) filter (where type = 'survey.sent') as sent
    from standing where type like 'survey.%' group by customer, data ->> 'survey') as asking where sent <= $2::timestamptz - interval '14 days'`;
