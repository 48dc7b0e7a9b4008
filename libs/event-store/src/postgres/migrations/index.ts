import type { MigrationClass } from '../migrate.js';
import { Log1763900000001 } from './1763900000001-log.js';
import { Engine1763900000101 } from './1763900000101-engine.js';
import { KeyRing1763910000000 } from './1763910000000-key-ring.js';
import { PartitionedLog1764000000001 } from './1764000000001-partitioned-log.js';
import { Epochs1764000000002 } from './1764000000002-epochs.js';
import { Parking1764000000101 } from './1764000000101-parking.js';
import { OpenTransactions1764200000001 } from './1764200000001-open-transactions.js';
import { ReadersSeeCheckpoints1764200000002 } from './1764200000002-readers-see-checkpoints.js';
import { Builds1764300000001 } from './1764300000001-builds.js';
import { Merges1764300000101 } from './1764300000101-merges.js';
import { Erasures1764300000200 } from './1764300000200-erasures.js';
import { LeanAppends1764300000501 } from './1764300000501-lean-appends.js';
import { NearIds1764300000701 } from './1764300000701-near-ids.js';
import { LastingTimeZones1764300000801 } from './1764300000801-lasting-time-zones.js';
import { BoundedAppenders1764300000901 } from './1764300000901-bounded-appenders.js';
import { ToldBefore1764300000902 } from './1764300000902-told-before.js';
import { Exchange1764300000903 } from './1764300000903-exchange.js';
import { ReadersSeeStreams1764400000001 } from './1764400000001-readers-see-streams.js';
import { Reactions1764600000001 } from './1764600000001-reactions.js';
import { TenantsInTurn1764600000002 } from './1764600000002-tenants-in-turn.js';
import { Subscriptions1764700000001 } from './1764700000001-subscriptions.js';
import { Links1764700000101 } from './1764700000101-links.js';
import { EventStoreDb1764800000401 } from './1764800000401-eventstoredb.js';
import { CopiedLog1764800000402 } from './1764800000402-copied-log.js';
import { MirrorCompared1764800000403 } from './1764800000403-mirror-compared.js';
import { SubscriptionFences1764800000501 } from './1764800000501-subscription-fences.js';
import { RestingSubscriptions1764800000502 } from './1764800000502-resting-subscriptions.js';

/**
 * In order, for ever; a migration that has run anywhere is never edited. So what an older one says may be replaced by a later one:
 * `log_floor_lock` is as `Parking` has it, `log_draw` as `BoundedAppenders` has it, the tables of the log as `PartitionedLog` has them, `log_begin` and `log_raise` as
 * `LeanAppends` has them, ids, indexes, and `log_open` as `NearIds` has them, `log_write` as `Links` has it, and `log_make_room`, `log_horizon`, `log_told` and the width in `log_exchange` and `log_partitions` as `EventStoreDb` has them, `log_begin_epoch` as `MirrorCompared` has it.
 */
export const eventStoreMigrations: readonly MigrationClass[] = [
  Log1763900000001, KeyRing1763910000000, Engine1763900000101, PartitionedLog1764000000001, Epochs1764000000002, Parking1764000000101, OpenTransactions1764200000001,
  ReadersSeeCheckpoints1764200000002, Builds1764300000001, Merges1764300000101, Erasures1764300000200, LeanAppends1764300000501, NearIds1764300000701, LastingTimeZones1764300000801,
  BoundedAppenders1764300000901, ToldBefore1764300000902, Exchange1764300000903, ReadersSeeStreams1764400000001,
  Reactions1764600000001, TenantsInTurn1764600000002, Subscriptions1764700000001, Links1764700000101, EventStoreDb1764800000401, CopiedLog1764800000402, MirrorCompared1764800000403, SubscriptionFences1764800000501, RestingSubscriptions1764800000502,
];
