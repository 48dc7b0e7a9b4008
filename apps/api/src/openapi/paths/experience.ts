import { CoachingDto, CoachingQuery, ExperienceQuery, ExperienceWindowQuery, ThemeDto } from '../../experience/experience.dto.js';
import { CustomersHitDto, DeclareOutageDto, OutageMessageDto } from '../../outages/outages.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const recorded = (schema: string, status = 201): Operation['answers'] => ({ [status]: { description: 'The fact was recorded.', content: json(ref(schema)) } });
const reads = { method: 'get', tag: 'Service experience', scope: 'customers:read', query: ExperienceWindowQuery, headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') }, problems: ['invalid-parameter', 'foreign-epoch', 'not-yet-visible'] } as const;
const themes = { tag: 'Service experience', query: NoQuery } as const;
const ofOutage = { method: 'post', tag: 'Facts in', scope: 'events:write', query: NoQuery } as const;
const outage = text('Number of the outage.', { examples: ['X-47'] });
const theme = text('Id of the theme.', { examples: ['speed'] });
const ofBody = ['invalid-parameter', 'invalid-body', 'type-forbidden'] as const;

export const experienceOperations: readonly Operation[] = [
  {
    ...reads, path: '/v1/experience', id: 'getExperience', query: ExperienceQuery, summary: 'Answers, response and tickets in figures, each with its n, its interval and how it is worked out.',
    description: 'Of all, and of groups where `by` names any; as a trend; users and payers apart. `explain` names the facts behind a figure.', answers: read('Experience'), problems: [...reads.problems, 'part-unknown'],
  },
  { ...reads, path: '/v1/experience/pain', id: 'getPain', summary: 'What hurts: what answers speak of and tickets are about, by how often, how much, and what those customers pay.', description: 'Words are opened to be told apart, and not stored: the answer holds none.', answers: read('Pain') },
  { ...reads, path: '/v1/experience/outages', id: 'getOutages', summary: 'Outages as customers lived through them: who spoke first, how true the named end was, how long nobody said a word.', answers: read('Outages') },
  { ...reads, path: '/v1/experience/watermelon', id: 'getWatermelon', summary: 'Green outside, red inside: targets met, customers not content; by queue and customer.', answers: read('Watermelon') },
  {
    ...reads, path: '/v1/experience/coaching', id: 'getCoaching', query: CoachingQuery, summary: 'What customers said before and after somebody of ours was coached, over equal times, with n and the interval of the difference.',
    description: 'What changed, whatever changed it: beside it the same of all others. Below 30 answers on either side no share is told.', answers: read('Coaching'), problems: [...reads.problems, 'part-unknown'],
  },
  {
    ...themes, method: 'put', scope: 'reports:write', path: '/v1/company/coachings/{coaching}', id: 'recordCoaching', params: { coaching: text('Its number.', { examples: ['K-12'] }) }, summary: 'Records that an agent or a queue was coached; said again, the latest word counts.',
    body: { content: json(bodySchema(CoachingDto), { of: 'queue', who: 'Workplace', topic: 'Saying when it will be done', givenOn: '2026-06-15' }) }, answers: recorded('CoachingNoted', 200), problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  { ...themes, method: 'get', scope: 'customers:read', path: '/v1/experience/themes', id: 'listThemes', summary: 'The themes that are counted.', answers: { 200: { description: 'The answer.', content: json(ref('Themes')) } }, problems: ['invalid-parameter'] },
  {
    ...themes, method: 'put', scope: 'admin', path: '/v1/experience/themes/{theme}', id: 'setTheme', params: { theme }, summary: 'Makes a theme, or changes it.', description: 'With the first one, those to begin with count no longer. What an answer is about can also be said by people (the fact `survey.themed`): from twenty such answers on a theme is learnt from them.',
    body: { content: json(bodySchema(ThemeDto), { label: 'Waiting and speed', words: ['slow', 'too long'], categories: ['performance'] }) }, answers: recorded('ThemeNoted', 200), problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  { ...themes, method: 'post', scope: 'admin', path: '/v1/experience/themes/{theme}/retire', id: 'retireTheme', params: { theme }, summary: 'Nothing is counted under the theme any more.', answers: recorded('ThemeNoted', 200), problems: ['invalid-parameter', 'theme-unknown', 'not-found'] },
  {
    ...ofOutage, path: '/v1/outages', id: 'declareOutage', summary: 'Says that an outage hits these customers: it comes into the story of each.', description: 'For keys that may send facts about outages. What is told of it is said once, with `messages`, and comes into all these stories too. A number that customers have of an outage told of each by itself is refused.',
    body: { content: json(bodySchema(DeclareOutageDto), { outage: 'X-47', service: 'mail', startedAt: '2026-11-03T07:40:00Z', detectedAt: '2026-11-03T07:52:00Z', customers: ['crm:C-1101', 'crm:C-1102'] }) }, answers: recorded('OutageNoted'), problems: [...ofBody, 'customer-unknown', 'outage-known', 'outage-number-taken'],
  },
  {
    ...ofOutage, path: '/v1/outages/{outage}/customers', id: 'addToOutage', params: { outage }, summary: 'The outage turned out to hit more customers.', description: 'What was recorded before they were known to be hit was not told to them; that it is over holds for them as well.',
    body: { content: json(bodySchema(CustomersHitDto), { customers: ['crm:C-1103'] }) }, answers: recorded('OutageNoted'), problems: [...ofBody, 'customer-unknown', 'outage-unknown', 'not-found'],
  },
  {
    ...ofOutage, path: '/v1/outages/{outage}/messages', id: 'tellOfOutage', params: { outage }, summary: 'What all customers that it hits were told: that there is an outage, its end, a work-around, how things stand, that it is over.', description: 'It comes into the story of each that is known to be hit by now, with the time at which they were told: also one before the outage was declared, but not before it began.',
    body: { content: json(bodySchema(OutageMessageDto), { what: 'eta', eta: '2026-11-03T11:00:00Z' }) }, answers: recorded('OutageNoted'), problems: [...ofBody, 'outage-unknown', 'outage-resolved', 'not-found'],
  },
];
