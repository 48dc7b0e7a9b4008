import type { KeyRing } from '#event-store';
import { type SigningKey, signingKey, verifyingText } from './signing-key.js';

/** What the webhooks of a tenant's survey programs are signed with, for ever the same. */
export const webhookKey = async (keys: KeyRing, tenant: string): Promise<SigningKey> => signingKey('v1', await keys.tenantSecret(tenant, 'webhooks'));

/** The same as receivers are told it. */
export const webhookSecretText = async (keys: KeyRing, tenant: string): Promise<string> => verifyingText(await webhookKey(keys, tenant));
