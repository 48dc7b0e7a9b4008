import { choice, count, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

const topic = text('Name of the topic.');
const partition = whole('Number of the partition.', { minimum: 0 });
const wrong = { code: text('Code of the refusal.'), pointer: text('Where, in what the record holds.'), detail: text('What is wrong.') };
const named = { source: text('System that sent the event.'), id: text("That system's id of the event."), type: text('Type of fact.') };

const page = { letters: list(ref('DeadLetter'), 'One page.'), next: orNull(text('Give it as `after` for what comes next; null at the end.')) };

export const kafkaInSchemas: Readonly<Record<string, Schema>> = {
  KafkaIn: record('What is read from Kafka, and how far.', {
    on: yesNo('Whether anything is read.'), topics: list(topic, 'What is read, or would be.'), deadLetters: text('The topic in which is laid what cannot be taken.'),
    decided: orNull(record('Who decided it last; null: nobody yet, and nothing is read.', { at: instant('When.'), by: ref('Actor', 'Who.'), reason: text('Why.') })),
    partitions: list(record('A partition.', {
      topic, partition, committed: orNull(text('The offset from which reading goes on; null before the first record.')), end: text('The offset that the next record will have.'), lag: count('Records that are still to be read.'),
    }), 'Of the topics that are read and there.'),
    complaints: list(text('What is wrong, and what to do.'), 'What is wrong with the topics, or why they could not be looked at.'),
  }),
  DeadLetters: record('Dead letters, in the order in which they came to lie there.', page),
  ReplayedDeadLetters: record('What became of dead letters.', { ...page, unknown: list(text('An id.'), 'Of those that were named: of which no dead letter is to be found, or none with the reason.') }),
  DeadLetter: record('A record that was read from Kafka and could not be taken. The record itself lies in the topic of dead letters, under this id as its offset.', {
    id: text('Its offset among the dead letters.'), at: instant('When it was laid there.'), from: record('Where it came from.', { topic, partition, offset: text('Its offset.') }), key: orNull(text('Its key; null: none.')),
    refused: count('Of how many of its events something was wrong.'), wrong: list(record('What was wrong with an event.', wrong, named), 'Why it was laid there; of a batch the first 20.'),
    state: choice(['recorded', 'ready', 'refused'], '`recorded`: all that it tells is in the log, or was sent again in a better form. `ready`: a replay would record it. `refused`: not as things are.'),
    events: list(record('What would become of an event now, or has become of it in the replay.', { status: choice(['appended', 'duplicate', 'conflict', 'rejected', 'valid'], '`valid`: a replay would append it.') }, {
      ...named, customer: text('Our id of the customer.'), position: position('Its place in the log.'), problem: ref('Refusal', 'Why it is refused.'),
    }), 'Every event that the record holds.'),
  }),
};
