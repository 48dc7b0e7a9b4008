import { proportion } from '../experience/figure.js';
import { waitsOf } from '../experience/waiting.js';
import { dayOfDate } from '../day.js';
import { attentionOf } from './attention.js';
import { isWithin, type ReportBook } from './book.js';
import { type FigureDefinition, type FigurePart, NOT_SPREAD } from './figure.js';
import { distinct, revenueParts } from './revenue-in.js';

const DAY = 1440;
/** Whether it came in a span, as far as that is told. */
const hasCome = (span: ReportBook['spans'][number], at: string): boolean => isWithin(span, at) && Date.parse(at) <= Date.parse(span.until);
const decisionsIn = ({ company, spans }: ReportBook, span: number) => company.decisions.filter(({ state, at }) => state !== 'asked' && hasCome(spans[span]!, at));
export const viewsIn = ({ company, spans }: ReportBook, span: number) => company.views.filter(({ at }) => hasCome(spans[span]!, at));
/** Held on days of the span that have come. */
export const meetingsWithin = ({ company, spans, window }: ReportBook, span: number) => company.meetings.filter(({ heldOn }) => {
  const day = dayOfDate(heldOn);
  return day >= spans[span]!.from && day <= Math.min(spans[span]!.to, window.calendar.dayOf(window.asOf));
});
/** Minutes of each meeting that are about customers, of all of them. */
const attentionParts = (book: ReportBook, span: number): FigurePart[] => meetingsWithin(book, span).map((meeting): FigurePart => {
  const { onCustomers, minutes } = attentionOf([meeting]);
  return { customer: null, name: `${meeting.body}, ${meeting.heldOn}`, part: onCustomers, of: minutes, events: [meeting.event] };
});
const sponsorParts = (book: ReportBook, span: number): FigurePart[] => {
  const sponsors = new Map(book.accounts.map(({ customer, sponsor }) => [customer, sponsor]));
  return span > 0 ? [] : revenueParts.end(book, span).map((paid) => {
    const sponsor = sponsors.get(paid.customer!) ?? null;
    return { ...paid, part: sponsor === null ? 0 : paid.part, of: paid.part, events: distinct([...paid.events, ...sponsor?.events ?? []]) };
  });
};
const promisesIn = ({ accounts, spans }: ReportBook, span: number) => accounts.map((account) => ({ account, own: account.promises.filter(({ state, endedAt }) => (state === 'kept' || state === 'broken') && isWithin(spans[span]!, endedAt)) }));

/** From an answer that is a miss to the first talk about it (`of` 1); where there was none yet, as long as it has lasted (`of` 0). Days. */
function waitsIn({ accounts, spans }: ReportBook, span: number): FigurePart[] {
  const { until } = spans[span]!;
  return accounts.flatMap(({ customer, name, answers, recoveries }) => answers.filter(({ at, verdict }) => verdict === 'miss' && isWithin(spans[span]!, at)).map(({ at, survey, events }): FigurePart => {
    const acted = recoveries.filter(({ surveys }) => surveys.includes(survey)).flatMap(({ clocks }) => clocks.contact.doneAt ?? []).filter((done) => done >= at && done <= until).sort()[0];
    return { customer, name, part: Math.max(0, (Date.parse(acted ?? until) - Date.parse(at)) / 86_400_000), of: acted === undefined ? 0 : 1, events };
  }));
}

const decisionParts = (decisions: ReturnType<typeof decisionsIn>, counts: (decision: (typeof decisions)[number]) => boolean): FigurePart[] => decisions.map((decision) => ({ customer: null, name: `${decision.decision}: ${decision.what}`, part: counts(decision) ? 1 : 0, of: 1, events: [decision.event] }));

