import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '#event-store';

/** Which asking a link is about, and until when it can be answered. No personal data: all are ids of ours. */
export interface SurveyClaim {
  readonly tenant: string;
  readonly customer: string;
  readonly survey: string;
  /** RFC 3339, whole seconds count. */
  readonly until: string;
}

const TOKEN = /^([A-Za-z0-9_-]{10,250})\.([A-Za-z0-9_-]{22})$/;
const MAC_BYTES = 16;

/** The address of the page that asks. Signed with a secret of the tenant that outlives every change of the master key. */
export async function surveyLink(keys: KeyRing, publicUrl: string, claim: SurveyClaim): Promise<string> {
  const { tenant, customer, survey, until } = claim;
  const text = Buffer.from(JSON.stringify([tenant, customer, survey, Math.floor(Date.parse(until) / 1_000)])).toString('base64url');
  return `${publicUrl.replace(/\/+$/, '')}/s/${text}.${await macOf(keys, tenant, text)}`;
}

/** What a link claims; null for one that we have not signed, or for a tenant that there is not. */
export async function readSurveyToken(keys: KeyRing, token: string, isTenant: (id: string) => Promise<boolean>): Promise<SurveyClaim | null> {
  const [, text, mac] = TOKEN.exec(token) ?? [];
  const claim = text === undefined ? null : claimIn(text);
  if (!claim || !await isTenant(claim.tenant)) return null;
  // As text: the last letter of base64 has bits that mean nothing.
  return timingSafeEqual(Buffer.from(mac!), Buffer.from(await macOf(keys, claim.tenant, text!))) ? claim : null;
}

async function macOf(keys: KeyRing, tenant: string, text: string): Promise<string> {
  return createHmac('sha256', await keys.tenantSecret(tenant, 'survey links')).update(text).digest().subarray(0, MAC_BYTES).toString('base64url');
}

function claimIn(text: string): SurveyClaim | null {
  try {
    const [tenant, customer, survey, until] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (![tenant, customer, survey].every((each) => typeof each === 'string') || !Number.isSafeInteger(until)) return null;
    return { tenant: tenant as string, customer: customer as string, survey: survey as string, until: new Date((until as number) * 1_000).toISOString() };
  } catch {
    return null;
  }
}
