import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** Status codes to refuse with, at the recipient or after the mail was read; may be changed. */
  readonly refuse: { rcpt?: number; data?: number };
  close(): Promise<void>;
}

/** A real mail server that keeps what it gets. */
export async function startMailServer(refuse: { rcpt?: number; data?: number } = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const refusing = { ...refuse };
  const no = (code: number) => Object.assign(new Error('No'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) => done(refusing.rcpt === undefined ? null : no(refusing.rcpt)),
    onData: (stream, session, done) => {
      void text(stream).then((source) => {
        const { mailFrom, rcptTo } = session.envelope;
        if (refusing.data === undefined) mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), source });
        setImmediate(done, refusing.data === undefined ? null : no(refusing.data));
      });
    },
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, mails, refuse: refusing, close: () => new Promise((closed) => void server.close(() => closed())) };
}
