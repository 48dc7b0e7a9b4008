/** The facts of a tenant as corrections left them (each is corrected once at most), of whoever stands for the customer, without any code of ours. */
export const STANDING = `
  with recursive merges as (
    select stream, (array_agg(case when type = 'customer.merged' then data ->> 'into' end order by position desc))[1] as into_customer
    from log where tenant = $1 and type in ('customer.merged', 'customer.unmerged') group by stream),
  way (customer, root) as (
    select distinct stream, stream from log where tenant = $1 and category = 'customer'
    union select way.customer, merges.into_customer from way join merges on merges.stream = way.root where merges.into_customer is not null),
  roots as (select customer, root from way where not exists (select from merges where merges.stream = way.root and into_customer is not null)),
  standing as (
    select roots.root as customer, log.position, log.type, coalesce(amended.data -> 'data', log.data)::jsonb as data, coalesce((amended.data ->> 'time')::timestamptz, log.occurred_at) as at
    from log join roots on roots.customer = log.stream
    left join log as amended on amended.tenant = log.tenant and amended.type = 'record.amended' and amended.data #>> '{event,id}' = log.id
    where log.tenant = $1 and log.category = 'customer' and not exists (select from log as gone where gone.tenant = $1 and gone.type = 'record.retracted' and gone.data #>> '{events,0,id}' = log.id))`;

export const answersInLog = {
  table: 'answer' as const,
  columns: 'state, kind, score, verdict, answered_at, revised_at, first_viewed_at, viewed_at, complaint_at, set_aside_at, set_aside_reason, suppressed, wants_contact, urgency, answer_position',
  text: `${STANDING},
  asked as (select customer, data ->> 'survey' as entity, position, type, data, at from standing where type like 'survey.%'),
  answers as (select *, row_number() over (partition by customer, entity order by at, position) as place, row_number() over (partition by customer, entity order by at desc, position desc) as from_end
    from asked where type in ('survey.responded', 'survey.response-revised')),
  first as (select * from answers where place = 1), counts as (select * from answers where from_end = 1),
  line as (
    select all_of.customer, all_of.entity, counts.data, counts.at as last_at, counts.position as last_position, first.at as answered_at, counts.place,
      (select min(at) from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and type = 'survey.response-viewed') as first_viewed_at,
      (select min(at) from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and type = 'survey.response-viewed' and (counts.at is null or (v.at, v.position) > (counts.at, counts.position))) as viewed_at,
      (select min(at) from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and type = 'survey.marked-complaint') as complaint_at,
      (select (array_agg(type || ' ' || coalesce(data ->> 'reason', '') order by at desc, position desc))[1] from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and type in ('survey.sent', 'survey.suppressed', 'survey.expired')) as went,
      (select (array_agg(data ->> 'reason' order by at desc, position desc))[1] from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and type = 'survey.suppressed') as suppressed,
      (select (array_agg(at order by at, position))[1] from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and type = 'survey.set-aside') as set_aside_at,
      (select (array_agg(data ->> 'reason' order by at, position))[1] from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and type = 'survey.set-aside') as set_aside_reason,
      (select (array_agg(data #>> '{instrument,kind}' order by at desc, position desc))[1] from asked as v where (v.customer, v.entity) = (all_of.customer, all_of.entity) and data ? 'instrument') as last_kind,
      bool_or(all_of.type in ('survey.requested', 'survey.sent', 'survey.suppressed', 'survey.expired', 'survey.responded', 'survey.response-revised')) as was_asked
    from asked as all_of left join counts using (customer, entity) left join first using (customer, entity)
    group by all_of.customer, all_of.entity, counts.data, counts.at, counts.position, first.at, counts.place),
  judged as (
    select *, (data ->> 'score')::double precision as score, (data #>> '{instrument,min}')::double precision as low, (data #>> '{instrument,max}')::double precision as high, data #>> '{instrument,kind}' as of_kind from line where was_asked)
  select customer, entity, case when answered_at is not null then 'answered' when went like 'survey.sent%' then 'sent' when went like 'survey.suppressed%' then 'suppressed' when went like 'survey.expired%' then 'expired' else 'requested' end as state,
    last_kind as kind, score, verdict, answered_at, case when place > 1 then last_at end as revised_at, first_viewed_at, viewed_at, complaint_at, set_aside_at, set_aside_reason, suppressed,
    coalesce((data ->> 'wantsContact')::boolean, false) as wants_contact,
    case when answered_at is null then null when verdict = 'miss' or complaint_at is not null or (data ->> 'wantsContact')::boolean then 0 when verdict = 'neutral' then 1 else 2 end as urgency, last_position as answer_position
  from judged cross join lateral (select case when score is null then null when of_kind = 'nps' then case when score < 7 then 'miss' when score < 9 then 'neutral' else 'excellent' end
    else case when score < 4 then 'miss' when score < 5 then 'neutral' else 'excellent' end end as verdict) as v
  order by customer, entity`,
};

/** Where feedback is, by its latest facts; turns are told one by one. */
export const feedbackInLog = {
  table: 'feedback' as const,
  columns: 'survey, raised_at, told_at, department',
  text: `${STANDING},
  told as (select customer, data ->> 'feedback' as entity, position, type, data, at from standing where type like 'feedback.%')
  select customer, entity,
    (array_agg(data ->> 'survey' order by at, position) filter (where type = 'feedback.request-raised'))[1] as survey, min(at) as raised_at, min(at) filter (where type = 'feedback.customer-told') as told_at,
    (array_agg(data ->> 'department' order by at desc, position desc) filter (where data ? 'department'))[1] as department
  from told group by customer, entity order by customer, entity`,
};
