import { findType, isTenantType } from '../catalogue.js';
import type { JourneyCondition, JourneyMap } from './journey-map.js';

/** What is wrong in a map; `pointer`: where (RFC 6901). */
export interface MapFlaw {
  readonly pointer: string;
  readonly detail: string;
}

type Looked = { readonly properties?: Readonly<Record<string, unknown>>; readonly type?: unknown; readonly personal?: boolean; readonly hashed?: boolean; readonly refersTo?: string };

/** What a map that its schema takes says wrong all the same: types and fields that there are not, ids that stand twice or name nothing. */
export function flawsOfMap({ stages, moments, timeToValue }: JourneyMap): MapFlaw[] {
  const ids = new Set(stages.map(({ stage }) => stage));
  return [
    ...doubles(stages.map(({ stage }) => stage), 'stages', 'stage'), ...doubles(moments.map(({ moment }) => moment), 'moments', 'moment'), ...doubles(timeToValue.starts.map(({ start }) => start), 'timeToValue/starts', 'start'),
    ...stages.flatMap(({ enter, leave, touches = [], after = [], ends }, place) => [
      ...conditions(enter, `/stages/${place}/enter`), ...conditions(leave, `/stages/${place}/leave`),
      ...after.flatMap((stage, at) => (ids.has(stage) ? [] : [{ pointer: `/stages/${place}/after/${at}`, detail: `There is no stage ${stage}.` }])),
      ...doubles(touches.map(({ touch }) => touch), `stages/${place}/touches`, 'touch'), ...touches.flatMap(({ on }, at) => conditions(on, `/stages/${place}/touches/${at}/on`)),
      ...(ends && touches.length > 0 ? [{ pointer: `/stages/${place}/touches`, detail: 'In a stage in which the journey ends nothing is expected.' }] : []),
    ]),
    ...moments.flatMap(({ stage, begins, met, same }, place) => [
      ...conditions(met, `/moments/${place}/met`), ...conditions(begins, `/moments/${place}/begins`),
      ...((stage === undefined) === (begins === undefined) ? [{ pointer: `/moments/${place}`, detail: 'A moment begins with a stage or with facts: give one of them.' }] : []),
      ...(stage === undefined || ids.has(stage) ? [] : [{ pointer: `/moments/${place}/stage`, detail: `There is no stage ${stage}.` }]),
      ...(stage !== undefined && stages.some((each) => each.stage === stage && each.ends) ? [{ pointer: `/moments/${place}/stage`, detail: 'In a stage in which the journey ends nothing is expected.' }] : []),
      ...(same === undefined ? [] : [...(begins ?? []), ...met].flatMap(({ type }) => (readable(type, same) ? [] : [{ pointer: `/moments/${place}/same`, detail: `${type} has no field ${same} that is not personal.` }])).slice(0, 1)),
    ]),
    ...timeToValue.starts.flatMap(({ on }, place) => conditions(on, `/timeToValue/starts/${place}/on`)), ...conditions(timeToValue.value, '/timeToValue/value'),
  ];
}

function conditions(list: readonly JourneyCondition[] = [], base: string): MapFlaw[] {
  return list.flatMap(({ type, where }, place) => {
    const known = findType(type);
    if ((!known && !isTenantType(type)) || known?.internal) return [{ pointer: `${base}/${place}/type`, detail: `There is no fact ${type} of a customer.` }];
    return where && !readable(type, where.field) ? [{ pointer: `${base}/${place}/where/field`, detail: `${type} has no field ${where.field} that is not personal.` }] : [];
  });
}

/** Whether a field of a type stands in the log as it was sent. Types of a tenant's own are sealed as a whole. */
function readable(type: string, field: string): boolean {
  let at: Looked | undefined = findType(type)?.schema as Looked | undefined;
  for (const name of field.split('.')) at = Object.hasOwn(at?.properties ?? {}, name) ? at!.properties![name] as Looked : undefined;
  return at !== undefined && at.personal !== true && at.hashed !== true && at.refersTo === undefined && at.type !== 'object' && at.type !== 'array';
}

function doubles(ids: readonly string[], base: string, name: string): MapFlaw[] {
  return ids.flatMap((id, place) => (ids.indexOf(id) < place ? [{ pointer: `/${base}/${place}/${name}`, detail: `${id} stands twice.` }] : []));
}
