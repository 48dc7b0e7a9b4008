import { choice, count, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

const texts = (description: string) => list(text('One of them.'), description);
const webhook = {
  id: text('Its id.'), url: text('Where it goes.'), description: orNull(text('What it is for.')),
  filter: record('Which facts it gets; all that are public where it is empty.', {}, { types: texts('Types, or families.'), categories: texts('`journey` or `insight`.'), segments: texts('Of customers.'), customers: texts('Our ids.') }),
  ordered: yesNo('Whether a fact of a customer waits for the one before.'), signature: choice(['v1', 'v1a'], 'How it is signed.'), unseal: yesNo('Whether personal fields are opened.'),
  enabled: yesNo('Whether it is told of anything.'), disabledBecause: orNull(text('Why it was disabled by itself; null where it was not.')),
  createdAt: instant('When it was made.'), createdBy: text('By whom.'), changedAt: instant('When it was last set.'),
  waiting: count('So much is on its way to it.'), failed: count('So much was given up, in the last 30 days.'), deliveredAt: orNull(instant('When it last took something.')),
  failing: orNull(record('It did not take what it was sent last; null where it did.', {
    since: instant('Since when.'), times: whole('So often in a row.', { minimum: 1 }), why: text('What went wrong last.'), pausedUntil: orNull(instant('Nothing is sent before, and one for a trial then; null: all is sent by its schedule.')),
  })),
};
const secret = {
  secret: text('As Standard Webhooks has it: `whsec_` and base64 of the secret, or `whpk_` and base64 of the public key.'), former: orNull(text('The one before, as long as that is good too.')), formerUntil: orNull(instant('Until when.')),
};

export const webhookSchemas: Readonly<Record<string, Schema>> = {
  Webhook: record('Who is told of facts.', webhook),
  NewWebhook: record('It, and what its receiver checks signatures with.', { ...webhook, ...secret }),
  Webhooks: record('Who is told of facts.', { webhooks: list(ref('Webhook'), 'The oldest first.') }),
  SecretOfWebhook: record('What signatures are checked with.', secret),
  WebhookTest: record('It is on its way.', { delivery: text('Its id in the log.') }),
  Redelivered: record('What is sent again.', { redelivered: count('So much.') }),
  Deliveries: record('What was sent, or is to be.', {
    deliveries: list(record('One fact, or a test.', {
      id: text('Its `webhook-id`.'), type: text('Of the fact.'), source: text('System that sent the fact.'), event: text("That system's id of it."), customer: orNull(text('Our id; null for a test, and for a report that was published.')), position: orNull(position('Of the fact; null for a test.')),
      state: choice(['waiting', 'delivered', 'failed'], '`failed`: given up.'), attempts: count('So often it was tried.'), since: instant('When it came up, or was asked for again. Three days after its first attempt it is given up.'),
      nextAt: orNull(instant('When it is tried; null where it waits for another, or for the endpoint to be enabled, or is done.')), attemptedAt: orNull(instant('When it was tried last.')), doneAt: orNull(instant('When it was taken, or given up.')),
      code: orNull(whole('What was answered, as a status of HTTP; null for no answer.')), answer: orNull(text('The first bit of its text.')), failure: orNull(text('What went wrong.')),
    }), 'The newest first.'),
    next: orNull(text('`cursor` of the next page; null at the end.')),
  }),
};
