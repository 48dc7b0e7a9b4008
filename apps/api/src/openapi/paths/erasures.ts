import { ErasureDto } from '../../erasures/erasure.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const admin = { tag: 'Erasure', scope: 'admin', query: NoQuery } as const;
const params = { id: text('The person: our id, as a customer lists its contacts; `system:id`; or an e-mail address. Addresses in paths may be kept by proxies: our id tells them nothing.', { examples: ['crm:P-2207'] }) };

export const erasureOperations: readonly Operation[] = [
  {
    ...admin, method: 'post', path: '/v1/contacts/{id}/erase', id: 'eraseContact', summary: 'Erases a person for ever: destroys the key that seals their personal fields.', params,
    description: 'Names, addresses, answers and notes sealed for the person can be read by nobody any more, wherever they stand: here at once, in other processes after five seconds at the latest. '
      + 'Facts, counts and scores stay as they are. What is told of the person later cannot be read either. '
      + 'An e-mail address that facts gave of a person is that person: erased by the address, everybody who had it is erased; erased by another name, the address too, unless facts gave it of others, who are named in `sharing`. '
      + 'Every customer who knows the person gets a fact `contact.erased`, which is the certificate. Doing it again gives the first certificate.',
    body: { content: json(bodySchema(ErasureDto), { reason: 'asked-by-person', reference: 'DSR-2026-114' }) },
    answers: { 200: { description: 'It is done.', content: json(ref('Erased')) } }, problems: ['invalid-parameter', 'invalid-body', 'contact-unknown', 'not-found'],
  },
  {
    ...admin, method: 'get', path: '/v1/contacts/{id}/erasure', id: 'getErasure', summary: "The certificate of a person's erasure.", params,
    answers: { 200: { description: 'The answer.', content: json(ref('Erasure')) } }, problems: ['invalid-parameter', 'not-erased', 'not-found'],
  },
  {
    ...admin, method: 'get', path: '/v1/erasures', id: 'listErasures', summary: 'Everybody who was erased, the earliest first.',
    description: 'Keep a copy apart from the data: after an older copy of the data was put back, these have to be erased again.',
    answers: { 200: { description: 'The answer.', content: json(ref('Erasures')) } }, problems: ['invalid-parameter'],
  },
];
