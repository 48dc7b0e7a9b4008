import { choice, count, figure, instant, list, orNull, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

export const kafkaOutSchemas: Readonly<Record<string, Schema>> = {
  KafkaOut: record('What is sent to Kafka, and how far.', {
    on: yesNo('Whether anything is sent.'),
    streams: list(record('A stream of facts.', { stream: choice(['journey', 'insight'], 'Which.'), topic: text('Where it goes.') }), 'What is sent, or would be.'),
    mode: choice(['binary', 'structured'], 'How a CloudEvent becomes a record.'), partitions: whole('Of a topic that is created.', { minimum: 1 }), retentionDays: orNull(whole('So long a topic that is created keeps its records; null: for ever.', { minimum: 1 })),
    start: orNull(text('The position after which it begins, or `beginning`; null: nobody has decided.')),
    decided: orNull(record('Who decided it last; null: nobody yet, and nothing is sent.', { at: instant('When.'), by: ref('Actor', 'Who.'), reason: text('Why.') })),
    progress: orNull(record('How far it has come; null: nothing is sent, or no worker has begun.', {
      behind: count('Facts of whatever tenant that the log has more: an upper bound.'), lagSeconds: figure('Age of the oldest fact that was not looked at yet.', { minimum: 0 }), followed: yesNo('Whether a worker is at it.'),
      failure: orNull(record('What went wrong last, and is tried again; null: nothing.', { text: text('What is wrong, and what to do.'), at: instant('When.'), attempts: count('How often in a row.') })),
    })),
  }),
};
