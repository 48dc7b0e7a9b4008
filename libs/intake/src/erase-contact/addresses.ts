import type { EventStore } from '#event-store';
import type { JourneyEvent, Position } from '#journey';
import { addressId } from '../identity/derived-id.js';

const PAGE = 1_000;
type Told = Pick<JourneyEvent, 'type' | 'data'>;
type Open = (events: readonly Told[]) => Promise<Told[]>;

/** The e-mail addresses that facts gave of people, each as our id of who is named by it: an address is never kept. */
export class Addresses {
  private readonly byPerson = new Map<string, Set<string>>();
  private readonly people = new Map<string, Set<string>>();

  add(person: string, address: string): void {
    if (person === address) return;
    join(this.byPerson, person, address);
    join(this.people, address, person);
  }

  /** Everybody of whom facts gave this address. */
  given(address: string): string[] {
    return [...this.people.get(address) ?? []].sort();
  }

  /** The addresses that facts gave of a person. */
  of(person: string): string[] {
    return [...this.byPerson.get(person) ?? []].sort();
  }
}

/**
 * Who is erased with a person: whoever had the address by which they are named, and the addresses that nobody else has.
 * A mailbox may be that of several: who only shares an address with somebody named otherwise is not erased, but said. In an order in which the rest is found again after a crash.
 */
export function wholePerson(contact: string, addresses: Addresses): { others: string[]; sharing: string[] } {
  const people = new Set([contact, ...addresses.given(contact)]);
  const theirs = [...new Set([...people].flatMap((person) => addresses.of(person)))].filter((address) => !people.has(address));
  const strangers = (address: string) => addresses.given(address).filter((person) => !people.has(person));
  const own = theirs.filter((address) => strangers(address).length === 0);
  return { others: [...own, ...[...people].slice(1)], sharing: [...new Set(theirs.flatMap(strangers))].sort() };
}

const join = (map: Map<string, Set<string>>, key: string, value: string) => void map.set(key, (map.get(key) ?? new Set()).add(value));

/** Reads the addresses of everybody who can still be read, from the sealed facts; who was erased has none. `secret` makes ids of them, `open` opens fields. */
export async function readAddresses(store: EventStore, tenant: string, secret: Buffer, open: Open): Promise<Addresses> {
  const addresses = new Addresses();
  const filter = { tenant, categories: ['customer'], types: ['contact.added', 'record.amended'], containing: ['"email"'] };
  for (let after: Position | null = null; ;) {
    const { events, position } = await store.readAll(after, PAGE, filter);
    for (const { contact, email } of (await open(events.map(onlyAddress))).map(bodyOf)) {
      const address = typeof email === 'string' ? addressId(secret, email) : null;
      if (typeof contact === 'string' && address !== null) addresses.add(contact, address);
    }
    if (events.length < PAGE) return addresses;
    after = position;
  }
}

const bodyOf = ({ type, data }: Told) => (type === 'record.amended' ? data['data'] : data) as Record<string, unknown>;

/** What nobody asks for is not opened. */
function onlyAddress({ type, data }: Told): Told {
  const { contact, email } = bodyOf({ type, data });
  return { type, data: type === 'record.amended' ? { data: { contact, email } } : { contact, email } };
}
