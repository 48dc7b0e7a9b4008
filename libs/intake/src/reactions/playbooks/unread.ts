import { addWorkingDays, dateIn, evolveAnswer, type JourneyEvent, momentIn, noAnswer, type Playbook, type WorkingCalendar } from '#journey';

/** Whether nobody has dealt with an answer yet, and it is still the one that counts. `story`: facts as they stand, earliest first. */
export function isUnread(story: readonly JourneyEvent[], answer: JourneyEvent): boolean {
  const { fact, viewedAt, complaintAt, setAside } = story.filter(({ type, data }) => type.startsWith('survey.') && data['survey'] === answer.data['survey']).reduce(evolveAnswer, noAnswer);
  return fact?.position === answer.position && viewedAt === null && complaintAt === null && setAside === null;
}

/** The playbooks that have waited long enough, and when the next one will have: a task comes at the beginning of the last day. */
export function ripe(playbooks: readonly Playbook[], answeredAt: string, { today, calendar }: { readonly today: string; readonly calendar: WorkingCalendar }): { now: Playbook[]; again: string | undefined } {
  const days = playbooks.map((playbook) => ({ playbook, on: addWorkingDays(dateIn(calendar.timeZone, answeredAt), playbook.when.workingDays ?? 0, calendar) }));
  const [next] = days.map(({ on }) => on).filter((on) => on > today).sort();
  return { now: days.filter(({ on }) => on <= today).map(({ playbook }) => playbook), again: next === undefined ? undefined : momentIn(calendar.timeZone, next, '00:00') };
}
