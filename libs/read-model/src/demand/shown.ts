import type { DemandAccount, DemandEvidence, DemandRequest, InitiativeCustomer, Loss } from '#insight';
import type { FeedbackStep, Initiative } from '#journey';
import type { Demand } from './load.js';

/** Amounts a year, in minor units, a currency each. */
export type Amounts = readonly { readonly amount: number; readonly currency: string }[];

export interface ShownCustomer { readonly id: string; readonly name: string | null; readonly owner: string | null; readonly arr: Amounts }
export const shownCustomer = ({ id, name, owner, arr }: DemandAccount): ShownCustomer => ({ id, name, owner, arr });

/** A request as lists show it: without its words, which `GET /v1/feedback/{feedback}` has. */
export interface ShownRequest {
  readonly feedback: string;
  readonly customer: ShownCustomer;
  readonly raisedAt: string;
  readonly themes: readonly string[];
  readonly step: FeedbackStep;
  readonly answeredAt: string | null;
  readonly toldAt: string | null;
  readonly deliveredAt: string | null;
  readonly events: readonly DemandEvidence[];
}
export const shownRequest = ({ account, ...request }: DemandRequest): ShownRequest => ({ ...request, customer: shownCustomer(account) });

export type ShownInitiative = Pick<Initiative, 'initiative' | 'title' | 'strategy' | 'themes' | 'owner' | 'dueOn' | 'startedAt' | 'deliveredAt' | 'toldAt' | 'droppedAt' | 'reason' | 'events'>;
export const shownInitiative = ({ requests: _requests, ...initiative }: Initiative): ShownInitiative => initiative;

export type ShownReach = Omit<InitiativeCustomer, 'account'> & { readonly customer: ShownCustomer };
export const shownReach = ({ account, ...reach }: InitiativeCustomer): ShownReach => ({ ...reach, customer: shownCustomer(account) });

export type ShownLoss = Omit<Loss, 'account'> & { readonly customer: ShownCustomer };
export const shownLoss = ({ account, ...loss }: Loss): ShownLoss => ({ ...loss, customer: shownCustomer(account) });

/** The first so many, and how many there are more. */
export interface Cut<T> { readonly items: readonly T[]; readonly more: number }
export const cut = <T, Shown>(all: readonly T[], limit: number, show: (item: T) => Shown): Cut<Shown> => ({ items: all.slice(0, limit).map(show), more: Math.max(0, all.length - limit) });

/** Says that something is not measured, and which facts would be needed; null where there are some. */
export function notMeasured({ types }: Pick<Demand, 'types'>, what: string, needs: readonly string[]): string | null {
  return needs.some((type) => types.has(type)) ? null : `Not measured: nothing is known of ${what}. It needs facts of the type ${needs.join(' or ')}.`;
}

export const LIMIT = 100;
