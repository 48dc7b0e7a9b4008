import { variables } from '#startup';
import { startKafkaIn } from './kafka-in.js';
import { tellKafka } from './kafka-out.js';
import { keepMirror } from './mirror.js';
import { startProjections } from './projections.js';
import { startReactions } from './reactions.js';
import type { Running, Shared, TellingRole } from './shared.js';
import { startTelling } from './telling.js';
import { tellWebhooks } from './webhooks.js';

/** What a worker may do beside following the log for others, by the name that TOUCHLINE_ROLES has for it. */
const STARTS: Readonly<Record<string, (shared: Shared) => Promise<Running>>> = { mirror: keepMirror, projections: startProjections, reactions: startReactions, 'kafka-in': startKafkaIn };

/** Ways to tell other systems of the log. */
const TELLS: Readonly<Record<string, TellingRole>> = { 'kafka-out': tellKafka, webhooks: tellWebhooks };

export const ROLES: readonly string[] = [...Object.keys(STARTS), ...Object.keys(TELLS)];

/** Without these settings a role does nothing. */
const NEEDS: Readonly<Record<string, readonly ('masterKey' | 'kafkaUrl')[]>> = { 'kafka-in': ['kafkaUrl', 'masterKey'], 'kafka-out': ['kafkaUrl'], webhooks: ['masterKey'] };
const NAMES = { masterKey: variables.MASTER_KEY.name, kafkaUrl: variables.KAFKA_URL.name };

interface Wanted {
  readonly roles: readonly string[];
  readonly masterKey?: string;
  readonly kafkaUrl?: string;
}

/** What TOUCHLINE_ROLES names. Of all roles each does what it can; one that is named must be able to work. @throws Error naming what there is no such role of, or what it lacks */
export function rolesOf({ roles: names, ...settings }: Wanted): readonly string[] {
  if (names.join() === 'all') return ROLES;
  const unknown = names.filter((name) => !ROLES.includes(name));
  if (unknown.length > 0) throw new Error(`TOUCHLINE_ROLES names ${unknown.join(', ')}: there is no such role. There are ${ROLES.join(', ')}, and all.`);
  for (const role of names) {
    const missing = (NEEDS[role] ?? []).filter((need) => settings[need] === undefined).map((need) => NAMES[need]);
    if (missing.length > 0) throw new Error(`TOUCHLINE_ROLES names ${role}, which can do nothing without ${missing.join(' and ')}.`);
  }
  return names;
}

/** @throws Error for any: what a worker does is said by its settings */
export function refuseArguments(given: readonly string[]): void {
  if (given.length > 0) throw new Error(`A worker takes no arguments, and was given ${given.join(' ')}. What it does is said by TOUCHLINE_ROLES: all, or some of ${ROLES.join(', ')}.`);
}

/** Starts these roles, one after the other; what has been started is stopped again when one of them cannot. */
export async function startRoles(shared: Shared, roles: readonly string[]): Promise<Running> {
  const running: Running[] = [];
  const stop = async () => { await Promise.all(running.map((each) => each.stop())); };
  const telling = roles.flatMap((role) => TELLS[role] ?? []);
  try {
    for (const role of roles) if (STARTS[role]) running.push(await STARTS[role](shared));
    if (telling.length > 0) running.push(await startTelling(shared, telling));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
