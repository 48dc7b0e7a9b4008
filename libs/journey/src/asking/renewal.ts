/** The term of a subscription, as far as it is known. */
export interface Term {
  renewsOn: string | null;
  months: number;
  auto: boolean;
  /** It is to end, or has ended. */
  ending: boolean;
}

const USUAL_MONTHS = 12;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Takes in a fact about a subscription or its renewal. */
export function addTerm(terms: Map<string, Term>, type: string, data: Readonly<Record<string, unknown>>): void {
  if (typeof data['subscription'] !== 'string') return;
  const term = terms.get(data['subscription']) ?? { renewsOn: null, months: USUAL_MONTHS, auto: false, ending: false };
  terms.set(data['subscription'], term);
  if (/^(subscription\.(started|cancellation-withdrawn)|renewal\.renewed)$/.test(type)) term.ending = false;
  if (/^(subscription\.(cancellation-requested|ended)|renewal\.lapsed)$/.test(type)) term.ending = true;
  const date = type === 'renewal.opened' ? data['dueOn'] : data['renewsOn'];
  if (typeof date === 'string' && DAY.test(date)) term.renewsOn = date;
  if (typeof data['termMonths'] === 'number' && data['termMonths'] > 0) term.months = data['termMonths'];
  if (typeof data['autoRenew'] === 'boolean') term.auto = data['autoRenew'];
}

/** The next day, after today, on which a term of the customer ends or renews; null where none is known. What renews by itself does so term after term. */
export function nextRenewal(terms: Iterable<Term>, today: string): string | null {
  const days = [...terms].flatMap(({ renewsOn, months, auto, ending }) => {
    if (renewsOn === null || ending) return [];
    let [on, count] = [renewsOn, 0];
    while (on <= today && auto) on = monthsAfter(renewsOn, (count += 1) * months);
    return on > today ? [on] : [];
  });
  return days.sort()[0] ?? null;
}

/** The same day of the month so many months later, or that month's last. */
function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** So many days before a day. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
