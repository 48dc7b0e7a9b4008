import { ConfigurableModuleBuilder, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { type Database, type EventStore, KeyRing, parseMasterKey } from '#event-store';
import { Intake } from './intake.js';
import type { IntakeLimits } from './limits.js';
import { RecordEventsHandler } from './record-events/record-events.js';
import { RetractImportHandler } from './record/retract-import.js';

export interface IntakeOptions {
  readonly store: EventStore;
  /** Acts as the worker role. */
  readonly database: Database;
  /** 32 bytes in base64. */
  readonly masterKey: string;
  readonly limits?: IntakeLimits;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<IntakeOptions>().setClassMethodName('forRoot')
  .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal })).build();

/** The way in for Nest: dispatch `RecordEvents` and `RetractImport`, or inject `Intake` for `importEvents`. The app brings `CqrsModule.forRoot()`. */
@Module({
  providers: [
    {
      provide: Intake,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ store, database, masterKey, limits }: IntakeOptions) => new Intake(store, database, new KeyRing(database, parseMasterKey(masterKey)), limits),
    },
    RecordEventsHandler,
    RetractImportHandler,
  ],
  exports: [Intake],
})
export class IntakeModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(@Inject(Intake) private readonly intake: Intake) {
    super();
  }

  /** A wrong master key stops the start, before anything is sealed with it. */
  async onModuleInit(): Promise<void> {
    await this.intake.keys.verifyMasterKey();
  }
}
