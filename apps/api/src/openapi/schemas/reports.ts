import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { customerId, today } from './common.js';

const id = text('Id of the figure.');
const event = record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it.") });
const known = (description: string) => orNull(figure(description));
const events = list(event, 'Facts.');
const quarter = text('A quarter, such as 2026-Q3.');
const attention = {
  n: count('Meetings with minutes.'), minutes: count('Minutes of them.'), onCustomers: count('Those on items about customers.'), share: known('The second over the first; null where no minute was recorded.'),
};
const body = choice(['board', 'management'], 'Who met.');
const agenda = list(record('An item.', { topic: text('What it was about.'), minutes: count('How long.'), aboutCustomers: yesNo('Whether it was about customers.') }, { decision: text('Number of the decision that came of it.') }), 'What was talked about.');
const segment = text('Only customers of this segment.');

const reportFigure = record('A figure, with what it stands on.', {
  id, label: text('What people call it.'), unit: choice(['money', 'share', 'net', 'count', 'months', 'days'], 'Money is in minor units, shares are from 0 to 1.'), better: choice(['more', 'less'], 'Which way is good.'), currency: orNull(text('Of money.')), definition: text('How it is worked out.'),
  counts: text('What n counts.'), value: known('The figure; null where it is not measured.'), low: known('Lower end of the 95 % interval, where there is one.'), high: known('Its upper end.'), n: count('So many were counted.'),
  coverage: record('Customers of whom facts tell of it.', { measured: count('So many.'), of: count('Of so many.') }), missing: orNull(text('Why it is not measured, and which types of facts it needs; null where it is.')), target: known('What it should be; null: nobody said.'), last: known('Of the quarter before.'), lastMissing: orNull(text('Why that is not measured.')), opens: yesNo('Whether customers and facts behind it can be asked for.'),
});
const cell = record('A cell.', { text: text('What it says.'), value: { type: ['number', 'string', 'null'], description: 'The value behind it.' } });
const block: Schema = {
  description: 'One block: a heading, a sentence, an outcome or a figure, a table, or a chart.', type: 'object', required: ['kind'],
  properties: {
    kind: choice(['heading', 'sentence', 'outcome', 'figure', 'table', 'chart'], 'What it is.'), text: text('Of a heading or a sentence.'), level: whole('Of a heading.'), quiet: yesNo('Whether it is a remark.'), outcome: text('Which of the six.'), figures: list(ref('ReportFigure'), 'Of an outcome.'), beside: list(ref('ReportFigure'), 'Figures beside them.'), figure: ref('ReportFigure'),
    id: text('Of a table or a chart.'), title: text('Of a table; of a chart what it shows.'), columns: list(record('A column.', { name: text('Its name.'), isNumber: yesNo('Whether it holds numbers.') }), 'Columns.'), rows: list(list(cell, 'A row.'), 'Rows.'), more: count('Rows that are not shown.'), none: text('What is said where there are none.'),
    shape: choice(['waterfall', 'stacked', 'ranges', 'bars'], 'How a chart is drawn.'), alt: text('The same numbers in words.'), axis: text('What is measured.'), per: figure('So many units of a mark are one of the axis.'), marks: list(record('A bar or point.', { name: text('Which.'), value: figure('How much.'), label: text('The same in words.') }, { low: figure('From.'), high: figure('To.'), part: text('Which part of the bar.') }), 'What is drawn.'),
  },
};
const restated = list(record('A figure.', { figure: id, label: text('What people call it.'), was: known('What it was.'), is: known('What it is.'), say: text('The same in a sentence.'), facts: orNull(list(event, 'What moved it; null where that is not known.')) }), 'Figures.');
const part = record('A customer, or a fact of the company.', { customer: { ...orNull(customerId), description: 'Null: a fact of the company; `name` says which.' }, name: orNull(text('Its name.')), part: figure('What it adds.'), of: figure('Of a share: to what; else 1.'), events });
const superseded = { report: text('Its id.'), at: instant('When it was published.'), figures: text('SHA-256 of its figures.') };
const published = {
  report: text('Its id.'), period: quarter, upTo: position('Facts up to here counted.'), knownAt: instant('What was known then counted.'), asOf: instant('What had happened by then counted.'), composition: count('Version of the definitions and of how they are put together.'), figures: text('SHA-256 of its figures.'),
  files: list(record('A file.', { format: choice(['json', 'html', 'pdf', 'csv'], 'Which.'), sha256: text('Of its bytes.'), bytes: count('How long it is.') }), 'What is kept.'), at: instant('When it was published.'), by: text('By whom.'),
};
const beside = { segment, supersedes: record('The report of the same quarter and segment that it takes the place of; left out: it is the first.', superseded) };

