import { eventType } from '../event-type.js';
import { choice, code, count, day, eventRef, fields, instant, label, list, money, number } from '../shapes.js';

const report = code('Id of the published report.');
const period = code('Such as 2026-Q3, 2026-09 or 2026.');
const segment = label('Only customers of this segment; left out: all.');
const hash = (description: string) => ({ type: 'string', pattern: '^[0-9a-f]{64}$', maxLength: 64, description }) as const;

/** Facts about ourselves: they belong to no customer and stand in streams of the tenant. */
export const companyTypes = [
  eventType({
    type: 'company.period-spend-recorded', version: 1, internal: true,
    description: 'What we spent over some days on winning customers, or on keeping those that we have. What is recorded later under the same entry replaces it.',
    schema: fields({
      entry: code('Which line of our books this is.'), purpose: choice(['acquire', 'retain'], 'What it was spent for: sales and marketing, or keeping customers.'),
      amount: money('Spent; 0 takes the entry back.', 0), from: day('The first day of the period.'), to: day('The last day of the period.'),
    }, { what: label('On what, in a few words without names of persons.') }),
    check: ({ from, to }) => (from > to ? [{ path: ['to'], message: `the period cannot end on ${to}, before it begins on ${from}` }] : []),
    example: { entry: '2026-Q3-marketing', purpose: 'acquire', amount: { amount: 18_000_000, currency: 'EUR' }, from: '2026-07-01', to: '2026-09-30', what: 'Campaigns and fairs' },
  }),
  eventType({
    type: 'company.target-set', version: 1, internal: true,
    description: 'It was decided what a figure of the strategic report should be in a period; the latest word counts.',
    schema: fields({ figure: code('Id of the figure, as the report names it.'), period, value: number('In the unit of the figure: shares from 0 to 1, money in minor units.', -9e12, 9e12), reason: label('Why, in a few words without names of persons.') }),
    example: { figure: 'retention', period: '2026-Q4', value: 0.92, reason: 'Plan of the board' },
  }),
  eventType({
    type: 'company.decision-recorded', version: 1, internal: true,
    description: 'The company decided something about its customers, or was asked to; the latest word on a decision counts.',
    schema: fields({
      decision: code('Number of the decision.'), what: label('What is to be done, in a sentence without names of persons.'), state: choice(['asked', 'taken', 'declined'], 'How it stands.'),
      level: choice(['corporate', 'operational'], 'Whom it binds: the company as a whole, or how daily work is done.'),
    }, {
      cost: money('What it costs.', 0), arr: money('The yearly amount that it is about.', 0), reason: label('Why it was decided so.'),
      evidence: list({
        ...fields({ kind: choice(['event', 'figure', 'report'], 'What it is.') }, { event: eventRef('The fact.'), figure: code('Id of a figure of the strategic report.'), report }),
        description: 'One piece of evidence.',
      }, 'What it stands on.', 50),
    }),
    check: ({ evidence = [] }) => evidence.flatMap(({ kind, ...of }, place) => (of[kind] === undefined ? [{ path: ['evidence', String(place), kind], message: `evidence of the kind ${kind} names ${kind === 'event' ? 'an' : 'a'} ${kind}` }] : [])),
    example: {
      decision: 'D-4', what: 'Two more people for the service desk', state: 'taken', level: 'corporate', cost: { amount: 14_000_000, currency: 'EUR' }, arr: { amount: 61_200_000, currency: 'EUR' },
      evidence: [{ kind: 'figure', figure: 'pain.speed', report: '2026-Q3' }, { kind: 'event', event: { source: 'helpdesk', id: 'T-4410-reopened' } }],
    },
  }),
  eventType({
    type: 'company.report-published', version: 1, internal: true,
    description: 'A strategic report was published: its files are kept, and its figures can be had again from the facts up to the position.',
    schema: fields({
      report, period, upTo: code('The facts up to this position of the log counted.'), knownAt: instant('What was known then counted.'), asOf: instant('What had happened by then counted.'),
      composition: count('Version of how the report is composed and its figures are defined.', 1_000_000), figures: hash('SHA-256 of the figures, written as RFC 8785 has it.'),
      files: list({ ...fields({ format: choice(['json', 'html', 'pdf', 'csv'], 'Which.'), sha256: hash('SHA-256 of its bytes.'), bytes: count('How long it is.') }), description: 'One file.' }, 'What is kept.', 10),
    }, {
      segment,
      supersedes: { ...fields({ report, figures: hash('SHA-256 of its figures.'), at: instant('When it was published.') }), description: 'The report of the same period and segment that it takes the place of; left out: it is the first.' },
    }),
    example: {
      report: '2026-Q3-1', period: '2026-Q3', upTo: '1.84210', knownAt: '2026-10-02T06:00:00.000Z', asOf: '2026-09-30T21:59:59.999Z', composition: 1, figures: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      files: [{ format: 'pdf', sha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752', bytes: 81_920 }],
    },
  }),
  eventType({
    type: 'company.report-viewed', version: 1, internal: true,
    description: 'Somebody looked at a published report; once a day for each viewer.',
    schema: fields({ report, role: code('Role of the key that was used.'), format: choice(['json', 'html', 'pdf', 'csv'], 'As what.') }),
    example: { report: '2026-Q3-1', role: 'executive', format: 'pdf' },
  }),
] as const;
