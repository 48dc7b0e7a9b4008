import type { JourneyAnswer } from '#read-model';

type Moment = JourneyAnswer['renewals']['moments'][number];

const SAYS = { 'too-few': () => 'Too few to compare: at least 30 are needed on both sides.', 'no-clear-difference': () => 'No clear difference.', 'renew-more-often': (who: string) => `${who} renew more often.`, 'renew-less-often': (who: string) => `${who} renew less often.` } as const;

/** What two rates of renewal say of each other, and by how many points. */
export function verdictText(verdict: Moment['verdict'], difference: Moment['difference'], who: string): string {
  const points = (share: number) => Math.round(share * 100);
  return `${SAYS[verdict](who)}${difference && difference.value !== null ? ` Difference ${points(difference.value)} points, between ${points(difference.low!)} and ${points(difference.high!)}.` : ''}`;
}
