import { createHash, verify } from 'node:crypto';
import { canonical, parsePosition } from '#journey';
import { publicKeyFrom } from '../sealing/ed25519.js';
import { LOG_EXPORT, type SignedManifest } from './manifest.js';

/**
 * Holds the bytes of an export against its manifest, without the log. `trusted`: the public key that it must be signed with; without it, by the one that it names itself.
 * @returns what is wrong, in sentences; nothing when all is well
 */
export async function checkExport(bytes: AsyncIterable<Buffer>, signed: SignedManifest, trusted?: string): Promise<string[]> {
  const { manifest } = signed;
  if (manifest?.format !== LOG_EXPORT) return [`The manifest is not of the format ${LOG_EXPORT}.`];
  const flaws = signatureFlaws(signed, trusted);
  const hash = createHash('sha256');
  const found = new Lines(manifest);
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.length;
    found.take(chunk);
  }
  const differs = (what: string, is: unknown, wanted: unknown) => { if (is !== wanted) flaws.push(`${what}: the manifest says ${String(wanted)}, the file has ${String(is)}.`); };
  differs('Bytes', size, manifest.bytes);
  differs('Events', found.count, manifest.events);
  differs('First event', found.first, manifest.first === null ? null : parsePosition(manifest.first).n);
  differs('Last event', found.last, manifest.last === null ? null : parsePosition(manifest.last).n);
  differs('SHA-256', hash.digest('hex'), manifest.sha256);
  return [...flaws, ...found.end()];
}

function signatureFlaws({ manifest, signature, publicKey }: SignedManifest, trusted: string | undefined): string[] {
  if (trusted !== undefined && publicKey !== trusted) return [`Key: it is signed with ${publicKey}, not with ${trusted}.`];
  const key = publicKeyFrom(String(publicKey));
  const holds = key !== null && verify(null, Buffer.from(canonical(manifest)), key, Buffer.from(String(signature), 'base64'));
  return holds ? [] : ['Signature: it is not that of this manifest by this key.'];
}

const NEWLINE = 10;

/** The lines of a file as their bytes come. Of flaws of lines, the first is told. */
class Lines {
  count = 0;
  first: number | null = null;
  last: number | null = null;
  private rest: Buffer[] = [];
  private flaw: string | null = null;

  constructor(private readonly manifest: { readonly tenant: string; readonly from: string; readonly to: string }) {}

  take(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.line(Buffer.concat([...this.rest, chunk.subarray(from, end)]).toString('utf8'));
      this.rest = [];
      from = end + 1;
    }
    if (from < chunk.length) this.rest.push(Buffer.from(chunk.subarray(from)));
  }

  end(): string[] {
    return [...(this.flaw === null ? [] : [this.flaw]), ...(this.rest.length > 0 ? ['The last line is cut off.'] : [])];
  }

  private line(text: string): void {
    this.count += 1;
    const says = (what: string) => { this.flaw ??= `Line ${this.count}: ${what}`; };
    const event = parsed(text);
    if (!event || typeof event.position !== 'number') return says('it is no event.');
    const { position } = event;
    if (position <= (this.last ?? parsePosition(this.manifest.from).n)) says('it does not stand behind the line before, or is from before the range.');
    if (position > parsePosition(this.manifest.to).n) says('it is from behind the range.');
    if (event.stream?.tenant !== this.manifest.tenant) says('it is of another tenant.');
    this.first ??= position;
    this.last = position;
  }
}

function parsed(text: string): { readonly position?: unknown; readonly stream?: { readonly tenant?: unknown } } | null {
  try {
    return JSON.parse(text) as object | null;
  } catch {
    return null;
  }
}
