import type { KeyRing } from '#event-store';

/** What the webhooks of a tenant are signed with, for ever the same. */
export const webhookSecret = (keys: KeyRing, tenant: string): Promise<Buffer> => keys.tenantSecret(tenant, 'webhooks');

/** The same as receivers are told it, by Standard Webhooks. */
export const webhookSecretText = async (keys: KeyRing, tenant: string): Promise<string> => `whsec_${(await webhookSecret(keys, tenant)).toString('base64')}`;
