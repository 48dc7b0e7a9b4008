import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { hashOf, markOf, parseKeyText } from './key-text.js';

export const SESSION_COOKIE = 'touchline_session';
const HOURS = 12;
const TEXT = /^([a-z0-9]{16})\.([A-Za-z0-9_-]{12})\.(\d{13})\.([A-Za-z0-9_-]{43})$/;

/** The key, and which of its secrets, that a session was opened with. */
export interface SessionClaim {
  readonly keyId: string;
  readonly mark: string;
}

/** Browser sessions without a table: `keyId.mark.expiry.mac`. A session ends with the secret that opened it, and after 12 hours. */
export class Sessions {
  private readonly secret: Buffer;

  constructor(masterKey: string, private readonly secure: boolean) {
    this.secret = Buffer.from(hkdfSync('sha256', Buffer.from(masterKey, 'base64'), '', 'touchline session', 32));
  }

  /** The Set-Cookie value that opens a session for who has proven a key, given as its text. @throws TypeError for a text that is no key */
  open(key: string, now: Date): string {
    const parsed = parseKeyText(key);
    if (!parsed) throw new TypeError('A session is opened with a key.');
    const claim = `${parsed.id}.${markOf(hashOf(parsed.secret))}.${now.getTime() + HOURS * 3_600_000}`;
    return this.cookie(`${claim}.${this.mac(claim).toString('base64url')}`, HOURS * 3_600);
  }

  closing(): string {
    return this.cookie('', 0);
  }

  /** What a Cookie header claims; null when there is no session in it, or a forged or old one. */
  claimOf(cookies: string | undefined, now: Date): SessionClaim | null {
    const value = cookies?.split(';').map((pair) => pair.trim()).find((pair) => pair.startsWith(`${SESSION_COOKIE}=`))?.slice(SESSION_COOKIE.length + 1);
    const [, keyId, mark, expiry, mac] = TEXT.exec(value ?? '') ?? [];
    if (!keyId || !mark || !expiry || !mac || Number(expiry) <= now.getTime()) return null;
    const given = Buffer.from(mac, 'base64url');
    const right = this.mac(`${keyId}.${mark}.${expiry}`);
    return given.length === right.length && timingSafeEqual(given, right) ? { keyId, mark } : null;
  }

  private mac(claim: string): Buffer {
    return createHmac('sha256', this.secret).update(claim).digest();
  }

  private cookie(value: string, seconds: number): string {
    return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${this.secure ? '; Secure' : ''}`;
  }
}
