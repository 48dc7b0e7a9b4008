import { CompetitionQuery, DemandQuery, DropInitiativeDto, LinkRequestsDto, PresenceQuery, RegisterQuery, StartInitiativeDto, TraceabilityQuery } from '../../demand/demand.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const recorded: Operation['answers'] = { 201: { description: 'The fact was recorded.', content: json(ref('InitiativeNoted')) } };
const reads = { method: 'get', tag: 'Demand', scope: 'customers:read', headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') }, problems: ['invalid-parameter', 'part-unknown', 'not-ready', 'foreign-epoch', 'not-yet-visible'] } as const;
const writes = { method: 'post', tag: 'Demand', scope: 'events:write', query: NoQuery, answers: recorded } as const;
const params = { initiative: text('Id of the initiative.', { examples: ['I-7'] }) };
const ofBody = ['invalid-parameter', 'invalid-body', 'type-forbidden'] as const;
const ofStep = ['invalid-parameter', 'type-forbidden', 'initiative-unknown', 'initiative-over', 'not-found', 'not-ready'] as const;

export const demandOperations: readonly Operation[] = [
  { ...reads, path: '/v1/demand', id: 'getDemand', query: RegisterQuery, summary: 'What customers ask for, by theme: how many, what they pay, what of it is at risk, how long they wait; and what they use in our place.', description: 'Each request with its customer and its facts; the words are at `GET /v1/feedback/{feedback}`.', answers: read('Demand') },
  { ...reads, path: '/v1/demand/initiatives', id: 'getInitiatives', query: DemandQuery, summary: 'What we do of what customers ask for: who asked, was linked, has it, was told; and who asked and never heard.', answers: read('Initiatives') },
  { ...reads, path: '/v1/demand/traceability', id: 'getTraceability', query: TraceabilityQuery, summary: 'Which initiatives of a time customers had asked for, which not, and how much of what they ask for is answered.', answers: read('Traceability') },
  { ...reads, path: '/v1/demand/outcomes', id: 'getOutcomes', query: DemandQuery, summary: 'What customers gained, as we claim and as they confirm or reject; their goals and ours side by side.', answers: read('Outcomes') },
  { ...reads, path: '/v1/demand/competition', id: 'getCompetition', query: CompetitionQuery, summary: 'Competitors in play with the gap that was asked for; to whom we lost, and whom to win back.', answers: read('Competition') },
  { ...reads, path: '/v1/demand/promises', id: 'getPromises', query: DemandQuery, summary: 'Promises kept, broken, open and overdue, of all and by kind.', answers: read('Promises') },
  { ...reads, path: '/v1/demand/presence', id: 'getPresence', query: PresenceQuery, summary: 'Accounts that nobody hears of, without a live sponsor, or never visited, with what they pay.', answers: read('Presence') },
  {
    ...writes, path: '/v1/initiatives', id: 'startInitiative', summary: 'Says that an initiative began, and which requests it answers: it comes into the story of each who asked.', description: 'For keys that may send facts about initiatives.',
    body: { content: json(bodySchema(StartInitiativeDto), { initiative: 'I-7', title: 'Printing from tablets', strategy: 'mobile-first', themes: ['printing'], requests: ['F-12'], owner: 'petra', dueOn: '2027-03-31' }) }, problems: [...ofBody, 'feedback-unknown', 'initiative-known', 'not-ready'],
  },
  {
    ...writes, path: '/v1/initiatives/{initiative}/requests', id: 'linkRequests', params, summary: 'The initiative answers more requests.', description: 'Who is linked once it is delivered has it at once, and was told nothing yet.',
    body: { content: json(bodySchema(LinkRequestsDto), { requests: ['F-31'] }) }, problems: [...ofBody, 'feedback-unknown', 'initiative-unknown', 'initiative-over', 'not-found', 'not-ready'],
  },
  { ...writes, path: '/v1/initiatives/{initiative}/deliver', id: 'deliverInitiative', params, summary: 'It is there, for everybody.', description: 'Where customers get it one after the other, send `initiative.delivered` about each.', problems: ofStep },
  { ...writes, path: '/v1/initiatives/{initiative}/tell', id: 'tellOfInitiative', params, summary: 'All customers that are linked to it by now were told that it is there.', description: 'Where one was told by itself, send `initiative.customer-told` about it.', problems: [...ofStep, 'initiative-not-delivered'] },
  { ...writes, path: '/v1/initiatives/{initiative}/drop', id: 'dropInitiative', params, summary: 'It was given up.', body: { content: json(bodySchema(DropInitiativeDto), { reason: 'too-costly' }) }, problems: [...ofStep, 'invalid-body'] },
];
