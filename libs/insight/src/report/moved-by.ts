import { type EventRef, refKey } from '#journey';
import type { ReportBook } from './book.js';
import { explainFigure } from './compose.js';

/** A fact that came after a report; without a customer where it is one of the company. */
export interface CameLater extends EventRef { readonly customer: string | null; readonly type: string }

interface Share { amounts: string; readonly events: Set<string> }

/** They change what other facts say, or by which rule all facts count, and are named by no figure themselves. */
const isCorrection = (type: string): boolean => type.startsWith('record.') || type === 'customer.merged' || type === 'customer.unmerged';
const isRule = (type: string): boolean => type === 'exchangerates.set' || type === 'revenuepolicy.set';

/** What each customer, and the company itself (''), adds to a figure and to all that it is worked out of. */
function sharesOf(book: ReportBook, figure: string): Map<string, Share> {
  const { parts, inputs } = explainFigure(book, figure) ?? { parts: null, inputs: [] };
  const shares = new Map<string, Share>();
  for (const { customer, part, of, events } of [...parts ?? [], ...inputs.flatMap((input) => input.parts)]) {
    const share = shares.get(customer ?? '') ?? { amounts: '', events: new Set() };
    share.amounts += `${part}/${of};`;
    for (const event of events) share.events.add(refKey(event));
    shares.set(customer ?? '', share);
  }
  return shares;
}

/**
 * Which of the facts that came later moved a figure: of the customers whose share is another one than before, those that the figure now stands on and did not before, or that correct others; where there are none, all of these customers.
 * Where nothing came of a customer whose share is another one, the rates and the policy that were set since.
 */
export function movedBy(before: ReportBook, after: ReportBook, { figure, late }: { readonly figure: string; readonly late: readonly CameLater[] }): EventRef[] {
  const [was, is] = [sharesOf(before, figure), sharesOf(after, figure)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((customer) => was.get(customer)?.amounts !== is.get(customer)?.amounts);
  const movers = changed.flatMap((customer) => {
    const own = late.filter((fact) => (fact.customer ?? '') === customer && !isRule(fact.type));
    const standsOn = (shares: typeof is, fact: CameLater) => shares.get(customer)?.events.has(refKey(fact)) ?? false;
    const named = own.filter((fact) => isCorrection(fact.type) || standsOn(is, fact) !== standsOn(was, fact));
    return own.length === 0 ? late.filter(({ type }) => isRule(type)) : named.length > 0 ? named : own;
  });
  return [...new Map(movers.map(({ source, id }) => [refKey({ source, id }), { source, id }])).values()];
}
