import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startMailServer, type MailServer } from '../testing/mail-server.js';
import { smtpMailer } from './mailer.js';

const mail = { to: 'ann@otter.example', subject: 'One question', text: 'Well?\n', html: '<p>Well?</p>', id: 'survey-V1' };
const servers: MailServer[] = [];
const raw: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await Promise.all(raw.splice(0).map((server) => new Promise((done) => server.close(done))));
});
const start = async (...answers: Parameters<typeof startMailServer>) => {
  const server = await startMailServer(...answers);
  servers.push(server);
  return server;
};
const send = (url: string) => smtpMailer({ smtpUrl: url, from: 'Support <support@us.example>' })(mail);

/** Speaks SMTP line by line, and hangs up at a word. */
async function hangsUpAt(word: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).write('220 here\r\n');
    let inMail = false;
    socket.on('data', (bytes) => {
      const line = bytes.toString();
      if (line.startsWith(word) || (inMail && word === '.')) return socket.destroy();
      inMail ||= line.startsWith('DATA');
      return socket.write(line.startsWith('DATA') ? '354 go\r\n' : '250 fine\r\n');
    });
  });
  raw.push(server);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`;
}

describe('A mail', () => {
  it('arrives with who sent it, to whom, in words and marked up, and always with the same Message-ID', async () => {
    const server = await start();
    expect([await send(server.url), await send(server.url)]).toEqual([{ status: 'sent' }, { status: 'sent' }]);
    expect(server.mails.map(({ to, from }) => [to, from])).toEqual(Array(2).fill([['ann@otter.example'], 'support@us.example']));
    for (const { source } of server.mails) {
      expect(source).toContain('From: Support <support@us.example>');
      expect(source).toContain('Message-ID: <survey-V1@us.example>');
      expect(source).toContain('Auto-Submitted: auto-generated');
      expect(source).toMatch(/multipart\/alternative/);
    }
  });

  it.each([
    ['a server that refuses the person for good', { rcpt: 550 }, { status: 'refused', forGood: true }],
    ['one that is busy', { rcpt: 451 }, { status: 'refused', forGood: false }],
    ['one that refuses what it reads', { data: 554 }, { status: 'refused', forGood: true }],
    ['one that has no room now', { data: 452 }, { status: 'refused', forGood: false }],
  ] as const)('was certainly not taken by %s', async (_, answers, verdict) => {
    const server = await start(answers);
    expect(await send(server.url)).toMatchObject(verdict);
    expect(server.mails).toEqual([]);
  });

  it('was not taken where nobody listens, or who hangs up before it; and may have been where the answer to it is missing', async () => {
    expect(await send('smtp://127.0.0.1:1')).toMatchObject({ status: 'refused', forGood: false, why: expect.stringContaining('ECONNREFUSED') });
    expect(await send('smtp://nowhere.invalid')).toMatchObject({ status: 'refused', forGood: false });
    expect(await send(await hangsUpAt('.'))).toMatchObject({ status: 'uncertain' });
  }, 30_000);
});