export const reportSchemas: Readonly<Record<string, Schema>> = {
  ReportFigure: reportFigure,
  StrategicReport: record('The strategic report.', {
    title: text('Its title.'), period: quarter, segment: orNull(segment), isOver: yesNo('Whether the quarter is over.'), asOf: instant('What had happened by then counts.'), knownAt: instant('What was known then counts.'), position: position('Facts up to here count.'), composition: count('Version of the definitions and of how they are put together.'),
    currency: orNull(text('In which amounts are; null where nobody pays.')), policy: { type: 'object', description: 'How revenue is counted, and which models foretell.' }, customers: count('Customers that are counted.'), held: count('Left out, as a fact of theirs cannot be read.'),
    supersedes: orNull(record('Of a published report: the one that it takes the place of.', { ...superseded, restated: orNull({ ...restated, description: 'What it says otherwise; null where the two cannot be compared.' }), why: orNull(text('Why they cannot.')) })),
    pages: list(record('A page.', { id: text('Its id.'), title: text('Its title.'), blocks: list(block, 'What stands on it.') }), 'Pages.'),
  }),
  ReportFigureParts: record('What makes a figure.', {
    period: quarter, segment: orNull(segment), asOf: instant('What had happened by then counts.'), position: position('Facts up to here count.'), figure: ref('ReportFigure'),
    parts: orNull(list(part, 'Most first. Null: the figure is no sum over customers.')),
    inputs: list(record('What it is worked out of.', { what: text('Which.'), unit: choice(['money', 'share', 'net', 'count', 'months', 'days'], 'As of a figure.'), value: known('Its sum, or its share; null: it has none.'), parts: list(part, 'Most first.') }), 'Of a figure that is no sum: the sums and shares that it is worked out of.'),
  }),
  PublishedReport: record('A published report.', published, { ...beside, position: position('Of the fact that says so.') }),
  PublishedReports: record('Published reports.', { reports: list(record('A published report.', published, beside), 'The newest first.') }),
  ReportVerified: record('What comes out now.', {
    report: text('Its id.'), same: orNull(yesNo('Whether its figures come out the same at its position. Null: it was put together by another version.')), differences: { ...restated, description: 'What comes out otherwise.' }, files: list(record('A file.', { format: text('Which.'), sha256: text('As it was published.'), kept: yesNo('Whether it is kept and still what it was.') }), 'Its files.'),
    restated: { ...restated, description: 'What facts that came since say otherwise of the same quarter.' }, restatedUpTo: position('With facts up to here.'),
    late: list(record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.'), customer: { ...orNull(customerId), description: 'Null: it is about spend, rates or the policy of revenue.' }, name: orNull(text('Its name; null where none is known, or it is not of the segment.')), occurredAt: instant('When it was true.'), recordedAt: instant('When it was told.'), changed: orNull(list(id, 'The figures that it moved; none: it changed no figure. Null: not known, as the report was put together by another version.')) }), 'Those that moved a figure first. Facts about that time that were told since, corrections, and what was said of spend, rates and policy; at most 50.'), moreLate: count('So many more.'),
  }),
  ReportSchedule: record('When the report is published by itself.', {
    on: yesNo('Whether it is.'), daysAfter: count('So many days after the last of the quarter.'), segments: list(text('One.'), 'Each has a report of its own beside that of all customers.'), to: orNull(list(text('One.'), 'Codes of people of the staff; null: everybody whose roles name `executive`.')),
    next: orNull(instant('When one is published next; null where none is.')), period: orNull(quarter), readers: list(text('The code of one.'), 'Whom it would be mailed to now.'), say: text('The same in words.'),
  }),
  ReportTargets: record('Targets.', { targets: list(record('A target.', { figure: id, period: quarter, value: figure('In the unit of the figure.'), reason: text('Why.'), event }), 'Targets.') }),
  TargetNoted: record('A target was set.', { figure: id, period: quarter, value: figure('In the unit of the figure.'), position: orNull(position('Of the fact.')) }),
  CompanyDecisions: record('Decisions.', {
    decisions: list(record('A decision.', {
      decision: text('Its number.'), what: text('What is to be done.'), state: choice(['asked', 'taken', 'declined'], 'How it stands.'), level: choice(['corporate', 'operational'], 'Whom it binds.'), cost: { ...orNull(ref('Money')), description: 'What it costs; null: nobody said.' }, arr: { ...orNull(ref('Money')), description: 'The yearly amount that it is about; null: nobody said.' }, reason: orNull(text('Why.')),
      evidence: list(record('A piece of evidence.', { kind: choice(['event', 'figure', 'report'], 'What it is.') }, { event, figure: id, report: text('Id of a published report.') }), 'What it stands on.'), at: instant('When it was first recorded in the state that it is in.'), by: text('Who of ours had the last word.'), event,
    }), 'Decisions.'),
  }),
  Attention: record('Time of the board and of the management on customers.', {
    today, from: quarter, to: quarter, asOf: instant('Meetings held by then count.'), position: orNull(position('Of the last fact about meetings; null where there is none.')), total: record('Of all quarters.', attention),
    coverage: record('Quarters of which meetings were recorded.', { measured: count('So many.'), of: count('Of so many.') }), missing: orNull(text('Why it is not measured, and which types of facts it needs; null where it is.')),
    quarters: list(record('A quarter.', {
      quarter, ...attention, bodies: list(record('Of one body.', { body, ...attention }), 'Bodies that met.'), meetings: list(record('A meeting.', { meeting: text('Its number.'), body, heldOn: day('When it was held.'), agenda, event }), 'The earliest first.'), missing: orNull(text('Why it is not measured; null where it is.')),
    }), 'The earliest first.'), method: text('How it is worked out.'),
  }),
  MeetingNoted: record('A meeting was recorded.', { meeting: text('Its number.'), position: orNull(position('Of the fact; null where it stood so already.')) }),
  DecisionNoted: record('A decision was recorded.', { decision: text('Its number.'), position: orNull(position('Of the fact.')), replaced: yesNo('Whether it takes the place of what was said of it before.') }),
};
