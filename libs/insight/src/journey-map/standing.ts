import { parsePosition } from '#journey';
import { stalledDeployments } from '../conditions/stalled-deployments.js';
import { addFact, emptySheet, type ToldEvent } from '../fact-sheet.js';
import { profileOf } from '../profile.js';
import type { Money } from '../sheet/fact.js';
import { viewOf } from '../view.js';
import type { JourneyOptions } from './customer-journey.js';
import { type FactRef, refOf } from './fact-ref.js';

/** A deployment of a running customer that does not move on; `said`: somebody told so, else it is not live two weeks after its planned day. */
export interface Stalled {
  readonly since: number;
  readonly said: boolean;
  readonly facts: readonly FactRef[];
}

/** Who a customer is, what it pays a year, one amount per currency, how many deployments it has had, and those that have stalled. */
export interface JourneyStanding {
  /** Null where nobody says. */
  readonly segment: string | null;
  readonly owner: string | null;
  /** Of all its subscriptions, also those that ended. */
  readonly products: readonly string[];
  readonly arr: readonly Money[];
  readonly deployments: number;
  readonly stalled: readonly Stalled[];
}

/** Families of facts that tell how a customer stands. */
export const STANDING_FAMILIES: readonly string[] = ['subscription', 'renewal', 'deployment'];

/** Facts that tell who a customer is: by themselves they put nobody on the way. */
export const STANDING_TRAITS: readonly string[] = ['customer.registered', 'customer.profile-changed', 'customer.owner-assigned'];

/** @param events as for `journeyOf` */
export function standingOf(events: readonly ToldEvent[], { until, dayOf }: JourneyOptions): JourneyStanding {
  const [end, day] = [Date.parse(until), dayOf(until)];
  const own = events.filter(({ type, occurredAt }) => (STANDING_FAMILIES.includes(type.slice(0, type.indexOf('.'))) || type === 'customer.closed' || STANDING_TRAITS.includes(type)) && Date.parse(occurredAt) <= end);
  const sheet = own.reduce((before, event) => addFact(before, event, dayOf), emptySheet());
  const { arr, status, segment, owner, subscriptions } = profileOf(sheet, day);
  const who = { segment, owner, products: [...new Set(subscriptions.flatMap(({ product }) => product ?? []))].sort() };
  const { deployments } = viewOf(sheet, day);
  if (status !== 'active') return { ...who, arr, deployments: deployments.length, stalled: [] };
  const facts = (from: readonly number[]) => own.filter(({ position }) => from.includes(parsePosition(position).n)).map(refOf);
  return { ...who, arr, deployments: deployments.length, stalled: stalledDeployments(deployments, day).map(({ since, said, from }) => ({ since, said, facts: facts(from) })) };
}
