import type { EventStore } from '#event-store';
import { type Flaw, Problem, type RawItem, type Verdict } from '#intake';
import { type EventRef, findType, isTenantType } from '#journey';
import type { Caller } from '../access/api-keys.js';
import { mayDo, maySend, maySendAll, sends } from '../access/roles.js';
import { kindOf, type ProblemCode } from '../problems/problem-codes.js';

interface Refusal {
  readonly code: ProblemCode;
  readonly title: string;
  readonly remedy: string;
  readonly pointer: string;
  readonly detail: string;
  readonly errors?: readonly Flaw[];
}

/** As the way in says it, for what the key's role does not let pass. */
export type RefusedByRole = Omit<Verdict, 'problem' | 'status'> & { readonly status: 'rejected'; readonly problem: Refusal };

type Fields = Readonly<Record<string, unknown>>;

/** The items that the caller may not send, by index, with those of their groups. What is malformed passes: the way in says what is wrong with it. */
export async function refusedByRole(store: EventStore, caller: Caller, items: readonly RawItem[]): Promise<Map<number, RefusedByRole>> {
  if (maySendAll(caller.role)) return new Map();
  const sent = items.map(({ value }) => fieldsOf(value));
  const others = await factsOfOthers(store, caller, sent.flatMap(namedBy));
  const own = new Map([...sent.entries()].flatMap(([index, item]) => {
    const problem = refusalOf(caller, item, others);
    return problem ? [[index, problem] as const] : [];
  }));
  const groups = new Map([...own.keys()].flatMap((index) => (groupOf(items[index]!) === undefined ? [] : [[groupOf(items[index]!), index] as const])));
  return new Map([...sent.entries()].flatMap(([index, { id, source }]) => {
    const cause = groups.get(groupOf(items[index]!));
    const problem = own.get(index) ?? (cause === undefined ? undefined : withGroup(own.get(cause)!));
    return problem ? [[index, { index, status: 'rejected' as const, id: short(id), source: short(source), problem }] as const] : [];
  }));
}

function refusalOf({ role }: Caller, item: Fields, others: ReadonlySet<string>): Refusal | undefined {
  const { type } = item;
  if (typeof type !== 'string' || !(findType(type) || isTenantType(type))) return undefined;
  if (!type.startsWith('record.')) {
    return maySend(role, type) ? undefined : refusal('type-forbidden', '/type', `A key of role ${role} sends facts of ${[sends[role]].flat().join(', ')}, and no \`${type.slice(0, 100)}\`.`);
  }
  if (fieldsOf(item['data'])['import'] !== undefined && !mayDo(role, 'imports:write')) return refusal('import-forbidden', '/data/import', `A key of role ${role} takes back facts of its own only.`);
  const foreign = namedBy(item).find((ref) => others.has(keyOf(ref)));
  return foreign && refusal('not-own-fact', '/data', `\`${foreign.id}\` of ${foreign.source} was told by somebody else, and a key of role ${role} changes its own facts only.`);
}

const refusal = (code: ProblemCode, pointer: string, detail: string): Refusal => ({ code, title: kindOf(code).title, remedy: kindOf(code).remedy, pointer, detail: `${detail} ${kindOf(code).remedy}` });

const withGroup = ({ title, detail }: Refusal): Refusal =>
  new Problem('group-refused', '/group', `Another event of the group was refused (${title}: ${detail}) and events of one group are recorded together or not at all.`);

/** What stands in the log and was not told by the caller. What comes earlier in the same request is told by them. */
async function factsOfOthers(store: EventStore, { tenant, actor }: Caller, refs: readonly EventRef[]): Promise<Set<string>> {
  const found = refs.length === 0 ? [] : await store.find(tenant, refs);
  return new Set(found.filter((event) => event.actor.kind !== actor.kind || event.actor.id !== actor.id).map(keyOf));
}

/** What a `record` fact is about. */
function namedBy({ type, data }: Fields): EventRef[] {
  if (typeof type !== 'string' || !type.startsWith('record.')) return [];
  const { event, events } = fieldsOf(data);
  return [event, ...(Array.isArray(events) ? events : [])].map(fieldsOf).flatMap(({ source, id }) => (isName(source) && isName(id) ? [{ source, id }] : []));
}

const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= 200 && !value.includes('\0');
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? value as Fields : {});
const groupOf = ({ form, value }: RawItem): string | undefined => (form === 'plain' ? short(fieldsOf(value)['group']) : undefined);
const short = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : undefined);
const keyOf = ({ source, id }: EventRef) => JSON.stringify([source, id]);
