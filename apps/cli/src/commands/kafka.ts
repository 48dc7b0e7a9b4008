import type { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { addDeadLetters } from './kafka-dead-letters.js';
import { addKafkaIn } from './kafka-in.js';
import { addKafkaOut } from './kafka-out.js';

/** What goes between Kafka and us. */
export function addKafka(program: Command, context: CommandContext): void {
  const parent = program.command('kafka').description('What goes between Kafka and us. Needs an admin key.');
  addKafkaIn(parent, context);
  addDeadLetters(parent, context);
  addKafkaOut(parent, context);
}
