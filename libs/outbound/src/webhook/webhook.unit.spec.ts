import { createHmac, createPublicKey, verify } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { type ClientRequest, createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { upgrades } from '../testing/receiver.js';
import { retryAfter } from './answer.js';
import { webhookPoster } from './post-webhook.js';
import { isPublic, publicLookup, publicLookupBy } from './public-address.js';
import { signedHeaders } from './sign.js';
import { signingKey, verifyingText } from './signing-key.js';

let server: Server;
let url: string;
let status = 200;
let answers: (response: ServerResponse) => void;
const got: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push({ path: request.url!, headers: request.headers, body });
      answers(response);
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
});
afterAll(() => new Promise((done) => {
  server.close(done);
  server.closeAllConnections();
}));
beforeEach(() => {
  got.length = 0;
  answers = (response) => response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('thank you');
});

const secret = Buffer.from('a secret of thirty-two chars....');
const now = new Date('2026-11-26T10:00:00Z');
const hook = (to = url) => ({ url: to, keys: [signingKey('v1', secret)], id: 'V1', body: { type: 'survey.requested', data: { survey: 'V1' } } });
const allowing = webhookPoster({ allowPrivate: true });
const strict = webhookPoster({ allowPrivate: false });
const vector = JSON.parse(readFileSync('test/fixtures/webhooks/signature_vector.json', 'utf8')) as Record<string, string>;

