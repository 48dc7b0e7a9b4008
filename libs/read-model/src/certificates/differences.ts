import { canonical } from '#journey';
import type { CardRef, Certificate, CertifiedEvent, CertifiedFigures, CertifiedLine } from './certificate.js';

/** One thing in which a certificate and the log differ, in a sentence. */
export interface Difference {
  readonly part: 'certificate' | 'log' | 'time-zone' | 'members' | 'events' | 'card' | 'arithmetic' | 'figures';
  readonly say: string;
}

const SHOWN = 20;

/** What a certificate says otherwise than the log does now. `names`: what events are called, by their position. */
export function differencesOf(said: Certificate, now: Certificate, names: ReadonlyMap<number, string>): Difference[] {
  return [
    ...differs('time-zone', said.timeZone, now.timeZone, (was, is) => `Days end by ${was} in the certificate, and by ${is} for the tenant.`),
    ...differs('members', [said.customer, said.members], [now.customer, now.members], () => `The certificate is of ${listed(said.members)}; by what was known then it is ${listed(now.members)} who are one.`),
    ...ofEvents(said, now, names), ...beyond(said, now),
    ...differs('events', said.heldAt ?? null, now.heldAt ?? null, (was, is) => `Facts from position ${is ?? 'none'} on cannot be read; in the certificate that was ${was ?? 'none'}.`),
    ...ofCards(said, now),
    ...(said.arithmetic === now.arithmetic ? ofFigures(said.figures, now.figures) : [{ part: 'arithmetic' as const, say: `The figures are of arithmetic ${said.arithmetic}, which cannot be called any more; this release has ${now.arithmetic}. Events and cards were compared all the same.` }]),
  ];
}

function differs<T>(part: Difference['part'], was: T, is: T, say: (was: T, is: T) => string): Difference[] {
  return same(was, is) ? [] : [{ part, say: say(was, is) }];
}

const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
const listed = (texts: readonly string[]): string => texts.join(', ');

function ofEvents({ events: said }: Certificate, { events: now }: Certificate, names: ReadonlyMap<number, string>): Difference[] {
  const counted = said.count === now.count && said.chain === now.chain;
  if (counted && (said.list === undefined || same(said.list, now.list))) return [];
  const named = said.list && ofList(said.list, now.list!, names);
  if (named && named.length > 0) return named;
  if (counted) return [{ part: 'events', say: 'The list of events is not that of the log: its order, or what it says of an event.' }];
  const many = said.count === now.count ? `as many events, ${now.count}, but not the same: their chain differs` : `${now.count} events where the certificate counts ${said.count}`;
  return [{ part: 'events', say: `The log has ${many}. A certificate made with the list of its events would tell which.` }];
}

function ofList(said: readonly CertifiedEvent[], now: readonly CertifiedEvent[], names: ReadonlyMap<number, string>): Difference[] {
  const [were, are] = [said, now].map((list) => new Map(list.map(({ position, digest }) => [position, digest])));
  const missing = said.filter(({ position }) => !are!.has(position)).map(({ position }) => `The event at position ${position} is missing from the log.`);
  const odd = now.filter(({ position, digest }) => were!.get(position) !== digest).map(({ position }) => (
    `The event at position ${position}, ${names.get(position) ?? 'unnamed'}, ${were!.has(position) ? 'is not what it was' : 'is not in the certificate'}.`));
  const all = [...missing, ...odd];
  return [...all.slice(0, SHOWN), ...(all.length > SHOWN ? [`And ${all.length - SHOWN} events more.`] : [])].map((say) => ({ part: 'events', say }));
}

/** What the log gives no certificate to say. */
function beyond(said: Certificate, now: Certificate): Difference[] {
  const places = [['', said, { heldAt: null, ...now }], ['events/', said.events, now.events], ['figures/', said.figures, now.figures]] as const;
  const names = places.flatMap(([base, has, gives]) => Object.entries(has).flatMap(([name, value]) => (name in gives || value === undefined ? [] : [`/${base}${name}`])));
  return names.map((name) => ({ part: 'certificate', say: `${name} is nothing that a certificate says.` }));
}

function ofCards(said: Certificate, now: Certificate): Difference[] {
  const name = ({ id, version, digest }: CardRef) => `${id} version ${version} (${digest.slice(0, 12)})`;
  const other = differs('card', said.card, now.card, (was, is) => (
    was.id === is.id && was.version === is.version ? `The card ${was.id} version ${was.version} is not what it was.` : `The card that scores is ${name(is)}; in the certificate it was ${name(was)}.`));
  return other.length > 0 ? other : differs('card', said.cards, now.cards, () => 'Who is scored by which card is not what it was.');
}

function ofFigures({ lines: were, ...said }: CertifiedFigures, { lines: are, ...now }: CertifiedFigures): Difference[] {
  const single = (before: object, after: object, name = '') => Object.entries(after).flatMap(([field, is]) => (
    differs('figures', (before as Record<string, unknown>)[field], is, (was) => `${name}${field}: the certificate says ${words(was ?? null)}, the log gives ${words(is)}.`)));
  return [...single(said, now), ...ofLines(were, are, (was, is) => single(was, is, `${is.id}: `))];
}

const words = (value: unknown): string => (typeof value === 'object' ? canonical(value) : String(value));

/** Line by line, in their order. `inside` tells apart two lines of one measure. */
function ofLines(were: readonly CertifiedLine[], are: readonly CertifiedLine[], inside: (was: CertifiedLine, is: CertifiedLine) => Difference[]): Difference[] {
  if (same(were, are)) return [];
  const ids = (lines: readonly CertifiedLine[]) => lines.map(({ id }) => id);
  if (!same(ids(were), ids(are))) return [{ part: 'figures', say: `The certificate has the lines ${listed(ids(were))}; the log gives ${listed(ids(are))}.` }];
  const found = are.flatMap((is, place) => inside(were[place]!, is));
  return found.length > 0 ? found : [{ part: 'figures', say: 'A line says more than a certificate does.' }];
}
