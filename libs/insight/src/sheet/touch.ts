import { text, type Fact } from './fact.js';
import { isNewer, type Register } from './log.js';
import { isOwnWork, isPlan } from './own-work.js';

/** Who met whom and when, and the latest of everything. All are latest values, so nothing grows with time but contacts. */
export interface TouchSheet {
  /** The newest fact per family. */
  newest: Record<string, Register>;
  /** The latest touch: its type and by whom. */
  last?: Register<{ type: string; by?: string }>;
  /** The first and latest two-way conversation, and the latest per contact. */
  twoWay?: Register;
  firstTalk?: Register;
  twoWayWith: Record<string, Register>;
  /** The latest visit or business review. */
  visit?: Register;
  /** Latest sign of life: use, a ticket, an answer. */
  signs: Record<string, Register>;
}

const quiet = new Set(['customer', 'contact', 'cost', 'usage', 'clock', 'record']);
/** Outcomes of a task that mean that somebody was spoken to. */
const reached = new Set(['spoke', 'reached', 'met', 'answered', 'saved']);
const visits = new Set(['engagement.visit-made', 'engagement.business-review-held']);

export function addTouch(sheet: TouchSheet, fact: Fact, type: string, actor: string | undefined): void {
  const { family, what, data } = fact;
  const stamp: Register = [fact.at, fact.n, fact.day];
  if (isNewer(fact, sheet.newest[family])) sheet.newest[family] = stamp;
  if (!quiet.has(family) && !isOwnWork(type) && !isPlan(type, data) && isNewer(fact, sheet.last)) {
    const by = text(data['by']) ?? text(data['agent']) ?? actor;
    sheet.last = [fact.at, fact.n, fact.day, by ? { type, by } : { type }];
  }
  if (family === 'engagement' && !isNewer(fact, sheet.firstTalk ?? [Infinity, 0, 0])) sheet.firstTalk = stamp;
  if ((family === 'engagement' && data['twoWay'] === true) || (type === 'task.done' && reached.has(String(data['outcome'])))) addTalk(sheet, fact);
  if (visits.has(type) && isNewer(fact, sheet.visit)) sheet.visit = stamp;
  const sign = signOf(family, what, data);
  if (sign && isNewer(fact, sheet.signs[sign])) sheet.signs[sign] = stamp;
}

function addTalk(sheet: TouchSheet, fact: Fact): void {
  const stamp: Register = [fact.at, fact.n, fact.day];
  if (isNewer(fact, sheet.twoWay)) sheet.twoWay = stamp;
  const people = Array.isArray(fact.data['with']) ? fact.data['with'] : [];
  for (const id of people) if (typeof id === 'string' && isNewer(fact, sheet.twoWayWith[`:${id}`])) sheet.twoWayWith[`:${id}`] = stamp;
}

function signOf(family: string, what: string, data: Fact['data']): string | null {
  if (family === 'usage') return what === 'feature-adopted' || isUse(data) ? 'usage' : null;
  if (family === 'ticket') return what === 'opened' || what === 'reopened' || (what === 'replied' && data['by'] === 'customer') ? 'ticket' : null;
  if (family === 'survey') return what === 'responded' || what === 'response-revised' ? 'answer' : null;
  return null;
}

/** A report that nobody was active is no sign of life. */
function isUse(data: Fact['data']): boolean {
  const figures = [data['active'], data['volume']].filter((figure) => typeof figure === 'number');
  return figures.length ? figures.some((figure) => figure > 0) : Array.isArray(data['features']) && data['features'].length > 0;
}
