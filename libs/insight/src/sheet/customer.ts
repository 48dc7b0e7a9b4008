import { flag, number, text, type Fact } from './fact.js';
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
}

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
