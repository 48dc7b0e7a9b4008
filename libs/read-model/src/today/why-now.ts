import { type Band, type Profile, type Score, worstMeasures } from '#insight';
import { inDays, NEAR_DAYS, nextDate } from './priority.js';

const MOST = 3;
const worse: readonly Band[] = ['healthy', 'watch', 'at-risk'];
const words: Readonly<Record<string, string>> = { healthy: 'healthy', watch: 'to be watched', 'at-risk': 'at risk' };

/** What `whyNow` stands on, beside score and profile: the computed band, today and at the last close, and sentences about an override or points of view that are far apart. */
interface Beside { readonly band: Band; readonly yesterday: Band | null; readonly day: number; readonly told: readonly string[] }

/** At most three sentences: that it got worse today, that it was overridden or looks otherwise to payers and users, what costs most, and the date that is near. */
export function whyNow(score: Score, profile: Profile, { band, yesterday, day, told }: Beside): string[] {
  const fell = yesterday !== null && worse.indexOf(yesterday) >= 0 && worse.indexOf(band) > worse.indexOf(yesterday);
  const next = nextDate(profile, day);
  const near = next && next.day - day <= NEAR_DAYS ? `${next.what.charAt(0).toUpperCase()}${next.what.slice(1)} is ${inDays(next.day - day)}.` : null;
  const first = [...(fell ? [`It was ${words[yesterday]} yesterday and is ${words[band]} today.`] : []), ...told].slice(0, MOST - (near ? 1 : 0));
  const last = near ? [near] : [];
  const costs = worstMeasures(score, MOST - first.length - last.length).filter(({ id }) => id !== 'renewal' || !near).map(({ say }) => say);
  return [...first, ...costs, ...last];
}

/** The day on which the worst of it began; null where that is not known, for the day of something lesser would mislead. */
export function sinceWhen(score: Score): number | null {
  return worstMeasures(score, 1)[0]?.since ?? null;
}
