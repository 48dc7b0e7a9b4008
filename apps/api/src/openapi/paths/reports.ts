import { DecisionDto, PublishDto, ReportFileQuery, ReportQuery, StrategicReportQuery, TargetDto } from '../../report/report.dto.js';
import { AttentionQuery, MeetingDto } from '../../report/meetings.dto.js';
import { ReportScheduleDto } from '../../report/schedule.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const TAG = 'Strategic report';
const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const file = { ...json(ref('StrategicReport')), 'text/html': { schema: text('A page of its own, for the screen and for A4.') }, 'application/pdf': { schema: text('A4.', { format: 'binary' }) }, 'text/csv': { schema: text('Every figure, cell and point, one to a line.') } };
const lines = { 'application/x-ndjson': { schema: text('For who accepts it: lines of how far it is, as `{"progress": {"of": "customers", "done": 4000, "all": 10000}}`, and the answer as the last one; or a problem.') } };
const AS_IT_GOES = 'With `Accept: application/x-ndjson` it answers as it goes, so that nothing in between takes a long silence for an end.';
const report = text('Id of a published report.', { examples: ['2026-Q3-1'] });
const figure = text('Id of a figure of the report.', { examples: ['retention'] });
const writes = { tag: TAG, scope: 'reports:write', query: NoQuery } as const;
const schedule = { tag: 'Administration', scope: 'admin', path: '/v1/tenant/report-schedule', query: NoQuery, answers: { 200: { description: 'As it is set now.', content: json(ref('ReportSchedule')) } } } as const;
const reads = { method: 'get', tag: TAG, scope: 'portfolio:read' } as const;

