import { STANDING } from '../../answers/testing/log-says.js';

/** What had happened by $2, and what customers pay: each with any number of subscriptions that were started and go on. */
const THEN = `${STANDING},
  told as (select * from standing where at <= $2::timestamptz),
  pays as (select customer, sum(12 * (data #>> '{recurring,amount}')::bigint)::bigint as amount from standing where type = 'subscription.started' group by 1)`;

const REQUESTS = `
  request as (
    select customer, data ->> 'feedback' as feedback, min(at) as raised,
      min(at) filter (where type = 'feedback.customer-told' or (type = 'feedback.answered' and data ? 'to')) as heard,
      (array_agg(data -> 'themes' order by at desc, position desc) filter (where type = 'feedback.themed'))[1] as themes, bool_or(type in ('feedback.answered', 'feedback.declined')) as answered
    from told where type like 'feedback.%' and data ? 'feedback' group by 1, 2),
  themed as (select request.*, theme from request left join lateral (select distinct theme from jsonb_array_elements_text(request.themes) as theme) as own on true)`;

const WEIGHT = (from: string) => `count(distinct (${from}.customer, feedback))::int as requests, count(distinct ${from}.customer)::int as accounts, count(*) filter (where heard is null)::int as open, count(*) filter (where answered)::int as answered,
  max(floor(extract(epoch from $2::timestamptz - raised) / 86400)) filter (where heard is null)::int as oldest`;

/** Requests by theme, and of all (`everything`). */
export const registerInLog = `${THEN}, ${REQUESTS},
  lines as (select false as everything, theme, ${WEIGHT('themed')} from themed group by theme union all select true, null, ${WEIGHT('request')} from request),
  money as (select false as everything, theme, sum(amount)::float8 as arr from (select distinct theme, customer from themed) as who join pays using (customer) group by theme
    union all select true, null, sum(amount)::float8 from (select distinct customer from request) as who join pays using (customer))
  select lines.*, coalesce(money.arr, 0) as arr from lines left join money on money.everything = lines.everything and money.theme is not distinct from lines.theme order by everything, theme nulls last`;

/** Promises, as of the day $3. */
export const promisesInLog = `${THEN},
  promise as (select customer, data ->> 'promise' as promise, bool_or(type = 'promise.kept') as kept, bool_or(type = 'promise.broken') as broken,
    (array_agg(data ->> 'dueOn' order by at desc, position desc) filter (where type = 'promise.made'))[1] as due from told where type like 'promise.%' group by 1, 2)
  select count(*)::int as promises, count(*) filter (where kept)::int as kept, count(*) filter (where broken and not kept)::int as broken,
    count(*) filter (where not kept and not broken and due < $3)::int as overdue, count(*) filter (where not kept and not broken and (due is null or due >= $3))::int as open from promise`;

export const outcomesInLog = `${THEN},
  claim as (select distinct on (customer, data ->> 'outcome') customer, data ->> 'outcome' as outcome, at, position, (data #>> '{value,amount}')::bigint as worth from told where type = 'goal.outcome-claimed' order by 1, 2, at desc, position desc),
  answered as (select claim.*, answer.type, coalesce((answer.data #>> '{value,amount}')::bigint, worth) as theirs from claim left join lateral (
    select type, data from told where told.customer = claim.customer and told.data ->> 'outcome' = claim.outcome and type in ('goal.outcome-confirmed', 'goal.outcome-rejected') and (told.at, told.position) > (claim.at, claim.position) order by told.at desc, told.position desc limit 1) as answer on true)
  select count(*)::int as claimed, count(*) filter (where type = 'goal.outcome-confirmed')::int as confirmed, count(*) filter (where type = 'goal.outcome-rejected')::int as rejected, count(*) filter (where type is null)::int as open,
    coalesce(sum(worth), 0)::float8 as "claimedWorth", coalesce(sum(theirs) filter (where type = 'goal.outcome-confirmed'), 0)::float8 as "confirmedWorth" from answered`;

/** Of each customer who pays: days since the last talk, use and feedback; whether there is a sponsor now, or ever was; whether it was visited. */
export const presenceInLog = `${THEN},
  person as (select customer, data ->> 'contact' as contact, (array_agg(type order by at desc, position desc))[1] <> 'contact.left' as here, coalesce((array_agg((data ->> 'sponsor')::boolean order by at desc, position desc) filter (where data ? 'sponsor'))[1], false) as sponsor
    from told where type in ('contact.added', 'contact.role-changed', 'contact.left') group by 1, 2),
  met as (select customer, max(at) as at from told join person using (customer) where type like 'engagement.%' and (data ->> 'twoWay')::boolean and here and sponsor and data -> 'with' ? contact group by 1)
  select pays.customer, amount::float8 as arr, not exists (select from told where told.customer = pays.customer and at > $2::timestamptz - interval '90 days' and (
      (type like 'engagement.%' and (data ->> 'twoWay')::boolean) or type in ('survey.responded', 'feedback.request-raised') or (type = 'usage.reported' and (data ->> 'active')::int > 0))) as quiet,
    case when exists (select from person where person.customer = pays.customer and sponsor and here) then case when met.at > $2::timestamptz - interval '180 days' then 'live' else 'not-met' end
      when exists (select from person where person.customer = pays.customer and sponsor) then 'left' else 'never' end as sponsor,
    exists (select from told where told.customer = pays.customer and type = 'engagement.visit-made') as visited
  from pays left join met using (customer) order by 1`;
