import { STANDING } from '../../answers/testing/log-says.js';

/** The map of the test as a table: from a stage (null: none) by a type to a stage. */
const MOVES = `
  moves (here, type, there) as (values
    (null, 'sale.won', 'onboarding'), ('left', 'sale.won', 'onboarding'),
    (null, 'deployment.went-live', 'adoption'), ('onboarding', 'deployment.went-live', 'adoption'), ('renewal', 'renewal.renewed', 'adoption'), (null, 'renewal.renewed', 'adoption'), ('onboarding', 'renewal.renewed', 'adoption'), ('renewal', 'deployment.went-live', 'adoption'),
    (null, 'renewal.opened', 'renewal'), ('adoption', 'renewal.opened', 'renewal'),
    (null, 'customer.closed', 'left'), ('onboarding', 'customer.closed', 'left'), ('adoption', 'customer.closed', 'left'), ('renewal', 'customer.closed', 'left'))`;

/** The walk of each customer over its facts up to a moment ($2), fact by fact. Facts of who is merged are told of who stands for both, its closing is not. */
const WALK = `
  facts as (select customer, type, at, row_number() over (partition by customer order by at, position) as n from standing where at <= $2::timestamptz
    and not (type = 'customer.closed' and exists (select from log where log.tenant = $1 and log.position = standing.position and log.stream <> customer))),
  walk (customer, n, stage, moved) as (
    select distinct customer, 0::bigint, null::text, false from facts
    union all
    select walk.customer, facts.n, coalesce(there, walk.stage), there is not null
    from walk join facts on (facts.customer, facts.n) = (walk.customer, walk.n + 1)
    left join moves on moves.here is not distinct from walk.stage and moves.type = facts.type),
  entered as (select customer, stage, walk.n, facts.at, lead(walk.stage) over later as next, lead(facts.at) over later as left_at
    from walk join facts using (customer, n) where moved window later as (partition by customer order by walk.n)),
  days as (select customer, stage, next, (coalesce(left_at, $2::timestamptz) at time zone 'Europe/Berlin')::date - (at at time zone 'Europe/Berlin')::date as days, left_at is not null as over from entered)`;

/** Kaplan and Meier over (part, days, over) of \`spell\`: the shares as running products. */
const KM = `
  step as (select part, days, count(*) filter (where over) as ended, (select count(*) from spell as s where s.part = spell.part and s.days >= spell.days) as risk from spell group by part, days),
  curve as (select part, days, ended, risk, (select case when bool_or(s.ended = s.risk) then 0 else exp(sum(ln(1 - s.ended::float8 / nullif(s.risk, s.ended)))) end from step as s where s.part = step.part and s.days <= step.days) as lasts from step)`;

/** Of each stage: customers now, visits, those over, and the median stay. */
export const stagesInLog = `${STANDING}, ${MOVES}, ${WALK}, spell as (select stage as part, days, over from days), ${KM}
  select stage, count(*) filter (where not over)::int as now, count(*)::int as visits, count(*) filter (where over)::int as left,
    (select min(curve.days) from curve where part = stage and lasts <= 0.5 + 1e-9)::int as median from days group by stage`;

export const movesInLog = `${STANDING}, ${MOVES}, ${WALK} select stage as here, next as there, count(*)::int as n from days where over group by 1, 2`;

/** Days from the first signature to the first confirmed outcome. */
export const valueInLog = `${STANDING}, ${MOVES}, ${WALK},
  ends as (select customer, (array_agg(stage order by n desc))[1] as stage, (array_agg(at order by n desc))[1] as at from entered group by 1),
  first as (select customer, min(at) filter (where type = 'sale.won') as begun, min(at) filter (where type = 'goal.outcome-confirmed') as reached from facts group by 1),
  spell as (select 'all' as part, (coalesce(reached, case when ends.stage = 'left' and ends.at >= begun then ends.at end, $2::timestamptz) at time zone 'Europe/Berlin')::date - (begun at time zone 'Europe/Berlin')::date as days, reached is not null as over
    from first left join ends using (customer) where begun is not null and not coalesce(reached < begun, false)), ${KM}
  select (select count(*) from spell)::int as n, (select count(*) from spell where over)::int as reached, (select min(days) from curve where lasts <= 0.5 + 1e-9)::int as median, (select lasts from curve where ended > 0 order by days desc limit 1) as least`;

/** Who started in which quarter of the tenant's calendar, and how many of them got there. */
export const trendInLog = `${STANDING},
  first as (select customer, min(at) filter (where type = 'sale.won') as begun, min(at) filter (where type = 'goal.outcome-confirmed') as reached from standing where at <= $2::timestamptz group by 1)
  select to_char(begun at time zone 'Europe/Berlin', 'YYYY"-Q"Q') as quarter, count(*)::int as n, count(reached)::int as reached from first where begun is not null and not coalesce(reached < begun, false) group by 1 order by 1`;

/** Who met the moment (live within 60 days of onboarding) or missed it before deciding, and whether it renewed; of customers who entered onboarding once. Days are counted from its beginning. */
export const renewalsInLog = `${STANDING}, ${MOVES}, ${WALK},
  once as (select customer, min(at) as begun from entered where stage = 'onboarding' group by 1 having count(*) = 1),
  ends as (select customer, (array_agg(stage order by n desc))[1] as stage, (array_agg(at order by n desc))[1] as at from entered group by 1),
  told as (select customer, min(at) as at, (array_agg(type order by n desc))[1] = 'renewal.renewed' as renewed from facts where type in ('renewal.renewed', 'renewal.lapsed') group by 1),
  decided as (select customer, case when has_left then ends.at else told.at end as at, not has_left and renewed as renewed
    from ends left join told using (customer) cross join lateral (select ends.stage = 'left' and coalesce(renewed, true) as has_left) as how where has_left or told.at is not null),
  found as (select customer, begun, decided.at as decided, renewed,
      (select min(facts.at) from facts where facts.customer = once.customer and type = 'deployment.went-live' and facts.at > begun) as live, (select min(entered.at) from entered where entered.customer = once.customer and stage = 'left' and entered.at > begun) as gone
    from once join decided using (customer)),
  counted as (select customer, renewed, begun, decided, live, gone, day(live) - day(begun) as live_after, day(gone) - day(begun) as gone_after, day(decided) - day(begun) as decided_after from found)
  select customer, renewed, case when live_after <= 60 and live < coalesce(gone, 'infinity') then case when live < decided then 'met' end
    when begun < decided and decided_after > 60 and coalesce(gone_after > 60, true) then 'missed' end as side from counted`.replaceAll(/\bday\((\w+)\)/g, "($1 at time zone 'Europe/Berlin')::date");
