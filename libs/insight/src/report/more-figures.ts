import { proportion } from '../experience/figure.js';
import { type Wait, waitsOf } from '../experience/waiting.js';
import { dayOfDate } from '../day.js';
import { attentionOf } from './attention.js';
import { isWithin, type ReportBook, worth } from './book.js';
import { type FigureDefinition, NOT_SPREAD } from './figure.js';

const DAY = 1440;
const decisionsIn = ({ company, spans }: ReportBook, span: number) => company.decisions.filter(({ state, at }) => state !== 'asked' && isWithin(spans[span]!, at));
const viewsIn = ({ company, spans }: ReportBook, span: number) => company.views.filter(({ at }) => isWithin(spans[span]!, at));
/** Held on days of the span that have come. */
export const meetingsWithin = ({ company, spans, window }: ReportBook, span: number) => company.meetings.filter(({ heldOn }) => {
  const day = dayOfDate(heldOn);
  return day >= spans[span]!.from && day <= Math.min(spans[span]!.to, window.calendar.dayOf(window.asOf));
});
const current = ({ accounts }: ReportBook) => accounts.filter(({ status }) => status === 'active');
const promisesIn = ({ accounts, spans }: ReportBook, span: number) => accounts.map((account) => ({ account, own: account.promises.filter(({ state, endedAt }) => (state === 'kept' || state === 'broken') && isWithin(spans[span]!, endedAt)) }));

/** From an answer that is a miss to the first talk about it; where there was none yet, as long as it has lasted. */
function waitsIn({ accounts, spans }: ReportBook, span: number): Wait[] {
  const { until } = spans[span]!;
  return accounts.flatMap(({ answers, recoveries }) => answers.filter(({ at, verdict }) => verdict === 'miss' && isWithin(spans[span]!, at)).map(({ at, survey }): Wait => {
    const acted = recoveries.filter(({ surveys }) => surveys.includes(survey)).flatMap(({ clocks }) => clocks.contact.doneAt ?? []).filter((done) => done >= at && done <= until).sort()[0];
    return { minutes: Math.max(0, (Date.parse(acted ?? until) - Date.parse(at)) / 60_000), over: acted !== undefined };
  }));
}

