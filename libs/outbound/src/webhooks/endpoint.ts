import type { KeyRing, Sql } from '#event-store';
import { type SigningKey, signingKey, verifyingText } from '../webhook/signing-key.js';

/** Whoever is told of facts by webhook, as it was set. */
export interface EndpointSettings {
  readonly url: string;
  readonly description: string | null;
  readonly filter: Readonly<Record<string, unknown>>;
  /** Whether a fact of a customer waits for the one before. */
  readonly ordered: boolean;
  /** How what it gets is signed. */
  readonly signature: SigningKey['kind'];
  /** Whether it gets personal fields opened. */
  readonly unseal: boolean;
}

export interface Endpoint extends EndpointSettings {
  readonly tenant: string;
  readonly id: string;
  readonly enabled: boolean;
  /** Why it was disabled by itself; null where it was not. */
  readonly disabledBecause: string | null;
  /** Counts its secrets. */
  readonly secret: number;
  /** Until when the secret before is good as well. */
  readonly formerUntil: Date | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly changedAt: Date;
  /** Failures in a row. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly failure: string | null;
  /** Until then nothing is sent, and a trial after; null: all is sent. */
  readonly retryAt: Date | null;
  readonly deliveredAt: Date | null;
}

export const ENDPOINT = `tenant, id, url, description, filter, ordered, signature, unseal, enabled, disabled_because as "disabledBecause", secret, former_until as "formerUntil",
  created_at as "createdAt", created_by as "createdBy", changed_at as "changedAt", failures, failing_since as "failingSince", failure, retry_at as "retryAt", delivered_at as "deliveredAt"`;

/** Whoever changes what waits for an endpoint, or how it does, holds it: one after the other. Undefined where it is gone. */
export async function lockEndpoint(sql: Sql, tenant: string, id: string): Promise<Endpoint | undefined> {
  const [endpoint] = await sql.query<Endpoint>(`select ${ENDPOINT} from webhook_endpoint where tenant = $1 and id = $2 for no key update`, [tenant, id]);
  return endpoint;
}

/** What it gets is signed with these now: the newest first. Made of the tenant's own key, so that no secret is stored. */
export async function signingKeys(keys: KeyRing, { tenant, id, signature, secret, formerUntil }: Endpoint, now: Date): Promise<SigningKey[]> {
  const numbers = formerUntil && formerUntil > now ? [secret, secret - 1] : [secret];
  return Promise.all(numbers.map(async (number) => signingKey(signature, await keys.tenantSecret(tenant, `webhook ${signature} ${id} ${number}`))));
}

/** The same as receivers are told it. */
export const verifyingTexts = async (keys: KeyRing, endpoint: Endpoint, now: Date): Promise<string[]> => (await signingKeys(keys, endpoint, now)).map(verifyingText);
