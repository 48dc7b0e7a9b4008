import { BacktestDto, PromoteDto, RetireDto, RowsDto, TrainDto } from '../../churn/churn.dto.js';
import { EndDto, ExperimentDto } from '../../churn/experiment.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const id = text('Id of the model.', { examples: ['cm-0a1b2c3d4e5f'] });
const anyId = text('Id of the model, `prior` for the one that assumptions make, or `in-force` for the one that answers.', { examples: ['in-force'] });
const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const reads = { method: 'get', tag: 'Churn risk', scope: 'customers:read', query: NoQuery, headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') } } as const;
const asks = { method: 'get', tag: 'Churn risk', scope: 'customers:read', query: NoQuery } as const;
const experimentId = text('Id of the experiment.', { examples: ['calls-2026'] });
const writes = { method: 'post', tag: 'Churn risk', scope: 'churn:write', query: NoQuery } as const;
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const lines: Operation['answers'] = { 200: { description: 'The answer is on its way.', content: { 'application/x-ndjson': { schema: text('One `ChurnLine` a line.') } } } };
const done = (schema: string): Operation['answers'] => ({ 200: { description: 'Done.', content: json(ref(schema)) } });

const AS_IT_GOES = 'Answers as it goes, in NDJSON: how far it is, and the result as the last line, or a problem (such as `too-little-history`) when it came to none. Who hangs up ends it.';

export const churnOperations: readonly Operation[] = [
  {
    ...reads, path: '/v1/churn/models', id: 'listChurnModels', summary: 'Every model of churn risk that was trained, the latest first, and which one is in force.', answers: read('ChurnModels'), problems: ['invalid-parameter'],
  },
  {
    ...writes, path: '/v1/churn/models', id: 'trainChurnModel', summary: 'Trains a model on what was known of all customers.',
    description: `A row is a customer at a month end, as it was known on that day; what is foretold is whether notice came within 30, 90 or 180 days, or by the next renewal. The same history, window, kind and seed give the same model, which is stored once. It answers only after it was promoted. ${AS_IT_GOES}`,
    body: { required: false, content: json(bodySchema(TrainDto), { kind: 'logistic', from: '2023-12-01', to: '2026-11-30' }) }, answers: lines, problems: ['invalid-parameter', 'invalid-body'],
  },
  {
    ...writes, path: '/v1/churn/backtests', id: 'backtestChurn', summary: 'What models of this kind would have foretold, each of time that it had not seen.',
    description: `The figures of a training, with curves, beside simple rules. Nothing is stored. ${AS_IT_GOES}`,
    body: { required: false, content: json(bodySchema(BacktestDto), { kind: 'additive' }) }, answers: lines, problems: ['invalid-parameter', 'invalid-body'],
  },
  {
    ...writes, path: '/v1/churn/rows', id: 'listChurnRows', summary: 'Every row that a training sees, with what was foretold of it: to check a model with a tool of your own.',
    description: `Rows come in slices. A chance that was foretold is of a model that had not seen that time; \`origin\` is the day up to which it knew outcomes. ${AS_IT_GOES}`,
    body: { required: false, content: json(bodySchema(RowsDto), { from: '2023-12-01', to: '2026-11-30' }) }, answers: lines, problems: ['invalid-parameter', 'invalid-body'],
  },
  { ...reads, path: '/v1/churn/models/{id}', id: 'getChurnModel', params: { id: anyId }, summary: 'A model in full, with its proof.', answers: read('ChurnModelAnswer'), problems: ['invalid-parameter', 'model-unknown', 'not-found'] },
  { ...reads, path: '/v1/churn/models/{id}/explain', id: 'explainChurnModel', params: { id: anyId }, summary: 'What a model looks at, in words, and how much each weighs.', answers: read('ChurnExplanation'), problems: ['invalid-parameter', 'model-unknown', 'not-found'] },
  {
    ...writes, path: '/v1/churn/models/{id}/promote', id: 'promoteChurnModel', params: { id }, summary: 'Lets a model answer.',
    description: 'Refused unless the model does better than the one in force on the same rows, of time that neither had seen, or a reason is stated. A model whose figures look too good to be true needs a reason that names the columns.',
    body: { required: false, content: json(bodySchema(PromoteDto), {}) }, answers: done('ChurnPromoted'),
    problems: ['invalid-parameter', 'invalid-body', 'model-unknown', 'model-in-force', 'model-retired', 'model-not-better', 'model-suspicious', 'not-found'],
  },
  {
    ...writes, path: '/v1/churn/models/{id}/retire', id: 'retireChurnModel', params: { id }, summary: 'Lets a model answer no longer; the one that was promoted before it does, or the prior.',
    body: { content: json(bodySchema(RetireDto), { reason: 'It has drifted' }) }, answers: done('ChurnRetired'), problems: ['invalid-parameter', 'invalid-body', 'model-unknown', 'model-retired', 'not-found'],
  },
  {
    ...reads, path: '/v1/churn/drift', id: 'getChurnDrift', summary: 'How far models have drifted from what they were trained on.',
    description: 'Measured of the model in force once a month, when the last day of a month is closed.', answers: read('ChurnDrift'), problems: ['invalid-parameter'],
  },
  { ...asks, path: '/v1/churn/experiments', id: 'listExperiments', summary: 'Experiments with a share of the customers held out from interventions.', answers: done('Experiments'), problems: ['invalid-parameter'] },
  {
    ...writes, path: '/v1/churn/experiments', id: 'planExperiment', summary: 'How many customers and months would show whether an intervention helps; starts the experiment when asked to.',
    description: 'Customers are held out by a hash of their id, so the same ones at every time and place. From then on `customer.intervention-recorded` facts name the experiment.',
    body: { content: json(bodySchema(ExperimentDto), { experiment: 'calls-2026', share: 0.2, effect: 0.25, intervention: 'call', start: false }) }, answers: done('ExperimentPlanned'),
    problems: ['invalid-parameter', 'invalid-body', 'experiment-exists', 'experiment-shows-nothing'],
  },
  { ...asks, path: '/v1/churn/experiments/{id}', id: 'getExperiment', params: { id: experimentId }, summary: 'Whether it helped so far, with an interval; and who is held out.', answers: done('ExperimentReport'), problems: ['invalid-parameter', 'experiment-unknown', 'not-found'] },
  {
    ...writes, path: '/v1/churn/experiments/{id}/end', id: 'endExperiment', params: { id: experimentId }, summary: 'Holds nobody out any more.',
    body: { required: false, content: json(bodySchema(EndDto), { reason: 'The effect is clear' }) }, answers: done('ExperimentEnded'), problems: ['invalid-parameter', 'invalid-body', 'experiment-unknown', 'experiment-ended', 'not-found'],
  },
];
