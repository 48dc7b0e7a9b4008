import type { DepartmentsAnswer, FeedbackAnswer, FeedbackLine, FeedbackList } from '#read-model';
import { table } from '../text/table.js';
import { waitText, workingText } from './answer-lines.js';

export function feedbackLines({ feedback, more }: FeedbackList): string[] {
  if (feedback.length === 0) return ['There is no such feedback.'];
  return [...feedback.flatMap((each) => feedbackLine(each)), ...(more > 0 ? [`${more} more: --limit`] : [])];
}

function feedbackLine({ feedback, customer, what, step, department, workingMinutes, overdue }: FeedbackLine): string[] {
  const waits = step === 'routed' || step === 'accepted' ? `, for ${workingText(workingMinutes!)}${overdue ? ', overdue' : ''}` : '';
  return [`${feedback}  ${customer.name ?? customer.id}: ${step}${department ? `, ${department.name ?? department.id}` : ''}${waits}`, `   "${what ?? 'words that were erased'}"`];
}

export function feedbackStoryLines(answer: FeedbackAnswer): string[] {
  return [...feedbackLine(answer), ...answer.story.map(({ at, words, department, by, said, reason }) => `${at}  ${words}${department === null ? '' : ` (${department})`}, by ${by.id}${reason === null ? '' : `: ${reason}`}${said === null ? '' : `: "${said}"`}`)];
}

export function departmentsLines({ departments, unrouted, untold }: DepartmentsAnswer): string[] {
  const rows = departments.map(({ id, name, owner, answerWithinHours, open, overdue, answered, declined, toAccept, toAnswer }) => (
    [id, name ?? '(no longer)', owner ?? '', answerWithinHours === null ? '' : `${answerWithinHours} h`, String(open), String(overdue), String(answered), String(declined), waitText(toAccept), waitText(toAnswer)]));
  return [
    ...(rows.length === 0 ? ['There are no departments yet: touchline feedback department <id> --name … --owner … --hours 40'] : table(['department', 'name', 'owner', 'target', 'open', 'overdue', 'answered', 'declined', 'accepted', 'answered'], rows, new Set([3, 4, 5, 6, 7]))),
    `Sent to nobody yet: ${unrouted}. Answered or declined, and the customer was not told: ${untold}.`,
  ];
}
