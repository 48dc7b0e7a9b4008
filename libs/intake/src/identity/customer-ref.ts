/** A customer or contact in another system's words. */
export interface Alias {
  /** `[a-z0-9-]{1,32}`, for example `crm`. */
  readonly system: string;
  /** 1 to 200 characters, as that system writes it. */
  readonly id: string;
}

/** A customer or contact as it is named by a sender: our own id, or an alias. */
export type Ref = string | Alias;

const OUR_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SYSTEM = /^[a-z0-9-]{1,32}$/;

/** Our ids name customers, contacts and imports: letters, digits, dot, underscore and dash, at most 64. Never an e-mail. */
export const isOurId = (text: unknown): boolean => typeof text === 'string' && OUR_ID.test(text);

export const isRef = (value: unknown): value is Ref => isOurId(value) || isAlias(value);

export function isAlias(value: unknown): value is Alias {
  if (typeof value !== 'object' || value === null) return false;
  const { system, id, ...rest } = value as Record<string, unknown>;
  return typeof system === 'string' && SYSTEM.test(system) && typeof id === 'string' && id.length >= 1 && id.length <= 200 && Object.keys(rest).length === 0;
}

/** Reads `our-id` or `system:id`, the form of a CloudEvents subject; null when it is neither. */
export function parseRefText(text: string): Ref | null {
  if (isOurId(text)) return text;
  const colon = text.indexOf(':');
  const alias = { system: text.slice(0, Math.max(colon, 0)), id: text.slice(colon + 1) };
  return isAlias(alias) ? alias : null;
}

/** The one spelling of a ref, also the key of an alias: a system has no colon, so it cannot be mistaken. */
export const refText = (ref: Ref) => (typeof ref === 'string' ? ref : `${ref.system}:${ref.id}`);
