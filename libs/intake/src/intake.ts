import type { Database, EventStore, KeyRing } from '#event-store';
import { ErasureRegistry } from './erase-contact/erasure-registry.js';
import { AliasDirectory } from './identity/alias-directory.js';
import { defaultLimits } from './limits.js';
import { ImportRegistry } from './record/import-registry.js';

/** What the way in works with; every door is a function of this. `database` acts as the worker role. */
export class Intake {
  readonly aliases: AliasDirectory;
  readonly imports: ImportRegistry;
  readonly erasures: ErasureRegistry;
  readonly limits = defaultLimits;

  constructor(readonly store: EventStore, database: Database, readonly keys: KeyRing) {
    this.aliases = new AliasDirectory(database);
    this.imports = new ImportRegistry(database);
    this.erasures = new ErasureRegistry(database, keys);
  }
}
