interface Refusal {
  readonly title: string;
  /** What the sender does about it. */
  readonly remedy: string;
}

/** Every way an item is refused at the door. Codes are published: never renamed, never reused. */
export const refusals = {
  'invalid-json': { title: 'This is not JSON', remedy: 'Send JSON in UTF-8; to an import, one object per line.' },
  'not-a-cloudevent': { title: 'This is not a CloudEvent', remedy: 'Send CloudEvents 1.0 in JSON: structured, as a batch, or binary with attributes in headers.' },
  'tombstone': { title: 'The record is empty', remedy: 'Leave it out; a fact is taken back with record.retracted.' },
  'line-too-long': { title: 'The line is too long', remedy: 'Shorten it; a fact carries what happened, not documents.' },
  'batch-too-large': { title: 'The request has too many items', remedy: 'Send fewer items at a time, or use the import, which takes a stream of any length.' },
  'not-an-object': { title: 'The item is not a JSON object', remedy: 'Send an object with id, source, type, customer and data.' },
  'item-too-large': { title: 'The item is too large', remedy: 'Shorten it; a fact carries what happened, not documents.' },
  'too-deep': { title: 'The item is nested too deeply', remedy: 'Flatten the data.' },
  'text-too-long': { title: 'A text is too long', remedy: 'Shorten it, or keep the original where it came from.' },
  'text-unstorable': { title: 'A text holds characters that cannot be stored', remedy: 'Remove NUL characters and broken surrogate pairs.' },
  'number-out-of-range': { title: 'A number is out of range', remedy: 'Send numbers that fit a double.' },
  'field-missing': { title: 'A field is missing', remedy: 'Add it.' },
  'field-unknown': { title: 'A field is not known', remedy: 'Correct its name or leave it out; what a type has no field for goes into an x- type.' },
  'field-invalid': { title: 'A field has a wrong value', remedy: 'Correct it; the detail says what is expected.' },
  'reserved-source': { title: 'The source is ours', remedy: 'Name the system that the fact came from; "touchline:" is kept for our own facts.' },
  'data-not-json': { title: 'The data is not JSON', remedy: 'Send the body as JSON in data.' },
  'type-unknown': { title: 'The type is not in the catalogue', remedy: 'See GET /v1/event-types, or choose a name of your own that starts with x-.' },
  'type-internal': { title: 'Only we write facts of this type', remedy: 'Leave it out.' },
  'version-unknown': { title: 'The type has no such version', remedy: 'Send a version that GET /v1/event-types lists.' },
  'data-invalid': { title: 'The data does not fit its type', remedy: 'Correct the fields named; the schema is in GET /v1/event-types.' },
  'time-invalid': { title: 'A time cannot be read', remedy: 'Send RFC 3339 with a zone, for example 2026-03-01T09:30:00Z.' },
  'time-out-of-range': { title: 'A time is out of range', remedy: 'Facts lie between 1970 and now; plans have date fields of their own.' },
  'observed-at-refused': { title: 'This door does not take observedAt', remedy: 'Leave it out; only a trusted import may say when a fact was known.' },
  'alias-taken': { title: 'The alias belongs to another customer', remedy: 'Send customer.alias-removed for that customer first.' },
  'already-merged': { title: 'The customer is merged already', remedy: 'Send customer.unmerged for it first, or leave the merge out.' },
  'not-merged': { title: 'The customer is not merged', remedy: 'Leave it out, or name the customer that was merged; its page says into whom.' },
  'merge-circle': { title: 'The merge would lead in a circle', remedy: 'Merge the other way round, or send customer.unmerged for the customer that the detail names.' },
  'merge-unknown': { title: 'Nobody has the id to merge into', remedy: 'Check the id of the customer that stays. If it is right, tell of that customer first, or in the same request: customer.registered, or any other fact.' },
  'event-unknown': { title: 'No such event of this customer', remedy: 'Name source and id of an event that was recorded for the same customer.' },
  'contact-unknown': { title: 'There is no such contact', remedy: 'Name the person by our id, which GET /v1/customers/{id} lists, by system:id, or by the e-mail address that facts gave.' },
  'import-unknown': { title: 'No such import', remedy: 'Name an import that recorded events; for one customer, one that recorded events of that customer.' },
  'not-amendable': { title: 'This fact cannot be amended or retracted', remedy: 'Record what is true now as a new fact.' },
  'import-retracted': { title: 'The import was retracted', remedy: 'Send new events under another import id.' },
  'group-refused': { title: 'Another event of the group was refused', remedy: 'Correct the event that the detail names and send the whole group again.' },
  'id-conflict': { title: 'Another event has this source and id', remedy: 'Give the new fact an id of its own, or correct the first one with record.amended.' },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;

/** One thing that is wrong, and where: an RFC 6901 pointer into the item as it was sent. */
export interface Flaw {
  readonly pointer: string;
  readonly detail: string;
}

/** Why an item was refused. `errors` lists the flaws when there are several; pointer and detail are those of the first. */
export class Problem {
  readonly title: string;
  readonly remedy: string;
  readonly errors?: readonly Flaw[];

  constructor(readonly code: RefusalCode, readonly pointer: string, readonly detail: string, errors?: readonly Flaw[]) {
    const { title, remedy } = refusals[code];
    this.title = title;
    this.remedy = remedy;
    if (errors && errors.length > 1) this.errors = errors;
  }
}

/** One step of an RFC 6901 pointer. */
export const pointerStep = (key: string | number) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
