import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { examine, type Finding } from '#event-store';
import { examineKafkaIn, Intake } from '#intake';
import type { Kafka } from '#kafka';
import { examineWebhooks } from '#outbound';
import { projections } from '#read-model';
import { Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { KAFKA } from '../kafka-in/kafka.provider.js';
import { unavailable } from '../problems/unavailable.js';
import { NoQuery } from '../reads/queries.dto.js';
import { EpochDto } from './epoch.dto.js';

/** How the log is, and what whoever restored it has to say. */
@Controller('v1/admin')
@Scope('operator')
export class LogController {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Intake) private readonly intake: Intake, @Inject(KAFKA) private readonly kafka: Kafka | null) {}

  /** What stands still, lags or is open, by name, and what to do about it. */
  @Get('doctor')
  @Header('cache-control', 'no-store')
  async doctor(@Query() _: NoQuery) {
    const { worker } = this.connections;
    return { findings: [...await examine(worker, { projections: projections() }), ...await examineWebhooks(worker), ...await examineKafkaIn({ intake: this.intake, worker, kafka: this.kafka }, new Date()), await this.keys()] };
  }

  /** Begins a new epoch, so that positions given out since a copy was made are refused. */
  @Post('epoch')
  @HttpCode(200)
  async beginEpoch(@Query() _: NoQuery, @Body() { reason }: EpochDto) {
    return { position: await this.connections.store.beginEpoch(reason) };
  }

  /** Whether the process that is asked has the master key of this database: without it it is not ready and records nothing. */
  private async keys(): Promise<Finding> {
    try {
      await this.intake.keys.verifyMasterKey();
      return { check: 'keys', status: 'fine', says: 'This process has the master key of this database.', remedy: null };
    } catch (error) {
      const says = unavailable(error);
      if (says === undefined) throw error;
      return { check: 'keys', status: 'fails', says: `This process is not ready and records nothing. ${says}`, remedy: 'libs/event-store/KEYS.md, "Changing the master key", says where the new key goes; npm start reads TOUCHLINE_MASTER_KEY, else master.key in its home.' };
    }
  }
}
