import { eventTypes, familyOf, isAboutRecords, isTenantType } from '#journey';
import type { PlacedEvent } from './place-events.js';
import { DERIVED, PUBLIC_STREAMS, type PublicStream } from './public-event.js';

/** Which public facts somebody wants. Each part that is there must hold, by any of its values; without parts all pass. */
export interface EventFilter {
  /** Types as they are, or `family.*`. */
  readonly types?: readonly string[];
  readonly categories?: readonly PublicStream[];
  /** Of the customer, as it was known when the fact was recorded. */
  readonly segments?: readonly string[];
  /** Our ids; whoever is merged counts as the customer that stands for it. */
  readonly customers?: readonly string[];
}

export interface FilterFlaw { readonly pointer: string; readonly detail: string }

const MOST = 100;
const CUSTOMER = /^[A-Za-z0-9._-]{1,64}$/;
const TENANT_FAMILY = /^x-[a-z0-9]+(-[a-z0-9]+)*\.\*$/;

/** Every type of the catalogue of which public facts may be: all but settings and the like of ours. */
export const publicTypes = eventTypes.filter(({ type, internal }) => !internal || DERIVED.includes(familyOf(type)) || isAboutRecords(type));
const named = new Set(publicTypes.flatMap(({ type }) => [type, `${familyOf(type)}.*`]));
const isPublicType = (text: string): boolean => named.has(text) || isTenantType(text) || (text.length <= 100 && TENANT_FAMILY.test(text));

const CHECKS = {
  types: (value: string) => (isPublicType(value) ? null : `No public fact is called so: write a type, such as ticket.opened, or a family, such as ticket.*; ${DERIVED.join(', ')} are what follows from facts.`),
  categories: (value: string) => ((PUBLIC_STREAMS as readonly string[]).includes(value) ? null : `A category is one of ${PUBLIC_STREAMS.join(', ')}.`),
  segments: (value: string) => (value.length >= 1 && value.length <= 200 ? null : 'A segment has 1 to 200 characters.'),
  customers: (value: string) => (CUSTOMER.test(value) ? null : 'A customer is named by our id: 1 to 64 letters, digits, dots, dashes and underscores.'),
} as const;

/** Reads a filter as somebody sent it, or says all that is wrong with it. `also`: types that are not public, and may be named here. */
export function parseFilter(sent: unknown, also: readonly string[] = []): { readonly filter: EventFilter } | { readonly flaws: readonly FilterFlaw[] } {
  if (sent === undefined || sent === null) return { filter: {} };
  if (typeof sent !== 'object' || Array.isArray(sent)) return { flaws: [{ pointer: '', detail: 'A filter is an object.' }] };
  const flaws = Object.entries(sent).flatMap(([name, values]) => flawsOf(name, values, also));
  return flaws.length > 0 ? { flaws } : { filter: sent as EventFilter };
}

function flawsOf(name: string, values: unknown, also: readonly string[]): FilterFlaw[] {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (!Object.hasOwn(CHECKS, name)) return [{ pointer, detail: `A filter has ${Object.keys(CHECKS).join(', ')} and nothing else.` }];
  if (!Array.isArray(values) || values.length === 0 || values.length > MOST) return [{ pointer, detail: `Expected a list of 1 to ${MOST} texts; leave it out where all are wanted.` }];
  const check = CHECKS[name as keyof typeof CHECKS];
  return values.flatMap((value: unknown, index) => {
    if (name === 'types' && also.includes(value as string)) return [];
    const detail = typeof value === 'string' ? check(value) : 'Expected a text.';
    return detail === null ? [] : [{ pointer: `${pointer}/${index}`, detail }];
  });
}

/** Whether somebody has to look at the customers' streams for it, which costs something. */
export const asksForSegments = ({ segments }: EventFilter): boolean => segments !== undefined;

/** Whether a fact is wanted. A customer that is named stands for all that were one with it when the fact was recorded. */
export function passes({ types, categories, segments, customers }: EventFilter, { event: { type }, category, members, segment }: PlacedEvent): boolean {
  return (types === undefined || types.includes(type) || types.includes(`${familyOf(type)}.*`))
    && (categories === undefined || categories.includes(category))
    && (segments === undefined || (segment !== null && segments.includes(segment)))
    && (customers === undefined || members.some((member) => customers.includes(member)));
}
