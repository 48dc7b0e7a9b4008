import { dayIn, flag, number, text, type Fact } from './fact.js';
import { isNewer, type Register } from './log.js';

/** The latest value of each trait, with the event that said so. */
export type CustomerTraits = Record<string, Register>;

const traits: Record<string, (value: unknown) => unknown> = { name: text, segment: text, industry: text, region: text, size: number, owner: text };

export function addCustomer(sheet: CustomerTraits, fact: Fact): void {
  const { data, what } = fact;
  if (what === 'registered' || what === 'profile-changed' || what === 'owner-assigned') {
    for (const [trait, read] of Object.entries(traits)) set(sheet, trait, fact, read(data[trait]));
  }
  if (what === 'registered') set(sheet, 'registered', fact, true);
  if (what === 'closed') set(sheet, 'closed', fact, true);
  if (what === 'parent-changed') set(sheet, 'parent', fact, text(data['parent']) ?? null);
  if (what === 'override-set') set(sheet, OVERRIDE, fact, { score: number(data['score']), until: dayIn(data['until'], fact.dayOf) });
  if (what === 'override-cleared') set(sheet, OVERRIDE, fact, null);
  if (what === 'measurement-recorded') addMeasurement(sheet, fact);
}

export const OVERRIDE = 'override';
/** What stands before the name of a measurement among the traits; no other trait has a colon. */
export const MEASUREMENT = 'measurement:';
const MEASUREMENTS = 50;

/** Of names without number the 50 with the newest facts are kept. What falls out is older than each of these, so it can come back only by a newer fact: the order of arrival does not matter. */
function addMeasurement(sheet: CustomerTraits, fact: Fact): void {
  const name = text(fact.data['measure']);
  if (!name) return;
  set(sheet, MEASUREMENT + name, fact, number(fact.data['value']));
  const kept = Object.keys(sheet).filter((trait) => trait.startsWith(MEASUREMENT));
  if (kept.length > MEASUREMENTS) delete sheet[kept.reduce((oldest, trait) => (isOlder(sheet[trait]!, sheet[oldest]!) ? trait : oldest))];
}

const isOlder = (one: Register, other: Register): boolean => one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);

/** What was said last of the customer itself, or else of those that are merged into it. */
export const said = ({ customer, absorbed }: { readonly customer: CustomerTraits; readonly absorbed?: CustomerTraits }, trait: string): Register | undefined => customer[trait] ?? absorbed?.[trait];

export function addContact(sheet: Record<string, CustomerTraits>, fact: Fact): void {
  const { data, what } = fact;
  const id = text(data['contact']);
  if (!id || !['added', 'role-changed', 'left'].includes(what)) return;
  const contact = (sheet[`:${id}`] ??= {});
  set(contact, 'here', fact, what !== 'left');
  if (what === 'left') return;
  set(contact, 'role', fact, text(data['role']));
  set(contact, 'sponsor', fact, flag(data['sponsor']));
  set(contact, 'persona', fact, text(data['persona']));
}

function set(sheet: CustomerTraits, trait: string, fact: Fact, value: unknown): void {
  if (value !== undefined && isNewer(fact, sheet[trait])) sheet[trait] = [fact.at, fact.n, fact.day, value];
}

export interface Contact {
  readonly id: string;
  readonly role: 'payer' | 'user' | 'both' | null;
  readonly sponsor: boolean;
  readonly persona: string | null;
  /** Day of leaving; null while here. */
  readonly leftOn: number | null;
  /** Positions of the events that say so. */
  readonly refs: readonly number[];
}

export function contactsOf(sheet: Record<string, CustomerTraits>): Contact[] {
  return Object.entries(sheet).map(([key, contact]) => ({
    id: key.slice(1),
    role: (contact['role']?.[3] as Contact['role']) ?? null,
    sponsor: contact['sponsor']?.[3] === true,
    persona: (contact['persona']?.[3] as string) ?? null,
    leftOn: contact['here']?.[3] === false ? contact['here'][2] : null,
    refs: [...new Set(Object.values(contact).map((register) => register[1]))].sort((a, b) => a - b),
  })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
