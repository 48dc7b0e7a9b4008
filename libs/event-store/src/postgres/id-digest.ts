import { hash } from 'node:crypto';
import type { EventRef } from '#journey';

/**
 * The key of an event's id: half of SHA-256 over tenant, source and id, in hexadecimal. Always of one length, however long the ids are that systems send.
 * Two ids with one key would be taken for one event; finding such a pair takes 2^64 tries.
 */
export const idDigest = (tenant: string, { source, id }: EventRef): string => hash('sha256', `${tenant}\u0000${source}\u0000${id}`, 'hex').slice(0, 32);
