import { createHmac, type KeyObject } from 'node:crypto';
import { canonical } from '#journey';
import { refText } from '../identity/customer-ref.js';
import type { Envelope } from './envelope.js';

type Body = Pick<Envelope, 'type' | 'customer' | 'time' | 'data' | 'version'>;

/**
 * The keyed hash that tells a repeated event from a conflicting one: HMAC-SHA256 over the RFC 8785 form of what was sent,
 * whatever the order of keys and whether it came as a plain event or as a CloudEvent.
 */
export function bodyHash(secret: KeyObject | Buffer, { type, customer, time, data, version }: Body): string {
  return createHmac('sha256', secret).update(canonical({ type, customer: refText(customer), time, data, version })).digest('base64url');
}
