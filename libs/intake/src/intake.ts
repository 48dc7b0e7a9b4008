import type { Database, EventStore, KeyRing } from '#event-store';
import { ErasureRegistry } from './erase-contact/erasure-registry.js';
import { AliasDirectory } from './identity/alias-directory.js';
import { defaultLimits } from './limits.js';
import { ImportRegistry } from './record/import-registry.js';
import { Locks } from './record/locks.js';
import { MergeDirectory } from './identity/merge-directory.js';

/** What the way in works with; every door is a function of this. `database` acts as the worker role. */
export class Intake {
  readonly aliases: AliasDirectory;
  readonly imports: ImportRegistry;
  readonly locks: Locks;
  readonly merges: MergeDirectory;
  readonly erasures: ErasureRegistry;
  readonly limits = defaultLimits;

  constructor(readonly store: EventStore, database: Database, readonly keys: KeyRing) {
    this.aliases = new AliasDirectory(database);
    this.locks = new Locks(database);
    this.imports = new ImportRegistry(database, this.locks);
    this.merges = new MergeDirectory(database);
    this.erasures = new ErasureRegistry(database, keys);
  }
}
