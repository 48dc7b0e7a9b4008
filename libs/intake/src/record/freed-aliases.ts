import { type EventRef, isAboutRecords, type JourneyEvent } from '#journey';
import { type Alias, refText } from '../identity/customer-ref.js';
import { OWN_SOURCE } from '../record-events/envelope.js';
import { isAliasFact, refKey } from '../record-events/known-events.js';

/** An alias that nothing stands behind any more, with the revision of the fact that gave it last. */
export interface FreedAlias extends Alias {
  readonly revision: number;
}

/**
 * Which aliases of a customer fall when an import is taken back: those that only its facts claimed, and, when nothing else is
 * known of the customer, those under which we opened it. `stream` is the customer's whole stream.
 */
export function freedAliases(stream: readonly JourneyEvent[], importId: string): FreedAlias[] {
  const retractions = stream.filter(({ type }) => type === 'record.retracted').map(({ data }) => data as { import?: string; events?: EventRef[] });
  const imports = new Set([importId, ...retractions.map((data) => data.import)]);
  const named = new Set(retractions.flatMap(({ events = [] }) => events.map(refKey)));
  const standing = stream.filter((event) => !(event.importId !== undefined && imports.has(event.importId)) && !named.has(refKey(event)));
  const isOpening = ({ type, source }: JourneyEvent) => isAliasFact(type) && source === OWN_SOURCE;
  const lives = standing.some((event) => !isAboutRecords(event.type) && event.source !== OWN_SOURCE);
  const kept = aliasesAfter(standing.filter((event) => lives || !isOpening(event) || event.type === 'customer.alias-removed'));
  return [...aliasesAfter(stream)].filter(([key]) => !kept.has(key)).map(([, alias]) => alias);
}

function aliasesAfter(events: readonly JourneyEvent[]): Map<string, FreedAlias> {
  const aliases = new Map<string, FreedAlias>();
  for (const { type, data, revision } of events) {
    if (!isAliasFact(type)) continue;
    const alias = { system: String(data['system']), id: String(data['id']) };
    if (type === 'customer.alias-added') aliases.set(refText(alias), { ...alias, revision });
    else aliases.delete(refText(alias));
  }
  return aliases;
}
