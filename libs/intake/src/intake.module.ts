import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { type Database, type EventStore, KeyRing, parseMasterKey } from '#event-store';
import { Intake } from './intake.js';
import { RecordEventsHandler } from './record-events/record-events.js';
import { RetractImportHandler } from './record/retract-import.js';

export interface IntakeOptions {
  readonly store: EventStore;
  /** Acts as the worker role. */
  readonly database: Database;
  /** 32 bytes in base64. */
  readonly masterKey: string;
}

/** The way in for Nest: dispatch `RecordEvents` and `RetractImport`, or inject `Intake` for `importEvents`. The app brings `CqrsModule.forRoot()`. */
@Module({})
export class IntakeModule implements OnModuleInit {
  constructor(@Inject(Intake) private readonly intake: Intake) {}

  static forRoot({ store, database, masterKey }: IntakeOptions): DynamicModule {
    const intake = { provide: Intake, useFactory: () => new Intake(store, database, new KeyRing(database, parseMasterKey(masterKey))) };
    return { module: IntakeModule, providers: [intake, RecordEventsHandler, RetractImportHandler], exports: [Intake] };
  }

  /** A wrong master key stops the start, before anything is sealed with it. */
  async onModuleInit(): Promise<void> {
    await this.intake.keys.verifyMasterKey();
  }
}
