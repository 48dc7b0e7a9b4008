import type { JSONSchema } from 'json-schema-to-ts';

/**
 * Our own words in a schema; a validator registers them as annotations.
 * `personal`: sealed when stored (true), or a business name and so not sealed (false).
 * `refersTo`: a contact or a customer, sent as our id, as {system, id} or (contacts) as an e-mail address, stored as our id.
 * `hashed`: may be an e-mail address; then what is stored is made from its keyed hash.
 */
export const keywords = ['personal', 'refersTo', 'hashed'] as const;

const codePattern = '^[A-Za-z0-9._:/-]{1,100}$';
const largestAmount = 9e12;

/** `data` of an event: these properties, those of `required` always, no others. */
export const fields = <const R extends Properties, const O extends Properties = Record<never, never>>(required: R, optional?: O) =>
  ({
    type: 'object',
    properties: { ...required, ...optional } as R & O,
    required: Object.keys(required) as (keyof R & string)[],
    additionalProperties: false,
  }) as const;
type Properties = Readonly<Record<string, JSONSchema>>;

/** An id or a short key of a system or a person of ours. Cannot be an e-mail address. */
export const code = <const D extends string>(description: D) =>
  ({ type: 'string', pattern: codePattern, maxLength: 100, description }) as const;

/** A business name or label that people read (product, competitor, industry): not sealed, hence no "@". */
export const label = <const D extends string>(description: D) =>
  ({ type: 'string', pattern: '^[^@\\p{Cc}]{1,200}$', maxLength: 200, personal: false, description }) as const;

/** Free text of a person or about one: sealed when stored. */
export const text = <const D extends string>(description: D, maxLength = 10_000) =>
  ({ type: 'string', minLength: 1, maxLength, personal: true, description }) as const;

export const choice = <const V extends readonly string[]>(values: V, description: string) =>
  ({ type: 'string', enum: values, description }) as const;

/** A calendar day, YYYY-MM-DD. */
export const day = (description: string) => ({ type: 'string', format: 'date', maxLength: 10, description }) as const;

/** A moment, RFC 3339 with its offset. */
export const instant = (description: string) => ({ type: 'string', format: 'date-time', maxLength: 40, description }) as const;

export const yesNo = (description: string) => ({ type: 'boolean', description }) as const;

export const count = (description: string, maximum = 1e9) => ({ type: 'integer', minimum: 0, maximum, description }) as const;

export const number = (description: string, minimum: number, maximum: number) => ({ type: 'number', minimum, maximum, description }) as const;

export const list = <const S extends JSONSchema>(items: S, description: string, maxItems = 100) =>
  ({ type: 'array', items, maxItems, description }) as const;

/** An amount in minor units (cents) with its ISO 4217 currency. */
export const money = (description: string, minimum = -largestAmount) =>
  ({
    type: 'object', description, additionalProperties: false, required: ['amount', 'currency'],
    properties: {
      amount: { type: 'integer', minimum, maximum: largestAmount, description: 'In minor units: 1250 EUR cents are 12.50 EUR.' },
      currency: { type: 'string', pattern: '^[A-Z]{3}$', maxLength: 3, description: 'ISO 4217 code, such as EUR.' },
    },
  }) as const;

/** A price: money that is never negative. */
export const price = (description: string) => money(description, 0);

/** What identifies an event for ever: the door bounds `source` and `id` in the same way. */
export const eventRef = (description: string) =>
  ({
    type: 'object', description, additionalProperties: false, required: ['source', 'id'],
    properties: {
      source: { type: 'string', pattern: eventIdPattern, maxLength: 200, personal: false, description: 'System that sent the event.' },
      id: { type: 'string', pattern: eventIdPattern, maxLength: 200, personal: false, description: "That system's id of the event." },
    },
  }) as const;
/** Of an event's `source` and `id`: no spaces, no "@", at most 200 characters. */
export const eventIdPattern = '^[^@\\s\\p{Cc}]{1,200}$';

/** An id in another system, as that system writes it. May be an e-mail address: then only its keyed hash is stored. */
export const foreignId = (description: string) =>
  ({ type: 'string', pattern: foreignIdPattern, maxLength: 200, hashed: true, description }) as const;
/** Of ids in other systems: 1 to 200 printable characters. */
export const foreignIdPattern = '^[^\\p{Cc}]{1,200}$';

const ours = code('Our own id.');
const inAnotherSystem = { ...fields({ system: code('System that knows the id.'), id: foreignId('Id in that system.') }), description: 'Id in another system.' } as const;

/** A person: our id, an id in another system, or an e-mail address, which is never stored: only its keyed hash is. */
export const contactRef = (description: string) =>
  ({
    description, refersTo: 'contact',
    anyOf: [ours, { type: 'string', format: 'email', maxLength: 254, hashed: true, description: 'E-mail address; the same address is the same person.' }, inAnotherSystem],
  }) as const;

/** Another customer. */
export const customerRef = (description: string) => ({ description, refersTo: 'customer', anyOf: [ours, inAnotherSystem] }) as const;

/** Another customer, or null for none. */
export const customerRefOrNone = (description: string) =>
  ({ description, refersTo: 'customer', anyOf: [ours, inAnotherSystem, { type: 'null', description: 'None.' }] }) as const;
