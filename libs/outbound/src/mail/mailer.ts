import { createTransport } from 'nodemailer';
import type { Delivery } from '../delivery.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** For ever the same of the same mail, so that who gets it twice can tell. Letters, digits and dashes. */
  readonly id: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface MailAttachment { readonly filename: string; readonly content: Buffer; readonly contentType: string }

/** Sends a mail; never fails. */
export type Mailer = (mail: Mail) => Promise<Delivery>;

export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password where they are wanted. */
  readonly smtpUrl: string;
  /** Such as `Support <support@example.com>`. */
  readonly from: string;
}

const [CONNECT_MS, SILENCE_MS] = [10_000, 20_000];

/** Sends mails by SMTP, each over a connection of its own. */
export function smtpMailer({ smtpUrl, from }: MailSettings): Mailer {
  const options = { connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS, socketTimeout: SILENCE_MS };
  const transport = createTransport({ url: smtpUrl, ...options, disableFileAccess: true, disableUrlAccess: true });
  const host = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return async ({ to, subject, text, html, id, attachments = [] }) => {
    try {
      await transport.sendMail({
        from, to: { name: '', address: to }, subject, text, html, attachments: [...attachments], messageId: `<${id}@${host}>`, headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { status: 'sent' };
    } catch (error) {
      return failureOf(error as SmtpFailure);
    }
  };
}

interface SmtpFailure extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly syscall?: string;
  readonly originalCode?: string;
  readonly timeoutType?: string;
}

const BEFORE_THE_MAIL = new Set(['EDNS', 'EAUTH', 'ENOAUTH', 'ETLS', 'EENVELOPE', 'ECONFIG']);

/** A server that says no, and one that was never reached, has not taken the mail; one that fell silent may have. */
function failureOf({ code = '', responseCode, syscall, originalCode, timeoutType }: SmtpFailure): Delivery {
  const why = ['SMTP', code, originalCode, responseCode].filter(Boolean).join(' ');
  const unreached = syscall === 'connect' || syscall === 'getaddrinfo' || (timeoutType !== undefined && timeoutType !== 'SOCKET_TIMEOUT') || BEFORE_THE_MAIL.has(code);
  if (responseCode !== undefined) return { status: 'refused', forGood: responseCode >= 500 && code !== 'EAUTH', why };
  return unreached ? { status: 'refused', forGood: false, why } : { status: 'uncertain', why };
}
