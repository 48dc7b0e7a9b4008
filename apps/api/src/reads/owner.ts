import type { Caller } from '../access/api-keys.js';

/** Whose customers: `me` is the caller, `all` everybody's; a csm who says nothing means their own. */
export function ownerFor({ role, actor }: Caller, owner: string | undefined): string | undefined {
  const meant = owner ?? (role === 'csm' ? 'me' : 'all');
  if (meant === 'all') return undefined;
  return meant === 'me' ? actor.id : meant;
}
