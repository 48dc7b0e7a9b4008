import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import type { Database, EventStore, KeyRing } from '#event-store';
import { EraseContactHandler } from './erase-contact/erase-contact.js';
import { Intake } from './intake.js';
import { RecordEventsHandler } from './record-events/record-events.js';
import { RetractImportHandler } from './record/retract-import.js';

export interface IntakeOptions {
  readonly store: EventStore;
  /** Acts as the worker role. */
  readonly database: Database;
  /** The one ring of the process: what is erased through one door is erased for all. */
  readonly keys: KeyRing;
}

/** The way in for Nest: dispatch `RecordEvents`, `RetractImport` and `EraseContact`, or inject `Intake` for `importEvents`. The app brings `CqrsModule.forRoot()`. */
@Module({})
export class IntakeModule implements OnModuleInit {
  constructor(@Inject(Intake) private readonly intake: Intake) {}

  static forRoot({ store, database, keys }: IntakeOptions): DynamicModule {
    const intake = { provide: Intake, useFactory: () => new Intake(store, database, keys) };
    return { module: IntakeModule, providers: [intake, RecordEventsHandler, RetractImportHandler, EraseContactHandler], exports: [Intake] };
  }

  /** A wrong master key stops the start, before anything is sealed with it; what was erased and has come back with an old copy of the keys goes again, before anything is opened. */
  async onModuleInit(): Promise<void> {
    await this.intake.keys.verifyMasterKey();
    await this.intake.keys.destroyErased();
  }
}
