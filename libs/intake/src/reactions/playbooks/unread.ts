import { addWorkingDays, dateIn, type JourneyEvent, momentIn, type Playbook, type WorkingCalendar } from '#journey';

const LOOKED_AT: readonly string[] = ['survey.response-viewed', 'survey.marked-complaint', 'survey.set-aside'];

/** Whether nobody has looked at an answer yet, and it is still the latest of its survey. `story`: facts as they stand. */
export function isUnread(story: readonly JourneyEvent[], answer: JourneyEvent): boolean {
  const place = story.findIndex(({ position }) => position === answer.position);
  const later = story.slice(place + 1).filter(({ data }) => data['survey'] === answer.data['survey']);
  return place >= 0 && !later.some(({ type }) => LOOKED_AT.includes(type) || type === 'survey.response-revised' || type === 'survey.responded');
}

/** The playbooks that have waited long enough, and when the next one will have: a task comes at the beginning of the last day. */
export function ripe(playbooks: readonly Playbook[], answeredAt: string, { today, calendar }: { readonly today: string; readonly calendar: WorkingCalendar }): { now: Playbook[]; again: string | undefined } {
  const days = playbooks.map((playbook) => ({ playbook, on: addWorkingDays(dateIn(calendar.timeZone, answeredAt), playbook.when.workingDays ?? 0, calendar) }));
  const [next] = days.map(({ on }) => on).filter((on) => on > today).sort();
  return { now: days.filter(({ on }) => on <= today).map(({ playbook }) => playbook), again: next === undefined ? undefined : momentIn(calendar.timeZone, next, '00:00') };
}
