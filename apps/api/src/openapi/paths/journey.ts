import { findType } from '#journey';
import { JourneyMapQuery, JourneyQuery } from '../../journey/journey.dto.js';
import { HealthQuery, NoQuery } from '../../reads/queries.dto.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';
import { journeyMapBody } from '../schemas/journey.js';

const tag = 'Customer journey';
const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const reads = { method: 'get', tag, scope: 'customers:read', headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') } } as const;
const waits = ['invalid-parameter', 'foreign-epoch', 'not-yet-visible', 'not-ready'] as const;

export const journeyOperations: readonly Operation[] = [
  {
    ...reads, path: '/v1/journey', id: 'getJourney', query: JourneyQuery, summary: 'Where customers are on their journey: stages, how long they take, who is stuck, what is missed, time to value.',
    description: 'Worked out from the log when it is asked for, by the map in force at `knownAt`. What has no facts says what it would need, in `missing`, and is null or empty. `explain` names customers and facts behind a figure.', answers: read('Journey'), problems: [...waits, 'part-unknown'],
  },
  { ...reads, path: '/v1/customers/{id}/journey', id: 'getCustomerJourney', params: { id: text('Our id, or system:id.', { examples: ['crm:C-1101'] }) }, query: HealthQuery, summary: 'One customer on its journey: the stages it went through, where it is, what was met and missed, with the facts.', answers: read('CustomerJourney'), problems: [...waits, 'customer-unknown', 'not-found'] },
  { method: 'get', tag, scope: 'customers:read', path: '/v1/journey/map', id: 'getJourneyMap', query: JourneyMapQuery, summary: 'The map: stages, expected touches, moments of truth, and what counts as value. While nobody has decided, the first one, which it says.', answers: { 200: { description: 'The answer.', content: json(ref('JourneyMap')) } }, problems: ['invalid-parameter'] },
  {
    method: 'put', tag, scope: 'admin', path: '/v1/journey/map', id: 'setJourneyMap', query: NoQuery, summary: 'Decides on a map.', description: 'It takes the place of the one before, for all of the past as well; earlier ones can be read by their version, and count for what is asked with an earlier `knownAt`.',
    body: { content: json(journeyMapBody, findType('journeymap.set')!.example) }, answers: { 200: { description: 'Recorded.', content: json(ref('JourneyMapNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-ready'],
  },
];
