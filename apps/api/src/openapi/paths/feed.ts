import { publicEventSchema } from '../../asyncapi/schemas.js';
import { FeedQuery } from '../../feed/feed.dto.js';
import { json, type Operation } from '../operation.js';
import { list, position, record, ref, type Schema, text, yesNo } from '../schema.js';
import { ifNoneMatch } from './reading.js';

const fact = {
  specversion: '1.0', id: '4711', source: 'helpdesk', type: 'ticket.opened', subject: 'a2bd163d-eb46-8743-98ee-0cdeb24f2588', time: '2026-03-01T09:30:00.000Z', datacontenttype: 'application/json',
  typeversion: 1, observedat: '2026-03-01T09:30:01.000Z', recordedtime: '2026-03-01T09:30:01.000Z', sequence: '0000000012', position: '1.42', partitionkey: 'a2bd163d-eb46-8743-98ee-0cdeb24f2588', data: { ticket: 'T-1', priority: 'urgent' },
};

export const feedOperations: readonly Operation[] = [{
  method: 'get', path: '/v1/events', id: 'followEvents', tag: 'Facts out', scope: 'events:read', query: FeedQuery,
  summary: 'What happened, from a position on: as a page, or as a stream.',
  description: `Facts of customers and what follows from them, as CloudEvents 1.0 in the order of the log. Go on with \`after\` and the \`position\` of the answer, which moves on also when nothing passed the filter; \`Link\` has the whole address. With \`wait\` the answer comes as soon as there is something.
\`more\` says that more stands in the log already. A page has \`limit\` events, unless it has 1 MiB of text or a second of looking is over before: whoever asks for what is rare is told how far was looked, even when there was nothing.

With \`Accept: text/event-stream\` the same comes as server-sent events for as long as you listen: \`id\` is the position, \`event\` the type, \`data\` the event. \`Last-Event-ID\` goes on after it. \`wait\` and \`limit\` do not count there. Every 15 seconds of silence a comment comes, and an \`id\` by itself, which moves the place to come back to.
Every event comes at least once, in order; whoever goes on from where they were gets each once. A stream ends when the key is revoked or the service stops: come again, and go on.
Personal fields stay sealed unless \`unseal\` is \`true\`, which also needs the scope \`customers:read\`.`,
  headers: { ...ifNoneMatch, 'Last-Event-ID': text('Of a stream: goes on after this position, whatever the address says.', { pattern: '^\\d{1,9}\\.\\d{1,15}$' }) },
  answers: {
    200: {
      description: 'The events.',
      headers: { ETag: text('Of a page: names this answer; send it as `If-None-Match`.'), Link: text('Of a page: the address of the next, `rel="next"`.') },
      content: { ...json(ref('EventPage'), { events: [fact], position: '1.42', more: false }), 'text/event-stream': { schema: text('Server-sent events, each with one `PublicEvent` as its data.', { examples: [`id: 1.42\nevent: ticket.opened\ndata: ${JSON.stringify(fact)}\n\n`] }) } },
    },
    304: { description: 'Of a page: nothing changed since the answer that you have.' },
  },
  problems: ['invalid-parameter', 'bad-request', 'customer-unknown', 'foreign-epoch'],
}];

export const feedSchemas: Readonly<Record<string, Schema>> = {
  EventPage: record('A part of the log.', {
    events: list(ref('PublicEvent'), 'In the order of the log.'),
    position: position('Go on after it, with `after`.'),
    more: yesNo('Whether more stands in the log already.'),
  }),
  PublicEvent: publicEventSchema,
};
