import { createHash, type KeyObject, sign } from 'node:crypto';
import { canonical, formatPosition, type Position } from '#journey';
import type { Database } from '../postgres/database.js';
import { ed25519Key, publicText } from '../sealing/ed25519.js';
import type { KeyRing } from '../sealing/key-ring.js';
import type { ExportRange } from './export-range.js';
import { readExport } from './read-export.js';

export const LOG_EXPORT = 'touchline/log-export/1';

/** What an export of the log is, so that somebody else can tell whether it is whole. */
export interface LogManifest {
  readonly format: typeof LOG_EXPORT;
  readonly tenant: string;
  /** The life of the log. */
  readonly epoch: number;
  /** All events of the tenant after the first and up to the second position. */
  readonly from: Position;
  readonly to: Position;
  /** Of the first and the last event; null where there is none. */
  readonly first: Position | null;
  readonly last: Position | null;
  readonly events: number;
  readonly bytes: number;
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string;
  /** Version of Touchline that made it. */
  readonly software: string;
  readonly at: string;
}

export interface SignedManifest {
  readonly manifest: LogManifest;
  /** Ed25519 over the RFC 8785 form of the manifest, in base64. */
  readonly signature: string;
  /** The tenant's key, its 32 bytes in base64. */
  readonly publicKey: string;
}

/** The key that signs the exports of a tenant. It stays the same when the master key is changed. Needs the worker role. */
const exportKey = async (keys: KeyRing, tenant: string): Promise<KeyObject> => ed25519Key(await keys.tenantSecret(tenant, 'log-export'));

export const exportPublicKey = async (keys: KeyRing, tenant: string): Promise<string> => publicText(await exportKey(keys, tenant));

interface Making {
  readonly reader: Database;
  readonly keys: KeyRing;
  readonly software: string;
  readonly now: () => Date;
}

/** Reads the range and signs what it is. Says now and then how far it has come; the manifest is the last that it says. */
export async function* makeManifest({ reader, keys, software, now }: Making, range: ExportRange): AsyncGenerator<{ readonly progress: { readonly events: number } } | SignedManifest> {
  const hash = createHash('sha256');
  let [events, bytes, first, last]: [number, number, number | null, number | null] = [0, 0, null, null];
  for await (const slice of readExport(reader, range)) {
    const chunk = Buffer.from(slice.text);
    hash.update(chunk);
    events += slice.events;
    bytes += chunk.length;
    [first, last] = [first ?? slice.first, slice.last];
    yield { progress: { events } };
  }
  const position = (n: number) => formatPosition(range.epoch, n);
  const manifest: LogManifest = {
    format: LOG_EXPORT, tenant: range.tenant, epoch: range.epoch, from: position(range.after), to: position(range.upTo), first: first === null ? null : position(first), last: last === null ? null : position(last),
    events, bytes, sha256: hash.digest('hex'), software, at: now().toISOString(),
  };
  const key = await exportKey(keys, range.tenant);
  yield { manifest, signature: sign(null, Buffer.from(canonical(manifest)), key).toString('base64'), publicKey: publicText(key) };
}
