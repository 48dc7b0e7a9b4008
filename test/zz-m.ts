import pg from 'pg';
import { Database } from '#event-store';
import { addFact, emptySheet, weigh, firstScorecard, scoreHealth, profileOf, closingBand, bandOf } from '#insight';
import { dayOfIn } from '#read-model';
import { upcast } from '#journey';
import { toEvent, LOG_COLUMNS } from '../libs/event-store/src/postgres/log-row.js';
import * as S from '../libs/read-model/src/customers/customer-state.js';
const url = process.argv[2]!;
const time = async (name: string, f: () => Promise<number>) => { const t = performance.now(); const n = await f(); const s = (performance.now() - t) / 1000; console.log(name, n, s.toFixed(2) + 's', Math.round(n / s) + '/s'); };
const pool = new pg.Pool({ connectionString: url, max: 1, options: '-c search_path=touchline -c role=touchline_worker' });
const limit = async () => { const counts = new Map<string, number>(); let n = 0; for (let position = '0'; ;) {
  const { rows } = await pool.query<{ position: string; stream: string }>({ name: 'story', text: `select position, stream, type, data from touchline.log where position > $1 and category = 'customer' order by position limit $2`, values: [position, 1000] });
  if (rows.length === 0) return n; n += rows.length; for (const { stream } of rows) counts.set(stream, (counts.get(stream) ?? 0) + 1); position = rows.at(-1)!.position; } };
await time('limit', limit); await time('limit', limit);
const db = new Database(url, 'touchline_worker', 4);
const dayOf = dayOfIn('Europe/Berlin');
const byStream = async (work: (texts: (string|null)[][]) => void) => db.statements(async (sql) => { let n = 0; let after = ''; for (;;) {
  const rows = await sql.texts(`select ${LOG_COLUMNS}, 1 as epoch from log where tenant = 'bench' and category = 'customer' and stream in (select id from stream where tenant='bench' and category='customer' and id > $1 order by id limit 20) order by stream, revision`, [after], 'xx');
  if (rows.length === 0) return n; n += rows.length; work(rows); after = rows.at(-1)![3]!; } });
await time('read by stream, texts only', () => byStream(() => {}));
await time('read by stream, texts only', () => byStream(() => {}));
await time('read by stream, toEvent', () => byStream((r) => { r.map(toEvent); }));
let sheets = 0;
await time('.. + addFact', () => byStream((r) => { const m = new Map(); for (const e of r.map(toEvent)) { let s = m.get(e.stream.id); if (!s) m.set(e.stream.id, s = emptySheet()); addFact(s, upcast(e), dayOf); } sheets += m.size; }));
console.log(sheets);
await time('.. + refold state + row', () => byStream((r) => { const m = new Map(); for (const e of r.map(toEvent)) { let s = m.get(e.stream.id); if (!s) m.set(e.stream.id, s = []); s.push(e); } for (const [c, ev] of m) { const st = S.newState('bench', c, 20800); S.refold(st, ev, firstScorecard, dayOf); JSON.stringify(S.rowOf(st, 1, firstScorecard)); } }));
await pool.end(); await db.close();
