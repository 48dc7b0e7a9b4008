import { parseRefText, type Ref } from '../identity/customer-ref.js';
import { CLOUD_LINKS, readLinks } from './links.js';
import { pointerStep, Problem } from '../refusals.js';
import type { Links } from '#journey';
import { type Envelope, readAll, readData, readName, readOptionalText, readVersion } from './envelope.js';

const POINTERS = { customer: '/subject', version: '/typeversion', observedAt: '/observedat' };
const ATTRIBUTE = /^[a-z0-9]{1,64}$/;
const JSON_TYPE = /^application\/json\s*(;.*)?$/i;

/**
 * Reads CloudEvents 1.0 in structured JSON. The customer stands in `subject`, as our id or `system:id`. Extensions that count:
 * `typeversion` (whole number), `observedat`, `correlationid`, `causationid` and `traceparent`; others are allowed and not kept.
 */
export function readCloudEvent(sent: Record<string, unknown>): Envelope | Problem {
  // In the JSON form of CloudEvents, null says that an attribute is not there.
  const item = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
  const fields = readAll<[unknown, string, string, string, Ref, string | undefined, number | undefined, string | undefined, Links | undefined, Record<string, unknown>]>(
    checkContext(item), readName(item, 'id'), readName(item, 'source'), readName(item, 'type'), readSubject(item), readOptionalText(item, 'time'),
    readVersion(item, 'typeversion'), readOptionalText(item, 'observedat'), readLinks(item, CLOUD_LINKS), readData(item));
  if (fields instanceof Problem) return fields;
  const [, id, source, type, customer, time, version, observedAt, links, data] = fields;
  return { id, source, type, customer, time, version, observedAt, links, data, pointers: POINTERS };
}

function checkContext(item: Record<string, unknown>): undefined | Problem {
  if (item.specversion === undefined) return new Problem('field-missing', '/specversion', '`specversion` is missing: a CloudEvent says "1.0".');
  if (item.specversion !== '1.0') return new Problem('field-invalid', '/specversion', '`specversion` must be "1.0".');
  if ('data_base64' in item) return new Problem('data-not-json', '/data_base64', 'Binary data is not accepted; send JSON in `data`.');
  const { datacontenttype: contentType, dataschema: schema } = item;
  if (contentType !== undefined && !(typeof contentType === 'string' && JSON_TYPE.test(contentType))) {
    return new Problem('data-not-json', '/datacontenttype', '`datacontenttype` must be application/json, or left out.');
  }
  if (schema !== undefined && typeof schema !== 'string') return new Problem('field-invalid', '/dataschema', '`dataschema` must be a URI.');
  const misnamed = Object.keys(item).find((name) => !ATTRIBUTE.test(name));
  if (misnamed === undefined) return undefined;
  return new Problem('field-unknown', pointerStep(misnamed), `\`${misnamed.slice(0, 64)}\` cannot name a CloudEvents attribute: these are lower-case letters and digits.`);
}

function readSubject({ subject }: Record<string, unknown>): Ref | Problem {
  if (subject === undefined) return new Problem('field-missing', '/subject', '`subject` is missing: the customer, as our id or system:id.');
  const ref = typeof subject === 'string' ? parseRefText(subject) : null;
  return ref ?? new Problem('field-invalid', '/subject', '`subject` must name the customer as our id or as system:id, for example crm:4711.');
}