export const reportOperations: readonly Operation[] = [
  {
    ...reads, path: '/v1/reports/strategic', id: 'getStrategicReport', query: StrategicReportQuery, summary: 'The strategic report of a quarter: six outcomes, the look ahead, risk, pains, demand, promises, and how what is known is used.',
    description: 'Worked out from the log up to a position, which is in the answer: asked for again at that position, it is the same. JSON, HTML, PDF and CSV have the same figures. What no fact tells reads "not measured; needs …". '
      + `${AS_IT_GOES} Where \`format\` is given, the last line is \`{"format", "base64"}\`. Who hangs up and asks again before another fact has come finds it further, or made.`, headers: { Accept: text('Which format; `format` says the same.') },
    answers: { 200: { description: 'The report.', content: { ...file, ...lines } } }, problems: ['invalid-parameter', 'foreign-epoch', 'not-yet-visible'],
  },
  { ...reads, path: '/v1/reports/strategic/figures/{figure}', id: 'getReportFigure', params: { figure }, query: ReportQuery, summary: 'Which customers make a figure, and by which facts; the parts sum to it.', answers: { 200: { description: 'The answer.', content: json(ref('ReportFigureParts')) } }, problems: ['invalid-parameter', 'not-found', 'foreign-epoch', 'not-yet-visible'] },
  { ...reads, path: '/v1/reports', id: 'listReports', query: NoQuery, summary: 'The reports that were published, the newest first.', answers: { 200: { description: 'The answer.', content: json(ref('PublishedReports')) } }, problems: ['invalid-parameter'] },
  { ...writes, method: 'post', path: '/v1/reports/strategic/publish', id: 'publishReport', summary: 'Publishes the report as it stands: its files are kept, with their hashes in the log.', body: { content: json(bodySchema(PublishDto), { period: '2026-Q3' }) }, description: AS_IT_GOES, answers: { 200: { description: 'It is on its way.', content: lines }, 201: { description: 'It is published.', content: json(ref('PublishedReport')) } }, problems: ['invalid-parameter', 'invalid-body'] },
  {
    ...reads, path: '/v1/reports/{report}', id: 'getReportFile', params: { report }, query: ReportFileQuery, headers: { Accept: text('Which format; `format` says the same.') }, summary: 'A file as it was published.', description: 'That a person looked is noted, once a day.',
    answers: { 200: { description: 'The file.', content: file, headers: { ETag: text('Its SHA-256.'), 'Content-Digest': text('The same, as RFC 9530 has it.') } } }, problems: ['invalid-parameter', 'report-unknown'],
  },
  { ...reads, path: '/v1/reports/{report}/verify', id: 'verifyReport', params: { report }, query: NoQuery, summary: 'Works the figures of a published report out again at its position, checks its files, and lists what facts since say otherwise.', answers: { 200: { description: 'The answer.', content: json(ref('ReportVerified')) } }, problems: ['invalid-parameter', 'report-unknown'] },
  { ...reads, path: '/v1/company/targets', id: 'listTargets', query: NoQuery, summary: 'What figures should be, by quarter.', answers: { 200: { description: 'The answer.', content: json(ref('ReportTargets')) } }, problems: ['invalid-parameter'] },
  {
    ...writes, method: 'put', path: '/v1/company/targets/{figure}/{period}', id: 'setTarget', params: { figure, period: text('The quarter.', { examples: ['2026-Q4'] }) }, summary: 'Says what a figure should be in a quarter.', body: { content: json(bodySchema(TargetDto), { value: 0.92, reason: 'Plan of the board' }) },
    answers: { 200: { description: 'The fact was recorded.', content: json(ref('TargetNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  { ...reads, path: '/v1/company/decisions', id: 'listDecisions', query: NoQuery, summary: 'Decisions about customers, with their evidence.', answers: { 200: { description: 'The answer.', content: json(ref('CompanyDecisions')) } }, problems: ['invalid-parameter'] },
  {
    ...writes, method: 'put', path: '/v1/company/decisions/{decision}', id: 'recordDecision', params: { decision: text('Its number.', { examples: ['D-4'] }) }, summary: 'Records a decision, or that it is asked for; said again, the latest word counts.', description: 'Evidence has to be there: figures that the report has, reports that were published, facts that were told. What is not is refused by its pointer.',
    body: { content: json(bodySchema(DecisionDto), { what: 'Two more people for the service desk', state: 'taken', level: 'corporate', cost: { amount: 14_000_000, currency: 'EUR' }, evidence: [{ kind: 'figure', figure: 'satisfaction', report: '2026-Q3-1' }] }) },
    answers: { 200: { description: 'The fact was recorded.', content: json(ref('DecisionNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  {
    ...reads, path: '/v1/company/attention', id: 'getAttention', query: AttentionQuery, summary: 'Minutes of the board and of the management on customers, by quarter, with the meetings that they are of.', description: 'A quarter of which nobody recorded a meeting is not measured: its share is null.',
    headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') }, answers: { 200: { description: 'The answer.', content: json(ref('Attention')), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } }, problems: ['invalid-parameter', 'foreign-epoch', 'not-yet-visible'],
  },
  {
    ...writes, method: 'put', path: '/v1/company/meetings/{meeting}', id: 'recordMeeting', params: { meeting: text('Its number.', { examples: ['B-2026-09'] }) }, summary: 'Records a meeting and how long it was about what; said again, the latest word counts.', description: 'An empty agenda takes the meeting back.',
    body: { content: json(bodySchema(MeetingDto), { body: 'board', heldOn: '2026-09-17', agenda: [{ topic: 'Why mid-market customers leave', minutes: 35, aboutCustomers: true, decision: 'D-4' }, { topic: 'Budget of next year', minutes: 85, aboutCustomers: false }] }) },
    answers: { 200: { description: 'The fact was recorded.', content: json(ref('MeetingNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  { ...schedule, method: 'get', id: 'getReportSchedule', summary: 'When the report is published by itself next, and whom it is mailed to.', problems: ['invalid-parameter'] },
  {
    ...schedule, method: 'put', id: 'setReportSchedule', summary: 'Says whether and when the report of a quarter that is over is published by itself, and whom it is mailed to.',
    description: 'In the place of what was set before. Of each quarter and segment one report is published by itself, and each person is mailed it once. What is overdue as it is switched on is published at the next close of a day. Webhooks whose filter names `company.report-published` are told of every report that is published.',
    body: { content: json(bodySchema(ReportScheduleDto), { on: true, daysAfter: 5, segments: ['enterprise'], to: ['mara'] }) }, problems: ['invalid-parameter', 'invalid-body'],
  },
];
