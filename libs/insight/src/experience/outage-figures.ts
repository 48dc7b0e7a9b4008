import { type Figure, meanOf, proportion, within } from './figure.js';
import type { Outage } from './outage.js';
import { type Wait, type WaitFigures, waitsOf } from './waiting.js';

export interface OutageFigures {
  /** Outages at customers: one that hit five counts five times. */
  readonly cases: number;
  readonly running: number;
  /** Minutes from when we saw it to our first word; still counting where there is none. */
  readonly noticeLag: WaitFigures;
  /** Of all: we spoke before they did. */
  readonly toldFirst: Figure;
  /** Minutes by which it was over later (above 0) or earlier than we first, and last, said; over those that are over. */
  readonly firstEtaError: Figure;
  readonly lastEtaError: Figure;
  readonly withoutEta: number;
  readonly revisions: Figure;
  /** Minutes without a word of ours, the longest stretch of each while it lasted. */
  readonly longestSilence: Figure;
  /** Of those that lasted at least an hour: of a shorter one a rate by the hour says nothing. */
  readonly updatesPerHour: Figure;
  readonly workaround: WaitFigures;
}

/** One outage at one customer, in minutes. */
export interface OutageLived {
  readonly lasted: Wait;
  readonly notice: Wait;
  readonly toldFirst: boolean;
  readonly firstEtaError: number | null;
  readonly lastEtaError: number | null;
  readonly revisions: number;
  readonly longestSilence: number;
  /** Null where it lasted less than an hour. */
  readonly updatesPerHour: number | null;
  readonly workaround: Wait;
}

const LEAST_HOURS = 1;

/** What a customer lived through up to a moment. What counts is what was said while it lasted: who is told afterwards was never told. Silence is counted from when we saw it to its end, or so far. */
export function livedThrough(outage: Outage, until: string): OutageLived {
  const end = Date.parse(outage.resolved ?? until);
  const since = (from: string, to: string | null): Wait => ({ minutes: Math.max(0, ((to === null ? end : Date.parse(to)) - Date.parse(from)) / 60_000), over: to !== null });
  const detected = Date.parse(outage.detectedAt);
  const words = outage.messages.map((message) => Date.parse(message)).filter((at) => at <= end);
  const [first] = words;
  const stops = [detected, ...words.filter((at) => at > detected), Math.max(detected, end)];
  const hours = (end - Date.parse(outage.startedAt)) / 3_600_000;
  const error = (eta: string | undefined) => (outage.resolved === null || eta === undefined ? null : (end - Date.parse(eta)) / 60_000);
  return {
    lasted: since(outage.startedAt, outage.resolved), notice: since(outage.detectedAt, first === undefined ? null : new Date(first).toISOString()), workaround: since(outage.startedAt, outage.workaround),
    toldFirst: first !== undefined && (outage.firstReport === null || first < Date.parse(outage.firstReport)),
    firstEtaError: error(outage.etas[0]), lastEtaError: error(outage.etas.at(-1)), revisions: outage.etas.filter((eta, place) => place > 0 && Date.parse(eta) !== Date.parse(outage.etas[place - 1]!)).length,
    longestSilence: Math.max(...stops.slice(1).map((at, place) => at - stops[place]!)) / 60_000, updatesPerHour: hours >= LEAST_HOURS ? words.length / hours : null,
  };
}

export function outageFiguresOf(outages: readonly Outage[], until: string): OutageFigures {
  const lived = outages.map((outage) => livedThrough(outage, until));
  const known = (figure: (each: OutageLived) => number | null) => meanOf(lived.flatMap((each) => figure(each) ?? []));
  const length = (figure: (each: OutageLived) => number | null) => within(known(figure), 0);
  return {
    cases: outages.length, running: outages.filter(({ resolved }) => resolved === null).length,
    noticeLag: waitsOf(lived.map(({ notice }) => notice)), toldFirst: proportion(lived.filter(({ toldFirst }) => toldFirst).length, lived.length),
    firstEtaError: known(({ firstEtaError }) => firstEtaError), lastEtaError: known(({ lastEtaError }) => lastEtaError), withoutEta: outages.filter(({ etas }) => etas.length === 0).length,
    revisions: within(meanOf(lived.filter((_, place) => outages[place]!.etas.length > 0).map(({ revisions }) => revisions)), 0),
    longestSilence: length(({ longestSilence }) => longestSilence), updatesPerHour: length(({ updatesPerHour }) => updatesPerHour), workaround: waitsOf(lived.map(({ workaround }) => workaround)),
  };
}