/** Figures below the first sheet. */
export const MORE_FIGURES: readonly FigureDefinition[] = [
  {
    id: 'promises-kept', label: 'Promises kept', unit: 'share', better: 'more', step: 0.05, counts: 'promises kept or broken', needs: [['promise.kept', 'promise.broken']], definition: 'Of the promises that were kept or broken in the quarter, the share that was kept (Wilson).',
    measure: (book, span) => { const own = promisesIn(book, span).flatMap((each) => each.own); return { ...proportion(own.filter(({ state }) => state === 'kept').length, own.length), why: 'not measured; needs promise.kept or promise.broken in the quarter' }; },
    parts: (book, span) => promisesIn(book, span).filter(({ own }) => own.length > 0).map(({ account: { customer, name }, own }) => ({ customer, name, part: own.filter(({ state }) => state === 'kept').length, of: own.length, events: own.flatMap(({ events }) => events.map(({ source, id }) => ({ source, id }))) })),
  },
  {
    id: 'decisions-with-evidence', label: 'Decisions with evidence', unit: 'share', better: 'more', step: 0.1, counts: 'decisions taken or declined', needs: [['company.decision-recorded']], definition: 'Of the decisions recorded in the quarter as taken or declined, the share that names a fact, a figure or a report as its evidence (Wilson).',
    measure: (book, span) => { const own = decisionsIn(book, span); return { ...proportion(own.filter(({ evidence }) => evidence.length > 0).length, own.length), why: 'not measured; needs company.decision-recorded as taken or declined in the quarter' }; },
    parts: null,
  },
  {
    id: 'decisions-corporate', label: 'Decisions with evidence that bind the company', unit: 'share', better: 'more', step: 0.1, counts: 'decisions with evidence', needs: [['company.decision-recorded']], definition: 'Of the decisions of the quarter that name evidence, the share that binds the company as a whole, not only how daily work is done: strategic against functional use of what is known of customers (Wilson).',
    measure: (book, span) => { const own = decisionsIn(book, span).filter(({ evidence }) => evidence.length > 0); return { ...proportion(own.filter(({ level }) => level === 'corporate').length, own.length), why: 'not measured; needs company.decision-recorded with evidence in the quarter' }; },
    parts: null,
  },
  {
    id: 'sponsor-coverage', label: 'ARR with a live sponsor', unit: 'share', better: 'more', step: 0.05, counts: 'running customers', needs: [['subscription.started'], ['contact.role-changed', 'contact.added']], definition: 'Of what running customers pay a year at the end, the share of those with a contact who is sponsor and has not left. As of the end of the quarter reported only.',
    measure: (book, span) => {
      const own = current(book);
      const total = own.reduce((sum, { arr }) => sum + worth(book, arr), 0);
      return span > 0 || total === 0 ? { value: null, n: 0, ...NOT_SPREAD, why: span > 0 ? 'told as of the quarter reported only' : 'not measured; needs subscription.started' } : { value: own.reduce((sum, { arr, sponsor }) => sum + (sponsor === null ? 0 : worth(book, arr)), 0) / total, n: own.length, ...NOT_SPREAD };
    },
    parts: (book, span) => (span > 0 ? [] : current(book).map(({ customer, name, arr, sponsor }) => ({ customer, name, part: sponsor === null ? 0 : worth(book, arr), of: worth(book, arr), events: [] }))),
  },
  {
    id: 'answer-to-action', label: 'From a bad answer to a talk', unit: 'days', better: 'less', step: 1, counts: 'answers below the bar', needs: [['survey.responded']], definition: 'Median days from an answer of the quarter that is a miss to the first talk about it in a recovery; answers that nobody has talked about yet counted as far as they have lasted (Kaplan-Meier).',
    measure: (book, span) => {
      const waits = waitsIn(book, span);
      const { median } = waitsOf(waits);
      return { value: median === null ? null : median / DAY, n: waits.length, ...NOT_SPREAD, why: waits.length === 0 ? 'nothing to tell: no answer of the quarter was a miss' : 'not measured; needs recovery.contacted of half of the bad answers: so many are not talked about yet' };
    },
    parts: null,
  },
  {
    id: 'report-views', label: 'Looks at published reports', unit: 'count', better: 'more', step: 1, counts: 'people who looked', needs: [['company.report-viewed']], definition: 'Looks at published reports in the quarter; each person counts once a day and report.',
    measure: (book, span) => { const own = viewsIn(book, span); return { value: own.length, n: new Set(own.map(({ viewer }) => viewer)).size, ...NOT_SPREAD }; },
    parts: null,
  },
  {
    id: 'attention-share', label: 'Time of the board and the management on customers', unit: 'share', better: 'more', step: 0.05, counts: 'meetings', needs: [['company.meeting-held']], definition: 'Of the minutes of the meetings of the board and of the management that were recorded as held in the quarter, the share on items about customers. All that was recorded is counted and none stands for another, so there is no interval.',
    measure: (book, span) => { const { share, n } = attentionOf(meetingsWithin(book, span)); return { value: share, n, ...NOT_SPREAD, why: 'not measured; needs company.meeting-held in the quarter' }; },
    parts: null,
  },
  {
    id: 'attention-minutes', label: 'Minutes of the board and the management on customers', unit: 'count', better: 'more', step: 30, counts: 'meetings', needs: [['company.meeting-held']], definition: 'The minutes of the same meetings on items about customers.',
    measure: (book, span) => { const { onCustomers, share, n } = attentionOf(meetingsWithin(book, span)); return { value: share === null ? null : onCustomers, n, ...NOT_SPREAD, why: 'not measured; needs company.meeting-held in the quarter' }; },
    parts: null,
  },
];
