import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export const SESSION_COOKIE = 'touchline_session';
const HOURS = 12;
const TEXT = /^([a-z0-9]{16})\.(\d{13})\.([A-Za-z0-9_-]{43})$/;

/** Browser sessions without a table: `keyId.expiry.mac`. A session ends with its key, and after 12 hours. */
export class Sessions {
  private readonly secret: Buffer;

  constructor(masterKey: string, private readonly secure: boolean) {
    this.secret = Buffer.from(hkdfSync('sha256', Buffer.from(masterKey, 'base64'), '', 'touchline session', 32));
  }

  /** The Set-Cookie value that opens a session. */
  open(keyId: string, now: Date): string {
    const claim = `${keyId}.${now.getTime() + HOURS * 3_600_000}`;
    return this.cookie(`${claim}.${this.mac(claim).toString('base64url')}`, HOURS * 3_600);
  }

  closing(): string {
    return this.cookie('', 0);
  }

  /** The key behind a Cookie header; null when there is no session in it, or a forged or old one. */
  keyIdOf(cookies: string | undefined, now: Date): string | null {
    const value = cookies?.split(';').map((pair) => pair.trim()).find((pair) => pair.startsWith(`${SESSION_COOKIE}=`))?.slice(SESSION_COOKIE.length + 1);
    const [, keyId, expiry, mac] = TEXT.exec(value ?? '') ?? [];
    if (!keyId || !expiry || !mac || Number(expiry) <= now.getTime()) return null;
    const given = Buffer.from(mac, 'base64url');
    const right = this.mac(`${keyId}.${expiry}`);
    return given.length === right.length && timingSafeEqual(given, right) ? keyId : null;
  }

  private mac(claim: string): Buffer {
    return createHmac('sha256', this.secret).update(claim).digest();
  }

  private cookie(value: string, seconds: number): string {
    return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${this.secure ? '; Secure' : ''}`;
  }
}
