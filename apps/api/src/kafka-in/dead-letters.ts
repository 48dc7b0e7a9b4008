import { Inject, Injectable } from '@nestjs/common';
import { Intake, type Letters, listDeadLetters, replayDeadLetters, type Replayed } from '#intake';
import { type Kafka, KafkaUnavailable } from '#kafka';
import { ApiProblem } from '../problems/api-problem.js';
import type { DeadLettersQuery, ReplayDto } from './kafka-in.dto.js';
import { KAFKA } from './kafka.provider.js';

const USUAL = 100;
/** A replay says of each what became of it, so that one answer has an end. */
const AT_ONCE = 500;

/** What was read from Kafka and could not be taken. */
@Injectable()
export class DeadLetters {
  constructor(@Inject(Intake) private readonly intake: Intake, @Inject(KAFKA) private readonly kafka: Kafka | null) {}

  list(tenant: string, { limit = USUAL, state, ...which }: DeadLettersQuery): Promise<Letters> {
    return this.ask((kafka) => listDeadLetters({ intake: this.intake, kafka }, tenant, { ...which, limit, all: state === 'all' }, new Date()));
  }

  replay(tenant: string, which: ReplayDto): Promise<Replayed> {
    return this.ask((kafka) => replayDeadLetters({ intake: this.intake, kafka }, tenant, { ...which, limit: AT_ONCE }, new Date()));
  }

  /** @throws ApiProblem `kafka-not-set`, `kafka-unavailable` */
  private async ask<Found>(work: (kafka: Kafka) => Promise<Found>): Promise<Found> {
    if (!this.kafka) throw new ApiProblem('kafka-not-set', 'KAFKA_URL is not set for the API.');
    try {
      return await work(this.kafka);
    } catch (error) {
      throw error instanceof KafkaUnavailable ? new ApiProblem('kafka-unavailable', error.message) : error;
    }
  }
}
