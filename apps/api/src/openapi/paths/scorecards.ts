import { NoQuery } from '../../reads/queries.dto.js';
import { ProposeDto } from '../../scorecards/proposal.dto.js';
import { AssignDto, CheckDto, DecideDto, DiffQuery, DraftDto, PublishDto, VersionQuery } from '../../scorecards/scorecard.dto.js';
import { SimulationDto } from '../../scorecards/simulation.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, type Schema, text } from '../schema.js';
import { sentCard } from '../schemas/scorecards.js';

const id = text('Id of the scorecard.', { examples: ['first-scorecard'] });
const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const reads = { method: 'get', tag: 'Scorecards', scope: 'customers:read', headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') } } as const;
const writes = { method: 'post', tag: 'Scorecards', scope: 'scorecards:write', query: NoQuery } as const;
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const done = (schema: string, status = 200): Operation['answers'] => ({ [status]: { description: 'Done.', content: json(ref(schema)) } });
const lines: Operation['answers'] = { 200: { description: 'The answer is on its way.', content: { 'application/x-ndjson': { schema: text('One `ScorecardLine` a line.') } } } };

/** A body that holds a card. */
const withCard = (schema: Schema): Schema => ({ ...schema, properties: { ...(schema['properties'] as object), card: sentCard } });

const AS_IT_GOES = 'Answers as it goes, in NDJSON: how far it is with counting whose band changes, and the result as the last line, or a problem (such as `scorecard-flawed`) when it came to none. Who hangs up ends it, and nothing is decided.';

export const scorecardOperations: readonly Operation[] = [
  { ...reads, path: '/v1/scorecards', id: 'listScorecards', query: NoQuery, summary: 'Every scorecard, who is scored by which, and what was decided.', answers: read('Scorecards'), problems: ['invalid-parameter'] },
  { ...reads, path: '/v1/scorecards/ready-made', id: 'listReadyMadeScorecards', query: NoQuery, summary: 'Scorecards to begin with.', answers: read('ReadyMadeScorecards'), problems: ['invalid-parameter'] },
  { ...reads, path: '/v1/scorecards/{id}', id: 'getScorecard', params: { id }, query: VersionQuery, summary: 'A scorecard in full.', answers: read('ScorecardAnswer'), problems: ['invalid-parameter', 'scorecard-unknown', 'not-found'] },
  { ...reads, path: '/v1/scorecards/{id}/diff', id: 'diffScorecard', params: { id }, query: DiffQuery, summary: 'What one version of a scorecard changed of another.', answers: read('ScorecardDiff'), problems: ['invalid-parameter', 'scorecard-unknown', 'not-found'] },
  {
    ...writes, scope: 'customers:read', path: '/v1/scorecards/checks', id: 'checkScorecard', summary: 'What is wrong with a scorecard, and of how many customers its measures are known. Nothing is stored.',
    body: { content: json(withCard(bodySchema(CheckDto))) }, answers: done('ScorecardChecked'), problems: ['invalid-parameter', 'invalid-body'],
  },
  {
    ...writes, path: '/v1/scorecards', id: 'draftScorecard', summary: 'Stores a scorecard as a new version; it scores nobody yet.',
    description: 'A `version` in the card says from which one it was made: when another was drafted since, it is refused. What is stored already is stored once.',
    body: { content: json(withCard(bodySchema(DraftDto))) }, answers: done('ScorecardDrafted', 201), problems: ['invalid-parameter', 'invalid-body', 'scorecard-outdated'],
  },
  {
    ...writes, path: '/v1/scorecards/{id}/publish', id: 'publishScorecard', params: { id }, summary: 'Brings a version into force: from now on it scores whom it is assigned to, and always has.',
    description: `Answers with \`knownAt\` before it was published stay as they were. No band change is announced for it: the fact that publishes it says who changed. ${AS_IT_GOES}`,
    body: { content: json(bodySchema(PublishDto), { reason: 'Agreed in the quarterly review' }) }, answers: lines, problems: ['invalid-parameter', 'invalid-body', 'scorecard-unknown', 'scorecard-in-force', 'scorecard-flawed', 'not-found'],
  },
  {
    ...writes, path: '/v1/scorecards/{id}/revert', id: 'revertScorecard', params: { id }, summary: 'Brings the version into force that was before.', description: AS_IT_GOES,
    body: { content: json(bodySchema(DecideDto), { reason: 'Too many false alarms' }) }, answers: lines, problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  {
    ...writes, path: '/v1/scorecards/{id}/proposals', id: 'proposeScorecardWeights', params: { id }, summary: 'Weights that outcomes propose for a scorecard, with intervals; as a draft when asked to.',
    description: 'Customers are looked at as they were known at month ends, and at whether notice came within 90 days. From its present weight each weight moves as far as departures speak for it, never below 0; the measures of one mean share what they shared before, and groups with a weight of their own keep it. '
      + 'Beside it: how well the score ranks who leaves with the present weights and with such weights, on time that they had not seen. A draft is approved by its publication. '
      + 'Answers as it goes, in NDJSON: how far it is, and the proposal as the last line (`ScorecardProposalLine`), or a problem (such as `too-little-history`) when it came to none. Who hangs up ends it.',
    body: { required: false, content: json(bodySchema(ProposeDto), { from: '2023-12-01', to: '2026-11-30', draft: true, reason: 'Weights of the yearly review' }) },
    answers: { 200: { description: 'The answer is on its way.', content: { 'application/x-ndjson': { schema: text('One `ScorecardProposalLine` a line.') } } } },
    problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  {
    ...writes, path: '/v1/scorecards/{id}/retire', id: 'retireScorecard', params: { id }, summary: 'Takes a scorecard out of force that scores nobody.',
    body: { content: json(bodySchema(DecideDto), { reason: 'One card for all' }) }, answers: done('ScorecardRetired'), problems: ['invalid-parameter', 'invalid-body', 'scorecard-unknown', 'scorecard-not-published', 'scorecard-in-use', 'not-found'],
  },
  {
    ...writes, path: '/v1/scorecards/assignments/{perspective}', id: 'assignScorecards', params: { perspective: text('The score that counts, or how payers and users see us.', { enum: ['whole', 'payer', 'user'] }) }, summary: 'Says who is scored by which scorecard: the first rule that fits, else the last one.',
    description: `What was assigned before from this point of view is replaced. ${AS_IT_GOES}`,
    body: { content: json(bodySchema(AssignDto), { rules: [{ segments: ['enterprise'], card: 'b2b-saas' }], otherwise: 'first-scorecard', reason: 'Large customers use it differently' }) }, answers: lines, problems: ['invalid-parameter', 'invalid-body', 'scorecard-not-published', 'not-found'],
  },
  {
    ...writes, path: '/v1/scorecards/simulations', id: 'simulateScorecard', summary: 'What a scorecard would have said of every customer on every day, beside those in force. Nothing is stored.',
    description: 'The card takes the place of the one of its id where that scores somebody; else it scores everybody. Bands before and after, the biggest movers with the measures responsible, how early each would have warned before each departure, false alarms by month, and how well each ranks who leaves, with intervals. '
      + 'Answers as it goes, in NDJSON: how far it is, and what was found as the last line (`ScorecardSimulationLine`), or a problem. Who hangs up ends it.',
    body: { content: json(withCard(bodySchema(SimulationDto))) }, answers: { 200: { description: 'The answer is on its way.', content: { 'application/x-ndjson': { schema: text('One `ScorecardSimulationLine` a line.') } } } },
    problems: ['invalid-parameter', 'invalid-body', 'scorecard-flawed', 'scorecard-unknown'],
  },
];