describe('A webhook', () => {
  it('is signed as Standard Webhooks has it', () => {
    const key = signingKey('v1', Buffer.from(vector['secret']!.replace('whsec_', ''), 'base64'));
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature, body } = vector;
    expect(signedHeaders([key], { id: id!, at: new Date(Number(at) * 1_000), body: body! })).toEqual({ 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature });
    expect(verifyingText(key)).toBe(vector['secret']);
  });

  it('is signed by each key that it is given, so that a receiver checks it with the former secret or the new one', () => {
    const [former, next] = [signingKey('v1', secret), signingKey('v1', Buffer.alloc(32, 7))];
    const headers = signedHeaders([next, former], { id: 'V1', at: new Date(), body: '{"a":1}' });
    for (const key of [former, next]) expect(new Webhook(verifyingText(key)).verify('{"a":1}', headers)).toEqual({ a: 1 });
    expect(() => new Webhook(verifyingText(former)).verify('{"a":2}', headers)).toThrow('No matching signature');
    expect(() => new Webhook(verifyingText(signingKey('v1', Buffer.alloc(32, 8)))).verify('{"a":1}', headers)).toThrow('No matching signature');
  });

  it('is signed with Ed25519 where the receiver is not to know the secret', () => {
    const key = signingKey('v1a', Buffer.alloc(32, 9));
    const { 'webhook-signature': signature } = signedHeaders([key], { id: 'V1', at: now, body: '{}' });
    const bytes = Buffer.from(verifyingText(key).replace('whpk_', ''), 'base64');
    const known = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]), format: 'der', type: 'spki' });
    const isGood = (text: string) => verify(null, Buffer.from(text), known, Buffer.from(signature!.replace('v1a,', ''), 'base64'));
    expect([bytes.length, isGood(`V1.${now.getTime() / 1_000}.{}`), isGood(`V1.${now.getTime() / 1_000}.{ }`)]).toEqual([32, true, false]);
  });

  it('is posted, with its signature over what is received', async () => {
    status = 204;
    expect(await allowing(hook(), now)).toEqual({ status: 'sent', answer: { code: 204, text: '', retryAfterMs: null } });
    const { headers, body } = got[0]!;
    expect(JSON.parse(body)).toEqual(hook().body);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', secret).update(`V1.${headers['webhook-timestamp'] as string}.${body}`).digest('base64')}`);
  });

  it.each([[302, false], [500, false], [404, false], [410, true]])('that is answered with %i was not taken, and no redirect is followed', async (code, forGood) => {
    status = code;
    expect(await allowing(hook(), now)).toMatchObject({ status: 'refused', forGood, why: `the receiver answered ${code}`, answer: { code, text: 'thank you' } });
    expect(got.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('is told when it may come again, in seconds or by a date', async () => {
    answers = (response) => response.writeHead(429, { 'retry-after': '120' }).end();
    expect(await allowing(hook(), now)).toMatchObject({ answer: { code: 429, retryAfterMs: 120_000 } });
    expect([retryAfter('Thu, 26 Nov 2026 10:05:00 GMT', now), retryAfter('Thu, 26 Nov 2026 09:00:00 GMT', now), retryAfter('soon', now), retryAfter(undefined, now)]).toEqual([300_000, 0, null, null]);
  });

  it('has its answer read up to a limit', async () => {
    let given = 0;
    answers = (response) => {
      const stop = () => clearInterval(more);
      response.on('error', stop).on('close', stop).writeHead(200).write('first\u0000line\n');
      const more = setInterval(() => { response.write('x'.repeat(1_024)); given += 1; }, 10);
    };
    expect(await allowing(hook(), now)).toMatchObject({ status: 'sent', answer: { text: `first line ${'x'.repeat(189)}` } });
    // Of some two hundred that it would have given until it is not waited for any more.
    expect(given).toBeLessThan(50);
  });

  it('is waited for two seconds where the answer does not end, and then its code counts', async () => {
    const began = performance.now();
    answers = (response) => void response.writeHead(202).write('a bit');
    expect(await allowing(hook(), now)).toMatchObject({ status: 'sent', answer: { code: 202, text: 'a bit' } });
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it('waits for an answer for a while only', async () => {
    answers = () => undefined;
    expect(await webhookPoster({ allowPrivate: true, waitMs: 200 })(hook(), now)).toEqual({ status: 'refused', forGood: false, why: 'no answer in time' });
  });

  it('is refused where the receiver turns to another protocol', async () => {
    const ends: boolean[] = [];
    answers = (response) => {
      response.socket!.once('close', () => ends.push(true));
      upgrades(response, undefined as never);
    };
    expect(await allowing(hook(), now)).toEqual({ status: 'refused', forGood: false, why: 'the receiver answered 101', answer: { code: 101, text: '', retryAfterMs: null } });
    for (const began = Date.now(); ends.length === 0 && Date.now() - began < 5_000;) await new Promise((wake) => setTimeout(wake, 10));
    expect(ends).toEqual([true]);
  });

  it('ends in time where Node ends the request and says nothing of it', async () => {
    answers = (response) => upgrades(response, undefined as never);
    const deafen = (message: unknown) => void (message as { request: ClientRequest }).request.removeAllListeners('upgrade');
    subscribe('http.client.request.start', deafen);
    expect(await webhookPoster({ allowPrivate: true, waitMs: 200 })(hook(), now)).toEqual({ status: 'refused', forGood: false, why: 'no answer in time' });
    unsubscribe('http.client.request.start', deafen);
  });

  it('ends in time where the receiver says again and again that it is at it', async () => {
    let again!: NodeJS.Timeout;
    answers = (response) => {
      again = setInterval(() => response.writeProcessing(), 20);
    };
    expect(await webhookPoster({ allowPrivate: true, waitMs: 200 })(hook(), now)).toMatchObject({ status: 'refused', why: 'no answer in time' });
    clearInterval(again);
  });

  it('that is too large is not sent, and not cut', async () => {
    expect(await webhookPoster({ allowPrivate: true, mostBytes: 20 })(hook(), now)).toEqual({ status: 'refused', forGood: true, why: 'the body has 50 bytes; 20 are allowed' });
    expect(got).toEqual([]);
  });

  it('goes on where the receiver has closed a connection that was kept', async () => {
    status = 200;
    const poster = webhookPoster({ allowPrivate: true });
    await poster(hook(), now);
    server.closeAllConnections();
    expect(await poster(hook(), now)).toMatchObject({ status: 'sent' });
  });

  it('is not posted again at once where a new connection was cut off: somebody may have read it', async () => {
    answers = (response) => response.destroy();
    expect(await webhookPoster({ allowPrivate: true })(hook(), now)).toEqual({ status: 'refused', forGood: false, why: 'ECONNRESET' });
    expect(got).toHaveLength(1);
  });

  it('does not go to ourselves or our neighbours, however they are written, unless that is allowed', async () => {
    status = 200;
    const { port } = new URL(url);
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '0x7f.1', '127.1', '10.0.0.5', '169.254.169.254']) {
      expect([host, await strict(hook(`http://${host}:${port}/hook`), now)]).toEqual([host, { status: 'refused', forGood: false, why: 'the address is not public, and TOUCHLINE_PRIVATE_WEBHOOKS is off' }]);
    }
    expect(await strict(hook(`http://localhost:${port}/hook`), now)).toEqual({ status: 'refused', forGood: false, why: 'the address that its name stands for is not public, and TOUCHLINE_PRIVATE_WEBHOOKS is off' });
    expect(got).toEqual([]);
    expect(await allowing(hook(`http://localhost:${port}/hook`), now)).toMatchObject({ status: 'sent' });
    expect(await strict(hook('file:///etc/passwd'), now)).toMatchObject({ status: 'refused', forGood: true });
  });

  it('to nobody is tried again', async () => {
    expect(await allowing(hook('http://127.0.0.1:1/'), now)).toEqual({ status: 'refused', forGood: false, why: 'ECONNREFUSED' });
  });
});

describe('An address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => expect(isPublic(address)).toBe(true));
  it.each(['172.16.0.1', '192.168.1.1', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:10.0.0.1', 'fd00::1', 'fe80::1', '64:ff9b::7f00:1', '::ffff:0:7f00:1', '::7f00:1', '3fff::1', '5f00::1', '2001:db8::1', '4000::1', '0x7f.1', 'nonsense'])('%s is not', (address) => expect(isPublic(address)).toBe(false));

  it('that a name stands for is looked at before anything is sent to it', async () => {
    const refused = await new Promise((done) => publicLookup('localhost', { all: true }, (error) => done(error?.name)));
    expect(refused).toBe('PrivateAddress');
  });

  it('of a name that has others is refused as well: each of them may be the one that is connected to', async () => {
    const found = (...addresses: string[]) => new Promise((done) => publicLookupBy((_name, _options, tell) => tell(null, addresses.map((address) => ({ address, family: 4 }))))('both.example', {}, (error, address) => done(error?.name ?? address)));
    expect([await found('8.8.8.8', '1.1.1.1'), await found('8.8.8.8', '10.0.0.5'), await found('10.0.0.5', '8.8.8.8')]).toEqual(['8.8.8.8', 'PrivateAddress', 'PrivateAddress']);
  });
});
