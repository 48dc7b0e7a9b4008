import type { Explainable } from './explain.js';

/** What is known of customers is kept as of today only. */
export const NOW = 'What customers pay, their segments, the roles of their contacts and who has left are those of today, also as of an earlier moment.';

/** How each figure is worked out, in words. Intervals are of 95 %. */
export const METHODS: Readonly<Record<Explainable | 'spread' | 'trend' | 'subjects', string>> = {
  nps: 'Share of 9 and 10 less share of 0 to 6, of NPS answers from 0 to 10: of people (newest answer of each; interval: adjusted Wald), of accounts, and of accounts weighed by yearly amount (interval: Student). ' + NOW,
  'top-box': 'Share of answers in the top tenth of their scale, whatever the instrument: all others are misses. Interval: Wilson.',
  csat: 'Share of positive CSAT answers: 4-5 of five, 3-4 of four, the best of three; on other scales from the bar of the instrument on. Interval: Wilson.',
  ces: 'Share of 5 and more of seven (interval: Wilson), and the mean of each scale beside it (interval: Student).',
  xla: 'Happiness: share of 9 and 10 less share of 0 to 6, newest answer of each person (interval: adjusted Wald). Lost time: mean minutes over those who said how many (interval: Student); nothing is assumed of the others.',
  response: 'Answers of what was sent in the time and 14 days ago or longer, or can no longer be answered: sooner nothing counts, answered or not (interval: Wilson). Bias: a group\'s response rate less that of all others (interval: Newcombe); roles are those of the contacts asked. ' + NOW,
  resolve: 'Time in which a ticket\'s clock ran, from opening to the last resolution, without pauses and without the time in which it was thought solved: mean of the resolved ones (Student), median and ninth tenth of all (Kaplan-Meier, open ones counted as far as they have lasted).',
  'first-response': 'From opening to our first reply, or the first resolution where there was none; as above.',
  reopened: 'Share of tickets that were ever resolved and came back. Interval: Wilson.',
  escalated: 'Share of all tickets that were escalated. Interval: Wilson.',
  sla: 'Share of all tickets of which no missed target was told. Interval: Wilson.',
  spread: 'Mean place of answers on their scales, users and payers apart. Fallen: the mean of the last three answers is a quarter of the scale below that of all before them in the time looked at. Named: users are fallen now, and payers were heard and are not. Lag: median days from the first fall of users to the first of payers (Kaplan-Meier). Customers who have left are in neither. ' + NOW,
  trend: 'The same figures for twelve stretches of the time, equal to a day, by when was answered and when tickets were opened, or first told of where nobody told that.',
  subjects: 'Excellent and satisfied answers by what the question was about (`subject` of the answer: service, product, support, relationship), over the same stretches. Null: the answer does not say. Response is not told apart by it, as only answers say it.',
};
