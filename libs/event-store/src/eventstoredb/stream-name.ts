import type { StreamKey } from '#journey';

/** What would be read as a separator, as an escape, or not at all. */
const ODD = /[%\-\p{Cc}]/gu;
const TENANT = /^[a-z0-9]{1,32}$/;

const escaped = (part: string): string => part.replace(ODD, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
const plain = (part: string): string => part.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** A stream's key as the one name that EventStoreDB knows: `tenant-category-id`, dashes of the parts as `%2D`. */
export const streamName = ({ tenant, category, id }: StreamKey): string => `${tenant}-${escaped(category)}-${escaped(id)}`;

/** The key that a name was made of; null for a stream that is not ours. */
export function streamKey(name: string): StreamKey | null {
  const [tenant, category, id, ...more] = name.split('-');
  if (id === undefined || more.length > 0 || !TENANT.test(tenant!)) return null;
  return { tenant: tenant!, category: plain(category!), id: plain(id) };
}

/** What the names of a tenant's streams begin with, or of some categories of it. */
export const prefixesOf = (tenant: string, categories?: readonly string[]): string[] => (categories ? categories.map((category) => `${tenant}-${escaped(category)}-`) : [`${tenant}-`]);

/** What the names of streams in these categories match, whatever their tenant. */
export const patternOf = (categories: readonly string[]): string => `^[a-z0-9]+-(${categories.map((category) => literal(escaped(category))).join('|')})-`;

export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
