import { PART_NAMES, type TodayAnswer, type TodayItem } from '#read-model';

/** A mail, but for who sends it. */
export interface Composed { readonly subject: string; readonly text: string; readonly html: string }

/** What is on somebody's list of the day, in words and marked up. No names and no words of persons: those stay on the pages. `url`: of the pages, without a slash at the end; null where nobody has said. */
export function composeMorning({ today, items, more }: TodayAnswer, url: string | null): Composed {
  const count = items.length + more;
  const subject = `${count} ${count === 1 ? 'customer' : 'customers'} for today, ${today.date}`;
  const link = (item: TodayItem) => (url === null ? null : `${url}/customers/${encodeURIComponent(item.id)}`);
  const all = url === null ? null : `${url}/`;
  const rest = more > 0 ? `${more} more on the list.` : '';
  const text = [
    `Your list of ${today.date}, first where a day's delay may cost most:`, '',
    ...items.flatMap((item, place) => [`${place + 1}. ${nameOf(item)}`, ...linesOf(item).map((line) => `   ${line}`), ...(link(item) ? [`   ${link(item)}`] : []), '']),
    ...(rest ? [rest] : []), ...(all ? [`The whole list: ${all}`] : []), '',
  ].join('\n');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>
<p>Your list of ${today.date}, first where a day's delay may cost most:</p>
<ol>${items.map((item) => `<li><p><strong>${link(item) ? `<a href="${escaped(link(item)!)}">${escaped(nameOf(item))}</a>` : escaped(nameOf(item))}</strong></p><ul>${linesOf(item).map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></li>`).join('\n')}</ol>
<p>${escaped(rest)}${all ? ` <a href="${escaped(all)}">The whole list</a>` : ''}</p>
</body></html>`;
  return { subject, text, html };
}

const nameOf = ({ customer, id }: TodayItem): string => customer.name ?? customer.knownAs ?? id;

/** What is to be done; of a call why, in the first sentence that says so. */
function linesOf({ parts, whyNow }: TodayItem): string[] {
  return parts.map(({ kind, what, due }) => (kind === 'call' ? `Call: ${whyNow[0] ?? 'the health is not good'}` : `${PART_NAMES[kind]}: ${what}${due === null ? '' : `, by ${due}`}`));
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
