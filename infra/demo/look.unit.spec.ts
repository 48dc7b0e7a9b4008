import { it } from '@jest/globals';
import { demoStory, demoStories } from './demo-story.js';
import { histories, healthOf } from './testing/score-demo.js';
import { customers } from './customers.js';
import { worstMeasures } from '#insight';
it('looks', () => {
  const today = process.env.TODAY ?? '2026-11-23';
  const t0 = Date.now();
  const events = demoStory({ seed: 1, today, timeZone: 'Europe/Berlin' });
  console.log(events.length, Date.now() - t0, 'ms', events[0]!.time, events.at(-1)!.time);
  const types = new Map<string, number>();
  for (const e of events) types.set(e.type, (types.get(e.type) ?? 0) + 1);
  const out: string[] = [[...types].sort((a, b) => b[1] - a[1]).map((x) => x.join(' ')).join(', ')];
  const bands: Record<string, number> = {}; const hs: number[] = [];
  for (const [id, history] of histories(events)) {
    const h = healthOf(history, today, 'Europe/Berlin');
    const c = customers.find((x) => x.id === id);
    const gone = c?.leftAgo !== undefined;
    if (!gone && c) hs.push(Math.round(h.score.score!/100)); if (!gone) bands[h.band] = (bands[h.band] ?? 0) + 1;
    out.push(`${id} ${(c?.name ?? demoStories.find((s) => s.customer.id === id)?.title ?? '').padEnd(28)} ${(c?.mood ?? '').padEnd(11)} ${gone ? 'GONE ' : ''}${h.band} ${h.score.score! / 100} cov ${h.score.coverage} ${history.length} | ${worstMeasures(h.score, 6).map((m) => `${m.id} ${m.value} -${m.lost / 100}`).join('; ')}`);
  }
  const hist = histories(events).get('C-1106')!;
  for (const d of [120,100,90,80,75,73,71,65,60,50,40,30,20,10,0]) { const h = healthOf(hist, today, 'Europe/Berlin', d); out.push(d + ': ' + h.score.score! / 100 + ' ' + h.band + ' ' + worstMeasures(h.score, 5).map((m) => m.id + ' ' + m.value + ' -' + m.lost / 100).join('; ')); }
  out.push(hs.sort((a,b)=>a-b).join(" ")); console.log(out.join('\n'), bands);
});
