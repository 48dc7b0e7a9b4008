import { describe, expect, it } from '@jest/globals';
import type { HealthAnswer } from '#read-model';
import { perspectivesView, rollUpView } from './beside-view.js';
import type { Content, Html } from './html.js';
import { overrideMark } from './words.js';

const HOSTILE = '<b>x</b>';
const words = (content: Content): string => (content as Html).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();
const seen = (score: number | null, label: string | null) => ({
  score, band: score === null ? 'unknown' as const : 'watch' as const, coverage: 61.9, card: { id: 'card', version: 2, label },
  groups: [{ id: 'a', label: HOSTILE, parent: null, status: 'known' as const, points: 20, maxPoints: 30, lost: 10 }, { id: 'b', label: 'Under', parent: 'a', status: 'known' as const, points: 1, maxPoints: 2, lost: 1 }],
});

describe('Beside the score', () => {
  it('stands how payers and users see it, where a card says so', () => {
    const perspectives = { payer: seen(50, HOSTILE), user: null, apart: null, say: 'They are apart.' };
    expect(words(perspectivesView({ perspectives }))).toBe('As payers and users see it They are apart. The payer Watch · 50 By the scorecard &lt;b&gt;x&lt;/b&gt;, version 2, of which 61 % is known: &lt;b&gt;x&lt;/b&gt; 20 of 30');
    expect(words(perspectivesView({ perspectives: { ...perspectives, user: seen(null, null), say: null } }))).toMatch(/The user Cannot tell By the scorecard card, version 2/);
    expect(perspectivesView({ perspectives: { payer: null, user: null, apart: null, say: null } })).toBeNull();
  });

  it('stands what rolls up, the lowest first and the unknown last, the first twenty', () => {
    const child = (id: string, score: number | null) => ({ id, name: score === 7 ? HOSTILE : null, score, band: score === null ? 'unknown' as const : 'at-risk' as const, arr: score === 7 ? [{ amount: 120_000, currency: 'EUR' }] : [], weight: 0.254 });
    const rollUp: HealthAnswer['rollUp'] = { kind: 'mean-of-children', score: 12.5, band: 'at-risk', own: 90, coverage: 100, unknown: 1, say: 'Together 12.5.', children: [child('u', null), child('h', 40), child('l', 7)] };
    expect(words(rollUpView({ rollUp }))).toBe('With what belongs to it At risk · 12.5 Together 12.5. Its own is 90. At risk · 7 &lt;b&gt;x&lt;/b&gt; EUR 1,200 a year, weighs 25 % At risk · 40 h weighs 25 % Cannot tell u weighs 25 %');
    const many = words(rollUpView({ rollUp: { ...rollUp, children: Array.from({ length: 22 }, (_, at) => child(`c${at}`, at + 10)) } }));
    expect([many.match(/weighs/g)!.length, many.endsWith('2 more that are better, or not known.')]).toEqual([20, true]);
    expect(rollUpView({ rollUp: null })).toBeNull();
  });

  it('stands beside a badge until when a score was set by hand, and what is computed', () => {
    expect(words(overrideMark({ override: { score: 30, until: '2026-12-03' }, computed: { score: 72.15, band: 'healthy' } }))).toBe('Overridden to 30 until 3 Dec 2026 , computed 72.2 (healthy)');
    expect(words(overrideMark({ override: { score: 30, until: '2026-12-03' }, computed: { score: null, band: 'unknown' } }))).toBe('Overridden to 30 until 3 Dec 2026 , computed not known (cannot tell)');
    expect(overrideMark({ override: null, computed: { score: 1, band: 'at-risk' } })).toBeNull();
  });
});
