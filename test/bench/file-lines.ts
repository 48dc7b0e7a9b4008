const [CUSTOMERS, STREAM] = [5_000, 'crm'];
const DAY = 86_400_000;
const START = Date.parse('2025-06-01T08:00:00Z');
const TEXT = 'The label printer in hall three prints every second label twice since the update of last night. '.repeat(4);

/** What systems export: tickets with what people wrote, usage, surveys; facts of 5,000 customers, whom another system names. Bodies of 300 bytes. */
function dataOf(n: number): { type: string; data: Record<string, unknown> } {
  const ticket = `T-${Math.floor(n / 5)}`;
  const filled = (data: Record<string, unknown>, field: string) => ({ ...data, [field]: TEXT.slice(0, 300 - JSON.stringify({ ...data, [field]: '' }).length) });
  if (n % 5 === 0) return { type: 'ticket.opened', data: filled({ ticket, queue: 'first-line', category: 'printing', priority: 'normal' }, 'subject') };
  if (n % 5 === 1) return { type: 'ticket.replied', data: filled({ ticket, by: 'agent' }, 'text') };
  const features = ['reporting', 'planning', 'sharing', 'self-service', 'remote-help', 'labels', 'routes', 'stock-taking', 'returns', 'forecast', 'maps', 'tasks', 'alerts'];
  const day = new Date(START + (n % 300) * DAY).toISOString().slice(0, 10);
  return { type: 'usage.reported', data: { from: day, to: day, product: `Managed Workplace ${n}`, licensed: 150, active: n % 150, features, volume: n } };
}

const SPECIAL = /[\\\t\n]/;

/** The same facts as lines of a file for an import, or for COPY into the bare table; `turn` makes their ids new. In pieces of a thousand lines. */
export function* fileLines(turn: number, count: number, form: 'ndjson' | 'copy'): Generator<string> {
  let piece: string[] = [];
  for (let n = 0; n < count; n++) {
    const { type, data } = dataOf(turn * count + n);
    const customer = `C-${(n * 7) % CUSTOMERS}`;
    const time = new Date(START + (n % 300) * DAY + (n % 600) * 60_000).toISOString();
    const body = JSON.stringify(data);
    if (form === 'copy' && SPECIAL.test(body)) throw new Error('This text would have to be escaped.');
    piece.push(form === 'copy' ? `${STREAM}:${customer}\t${type}\t${body}\n` : `{"id":"${turn}-${n}","source":"export","type":"${type}","time":"${time}","observedAt":"${time}","customer":{"system":"${STREAM}","id":"${customer}"},"data":${body}}\n`);
    if (piece.length < 1_000) continue;
    yield piece.join('');
    piece = [];
  }
  yield piece.join('');
}
