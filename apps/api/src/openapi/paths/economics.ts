import { AlternativeDto, CustomerEconomicsQuery, EconomicsListQuery, EconomicsPolicyDto, EconomicsQuery, FitQuery, SpendDto } from '../../economics/economics.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const reads = { method: 'get', tag: 'Economics', scope: 'portfolio:read', headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') }, problems: ['invalid-parameter', 'part-unknown', 'foreign-epoch', 'not-yet-visible', 'not-ready'] } as const;

export const economicsOperations: readonly Operation[] = [
  {
    ...reads, path: '/v1/economics', id: 'getEconomics', query: EconomicsQuery, answers: read('Economics'), summary: 'Margin, CAC, payback, LTV and CAC at risk, each with its n and what is missing, per currency.',
    description: 'As of any moment and as known at any, by the tenant\'s policy or one that is asked for; the answer holds it. Converted at the rates in force as the time begins; what has no rate stands apart. What no fact tells is null, with the types of facts that would.',
  },
  { ...reads, path: '/v1/economics/customers', id: 'listEconomics', query: EconomicsListQuery, answers: read('EconomicsList'), summary: 'Customers by margin, cost to serve, CAC and what has come back of it.', description: '`negative=true`: those who cost more than they bring in.' },
  { ...reads, path: '/v1/economics/fit', id: 'getFit', query: FitQuery, answers: read('EconomicsFit'), summary: 'Later churn and margin by how well customers fitted at the sale, by band and seller.' },
  {
    ...reads, path: '/v1/customers/{id}/economics', id: 'getCustomerEconomics', query: CustomerEconomicsQuery, answers: read('CustomerEconomics'), params: { id: text('Our id, or `system:id`.', { examples: ['crm:C-1101'] }) }, summary: 'What one customer earned us and cost us, every line with its facts.', problems: [...reads.problems, 'customer-unknown'],
  },
  { ...reads, headers: {}, path: '/v1/economics/settings', id: 'getEconomicsSettings', query: NoQuery, summary: 'The policy of economics.', answers: { 200: { description: 'The answer.', content: json(ref('EconomicsSettings')) } }, problems: ['invalid-parameter'] },
  {
    method: 'put', tag: 'Economics', scope: 'admin', query: NoQuery, path: '/v1/economics/settings/policy', id: 'setEconomicsPolicy', summary: 'Decides how margins, CAC and LTV are worked out.', description: 'What is left out is worked out as usual.',
    body: { content: json(bodySchema(EconomicsPolicyDto), { name: 'board', costOfRevenue: ['labour', 'licences'], windowDays: 90, reason: 'As the board pack has it' }) }, answers: { 200: { description: 'The fact was recorded.', content: json(ref('EconomicsSettingNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-ready'],
  },
  {
    method: 'put', tag: 'Economics', scope: 'admin', query: NoQuery, path: '/v1/company/spend/{entry}', id: 'setSpend', params: { entry: text('Which line of your books.', { examples: ['2026-Q3-marketing'] }) }, summary: 'Says what was spent over some days on winning or on keeping customers.', description: 'The same entry again replaces what was said; an amount of 0 takes it back.',
    body: { content: json(bodySchema(SpendDto), { purpose: 'acquire', amount: { amount: 18_000_000, currency: 'EUR' }, from: '2026-07-01', to: '2026-09-30', what: 'Campaigns and fairs' }) },
    answers: { 200: { description: 'The fact was recorded.', content: json(ref('SpendNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  {
    method: 'put', tag: 'Economics', scope: 'admin', query: NoQuery, path: '/v1/company/alternatives/{alternative}', id: 'setAlternative', params: { alternative: text('Its short name.', { examples: ['outsourcer-a'] }) }, summary: 'Says what somebody else would take for the same service, as of a day.', description: 'It holds until the next word on the same alternative; a price of 0 takes it back.',
    body: { content: json(bodySchema(AlternativeDto), { per: 'ticket', price: { amount: 2_400, currency: 'EUR' }, from: '2026-07-01', source: 'Offer of 12 June 2026', what: 'Service desk by an outsourcer, nights included' }) },
    answers: { 200: { description: 'The fact was recorded.', content: json(ref('AlternativeNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
];