/** Figures below the first sheet. */
export const MORE_FIGURES: readonly FigureDefinition[] = [
  {
    id: 'promises-kept', label: 'Promises kept', unit: 'share', better: 'more', step: 0.05, counts: ['promise kept or broken', 'promises kept or broken'], needs: [['promise.kept', 'promise.broken']], definition: 'Of the promises that were kept or broken in the quarter, the share that was kept (Wilson).',
    measure: (book, span) => { const own = promisesIn(book, span).flatMap((each) => each.own); return { ...proportion(own.filter(({ state }) => state === 'kept').length, own.length), why: 'not measured; needs promise.kept or promise.broken in the quarter' }; },
    parts: (book, span) => promisesIn(book, span).filter(({ own }) => own.length > 0).map(({ account: { customer, name }, own }) => ({ customer, name, part: own.filter(({ state }) => state === 'kept').length, of: own.length, events: own.flatMap(({ events }) => events.map(({ source, id }) => ({ source, id }))) })),
  },
  {
    id: 'decisions-with-evidence', label: 'Decisions with evidence', unit: 'share', better: 'more', step: 0.1, counts: ['decision taken or declined', 'decisions taken or declined'], needs: [['company.decision-recorded']], definition: 'Of the decisions recorded in the quarter as taken or declined, the share that names a fact, a figure or a report as its evidence (Wilson).',
    measure: (book, span) => { const own = decisionsIn(book, span); return { ...proportion(own.filter(({ evidence }) => evidence.length > 0).length, own.length), why: 'not measured; needs company.decision-recorded as taken or declined in the quarter' }; },
    parts: (book, span) => decisionParts(decisionsIn(book, span), ({ evidence }) => evidence.length > 0),
  },
  {
    id: 'decisions-corporate', label: 'Decisions with evidence that bind the company', unit: 'share', better: 'more', step: 0.1, counts: ['decision with evidence', 'decisions with evidence'], needs: [['company.decision-recorded']], definition: 'Of the decisions of the quarter that name evidence, the share that binds the company as a whole, not only how daily work is done: strategic against functional use of what is known of customers (Wilson).',
    measure: (book, span) => { const own = decisionsIn(book, span).filter(({ evidence }) => evidence.length > 0); return { ...proportion(own.filter(({ level }) => level === 'corporate').length, own.length), why: 'not measured; needs company.decision-recorded with evidence in the quarter' }; },
    parts: (book, span) => decisionParts(decisionsIn(book, span).filter(({ evidence }) => evidence.length > 0), ({ level }) => level === 'corporate'),
  },
  {
    id: 'sponsor-coverage', label: 'ARR with a live sponsor', unit: 'share', better: 'more', step: 0.05, counts: ['paying customer', 'paying customers'], money: ['recurring'], needs: [['subscription.started'], ['contact.role-changed', 'contact.added']],
    definition: 'Of the ARR at the end, the share of customers with a contact who is sponsor and has not left. As of the end of the quarter reported only.',
    measure: (book, span) => {
      const own = sponsorParts(book, span);
      const [part, of] = [own.reduce((sum, each) => sum + each.part, 0), own.reduce((sum, each) => sum + each.of, 0)];
      return of > 0 ? { value: part / of, n: own.length, ...NOT_SPREAD } : { value: null, n: 0, ...NOT_SPREAD, why: span > 0 ? 'told as of the quarter reported only' : 'not measured; needs subscription.started' };
    },
    parts: sponsorParts,
  },
  {
    id: 'answer-to-action', label: 'From a bad answer to a talk', unit: 'days', better: 'less', step: 1, counts: ['answer below the bar', 'answers below the bar'], needs: [['survey.responded']], definition: 'Median days from an answer of the quarter that is a miss to the first talk about it in a recovery; answers that nobody has talked about yet counted as far as they have lasted (Kaplan-Meier).',
    measure: (book, span) => {
      const waits = waitsIn(book, span).map(({ part, of }) => ({ minutes: part * DAY, over: of === 1 }));
      const { median } = waitsOf(waits);
      return { value: median === null ? null : median / DAY, n: waits.length, ...NOT_SPREAD, why: waits.length === 0 ? 'nothing to tell: no answer of the quarter was a miss' : 'not measured; needs recovery.contacted of half of the bad answers: so many are not talked about yet' };
    },
    parts: null, inputs: (book, span) => [{ what: 'Days from each answer to the talk about it (of 1), or until now where there was none (of 0)', unit: 'days', value: null, parts: waitsIn(book, span) }],
  },
  {
    id: 'report-views', label: 'Looks at published reports', unit: 'count', better: 'more', step: 1, counts: ['person who looked', 'people who looked'], needs: [['company.report-viewed']], definition: 'Looks at published reports in the quarter; each person counts once a day and report.',
    measure: (book, span) => { const own = viewsIn(book, span); return { value: own.length, n: new Set(own.map(({ viewer }) => viewer)).size, ...NOT_SPREAD }; },
    parts: (book, span) => viewsIn(book, span).map(({ report, viewer, event }) => ({ customer: null, name: `${report}, ${viewer}`, part: 1, of: 1, events: [event] })),
  },
  {
    id: 'attention-share', label: 'Time of the board and the management on customers', unit: 'share', better: 'more', step: 0.05, counts: ['meeting', 'meetings'], needs: [['company.meeting-held']], definition: 'Of the minutes of the meetings of the board and of the management that were recorded as held in the quarter, the share on items about customers. All that was recorded is counted and none stands for another, so there is no interval.',
    measure: (book, span) => { const { share, n } = attentionOf(meetingsWithin(book, span)); return { value: share, n, ...NOT_SPREAD, why: 'not measured; needs company.meeting-held in the quarter' }; },
    parts: attentionParts,
  },
  {
    id: 'attention-minutes', label: 'Minutes of the board and the management on customers', unit: 'count', better: 'more', step: 30, counts: ['meeting', 'meetings'], needs: [['company.meeting-held']], definition: 'The minutes of the same meetings on items about customers.',
    measure: (book, span) => { const { onCustomers, share, n } = attentionOf(meetingsWithin(book, span)); return { value: share === null ? null : onCustomers, n, ...NOT_SPREAD, why: 'not measured; needs company.meeting-held in the quarter' }; },
    parts: attentionParts,
  },
];
