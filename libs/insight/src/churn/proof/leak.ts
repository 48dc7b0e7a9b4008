import type { Steps } from '../models/steps.js';
import { type LeakColumn, ofTheModel, onlyAfter, onlyLeavers, tooSharp } from './leak-rules.js';
import { rocAuc } from './auc.js';
import { type Numbers, totalOf } from './ranking.js';

/** No honest model of who leaves a contract is known to be so good out of time; a reference whose honest figure is known has a lower bound. */
const TOO_GOOD = 0.95;

export interface LeakQuestion {
  readonly columns: readonly LeakColumn[];
  readonly labels: Numbers;
  /** Of the model, out of time. */
  readonly auc: number | null;
  /** Above it the whole is suspicious; left out: `TOO_GOOD`. */
  readonly bound?: number;
  /** Columns that somebody has looked at: they were known at the moment of prediction. */
  readonly accept?: readonly string[];
  /** 1 for a row that lies after the end of its customer; left out where there are none. */
  readonly after?: Numbers;
}

export interface Suspect {
  readonly column: string;
  /** Of the column alone, in the direction that tells more. */
  readonly auc: number;
  readonly why: string;
}

export interface LeakVerdict {
  readonly verdict: 'plausible' | 'suspicious';
  readonly bound: number;
  readonly suspects: readonly Suspect[];
  /** Suspects that were accepted. */
  readonly accepted: readonly Suspect[];
  readonly says: string;
}

const NAMED = 3;

/** Whether a figure is too good to be believed, and which columns may have known what came. It stays suspicious until every suspect is accepted. */
export function* findLeaks({ columns, labels, auc, bound = TOO_GOOD, accept = [], after }: LeakQuestion): Steps<LeakVerdict> {
  const told: { column: string; auc: number; why: string | null }[] = [];
  for (const column of columns) {
    const own = rocAuc(column.values, labels) ?? 0.5;
    const best = Math.max(own, 1 - own);
    const why = tooSharp(column, labels, own) ?? onlyLeavers(column, labels) ?? (after ? onlyAfter(column, labels, after) : null);
    told.push({ column: column.name, auc: best, why });
    yield { of: 'columns looked at for leaks', done: told.length, all: columns.length };
  }
  const isTooGood = auc !== null && auc > bound;
  const strongest = isTooGood ? new Set(told.toSorted((a, b) => b.auc - a.auc).slice(0, NAMED)) : new Set();
  const found = told.flatMap((each): Suspect[] => {
    const why = each.why ?? (strongest.has(each) ? ofTheModel(each.auc, auc!, bound) : null);
    return why === null ? [] : [{ column: each.column, auc: each.auc, why }];
  });
  const [suspects, accepted] = [found.filter(({ column }) => !accept.includes(column)), found.filter(({ column }) => accept.includes(column))];
  const isSuspicious = suspects.length > 0 || (isTooGood && found.length === 0);
  return { verdict: isSuspicious ? 'suspicious' : 'plausible', bound, suspects, accepted, says: saysOf({ isSuspicious, isTooGood, auc, bound, suspects, accepted, leavers: totalOf(labels) }) };
}

interface Said { isSuspicious: boolean; isTooGood: boolean; auc: number | null; bound: number; suspects: readonly Suspect[]; accepted: readonly Suspect[]; leavers: number }

function saysOf({ isSuspicious, isTooGood, auc, bound, suspects, accepted, leavers }: Said): string {
  const figure = auc === null ? 'An AUC cannot be told' : `An AUC of ${auc.toFixed(3)} is ${isTooGood ? 'above' : 'not above'} ${bound}`;
  const names = (list: readonly Suspect[]) => list.map(({ column }) => column).join(', ');
  if (isSuspicious) return `${figure}. Do not believe the figures before somebody has looked whether ${suspects.length === 0 ? 'all that the model saw' : names(suspects)} could be known at the moment of prediction.`;
  if (accepted.length > 0) return `${figure}. What looked too good was looked at and accepted: ${names(accepted)}.`;
  return `${figure}, and no column alone tells who leaves better than is plausible${leavers === 0 ? ', as far as that can be seen without leavers' : ''}.`;
}
