import { dateOfDay } from '#insight';
import { ApiProblem } from '../problems/api-problem.js';

const LONGEST_DAYS = 366;

/** @throws ApiProblem `invalid-body` unless the day lies after the tenant's today, and within a year: what is put off for longer is forgotten */
export function putOffDay(until: string, today: { readonly date: string; readonly day: number }): void {
  if (until <= today.date) throw refused(`The day must lie after today, ${today.date}.`, `Not before the day after ${today.date}.`);
  const last = dateOfDay(today.day + LONGEST_DAYS);
  if (until > last) throw refused(`Put it off by ${LONGEST_DAYS} days at most, to ${last}.`, `Not after ${last}.`);
}

const refused = (words: string, detail: string) => new ApiProblem('invalid-body', words, { errors: [{ pointer: '/until', detail }] });
