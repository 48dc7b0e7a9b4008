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
    ...ofEvents(said, now, names),
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
  if (said.count === now.count && said.chain === now.chain) return [];
  const named = said.list && ofList(said.list, now.list!, names);
  if (named && named.length > 0) return named;
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

function ofCards(said: Certificate, now: Certificate): Difference[] {
  const name = ({ id, version, digest }: CardRef) => `${id} version ${version} (${digest.slice(0, 12)})`;
  const other = differs('card', said.card, now.card, (was, is) => (
    was.id === is.id && was.version === is.version ? `The card ${was.id} version ${was.version} is not what it was.` : `The card that scores is ${name(is)}; in the certificate it was ${name(was)}.`));
  return other.length > 0 ? other : differs('card', said.cards, now.cards, () => 'Who is scored by which card is not what it was.');
}

function ofFigures({ lines: were, ...said }: CertifiedFigures, { lines: are, ...now }: CertifiedFigures): Difference[] {
  const words = (value: unknown) => (typeof value === 'object' ? canonical(value) : String(value));
  const single = Object.entries(now).flatMap(([name, is]) => differs('figures', (said as Record<string, unknown>)[name], is, (was) => `${name}: the certificate says ${words(was ?? null)}, the log gives ${words(is)}.`));
  const ids = [...new Set([...were, ...are].map(({ id }) => id))];
  const of = (lines: readonly CertifiedLine[], id: string) => lines.find((line) => line.id === id);
  return [...single, ...ids.flatMap((id) => differs('figures', of(were, id), of(are, id), (was, is) => (
    `${id}: the certificate says ${was ? `${was.points} of ${was.maxPoints} points` : 'nothing'}, the log gives ${is ? `${is.points} of ${is.maxPoints}` : 'no such line'}.`)))];
}
