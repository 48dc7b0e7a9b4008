import { CustomerRevenueQuery, IncidentsQuery, RatesDto, RevenueCustomersQuery, RevenuePolicyDto, RevenueQuery } from '../../revenue/revenue.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const reads = { method: 'get', tag: 'Revenue', scope: 'portfolio:read', headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') }, problems: ['invalid-parameter', 'part-unknown', 'foreign-epoch', 'not-yet-visible', 'not-ready'] } as const;
const decides = { method: 'put', tag: 'Revenue', scope: 'admin', query: NoQuery, answers: { 200: { description: 'The fact was recorded.', content: json(ref('RevenueSettingNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'not-ready'] } as const;

export const revenueOperations: readonly Operation[] = [
  {
    ...reads, path: '/v1/revenue', id: 'getRevenue', query: RevenueQuery, summary: 'ARR over a period: waterfall, NRR, GRR, renewal rate, churn, earned growth, and what can be ended soon.',
    description: 'Derived from facts of subscriptions and renewals. The answer names the policy by which it was counted; any setting can be asked for otherwise, and then the figures by the tenant\'s own policy stand beside.', answers: read('Revenue'),
  },
  { ...reads, path: '/v1/revenue/customers', id: 'listRevenueCustomers', query: RevenueCustomersQuery, summary: 'Who makes a figure, with the facts; all pages together sum to it.', answers: read('RevenueCustomers') },
  {
    ...reads, path: '/v1/revenue/incidents', id: 'getIncidents', query: IncidentsQuery, summary: 'What the churn model says of a class of incidents: ARR at risk of the customers touched, with and without those facts.',
    description: 'The what-if of every customer whom one touched, times ARR, with an interval. Association as a model has it, no effect: what would have been is not known. Under 30 customers the answer says `tooFew`.', answers: read('Incidents'),
  },
  { ...reads, path: '/v1/customers/{id}/revenue', id: 'getCustomerRevenue', scope: 'customers:read', params: { id: text('Our id, or `system:id`.', { examples: ['crm:C-1101'] }) }, query: CustomerRevenueQuery, summary: 'What a customer brings in a year, and every movement of it.', answers: read('CustomerRevenue'), problems: [...reads.problems, 'customer-unknown'] },
  { ...reads, headers: {}, path: '/v1/revenue/settings', id: 'getRevenueSettings', query: NoQuery, summary: 'The policy of revenue and the exchange rates.', answers: { 200: { description: 'The answer.', content: json(ref('RevenueSettings')) } }, problems: ['invalid-parameter'] },
  { ...decides, path: '/v1/revenue/settings/policy', id: 'setRevenuePolicy', summary: 'Decides how revenue is counted.', description: 'What is left out is counted as usual.', body: { content: json(bodySchema(RevenuePolicyDto), { name: 'board', reactivation: 'net', graceDays: 45, reason: 'As the board pack has it' }) } },
  { ...decides, path: '/v1/revenue/settings/rates', id: 'setExchangeRates', summary: 'Declares exchange rates from a day on.', description: 'A period is counted at those in force when it begins, so no rate is ever a movement. Those of the same day are replaced.', body: { content: json(bodySchema(RatesDto), { currency: 'EUR', on: '2026-07-01', rates: [{ currency: 'USD', rate: 0.92 }] }) } },
];
