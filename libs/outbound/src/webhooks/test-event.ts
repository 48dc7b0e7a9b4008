import type { PublicEvent } from '../public-event/public-event.js';

/** The type of what is sent to try an endpoint; no fact. */
export const TEST = 'touchline.webhook.test';
const SOURCE = 'touchline:webhooks';
/** Before all that was ever recorded. */
const [NO_POSITION, NO_SEQUENCE] = ['0.0', '0000000000'];

/** What an endpoint is tried by: with all attributes that every fact has, so that whoever takes it takes facts. It stands in no log, and concerns no customer but the endpoint itself. */
export function testEvent(id: string, endpoint: string, now: Date): PublicEvent {
  const at = now.toISOString();
  return {
    specversion: '1.0', id, source: SOURCE, type: TEST, subject: endpoint, time: at, datacontenttype: 'application/json', typeversion: 1, observedat: at, recordedtime: at,
    sequence: NO_SEQUENCE, position: NO_POSITION, partitionkey: endpoint, data: { says: 'This is a test: nothing has happened. Facts look the same.' },
  };
}
