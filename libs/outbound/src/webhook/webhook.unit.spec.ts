import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { webhookPoster } from './post-webhook.js';
import { isPublic, publicLookup, publicLookupBy } from './public-address.js';
import { signedHeaders } from './sign.js';

let server: Server;
let url: string;
let status = 200;
const got: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push({ path: request.url!, headers: request.headers, body });
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('thank you');
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => { got.length = 0; });

const secret = Buffer.from('a secret of thirty-two characters');
const now = new Date('2026-11-26T10:00:00Z');
const hook = (to = url) => ({ url: to, secret, id: 'V1', body: { type: 'survey.requested', data: { survey: 'V1' } } });
const allowing = webhookPoster({ allowPrivate: true });
const strict = webhookPoster({ allowPrivate: false });

describe('A webhook', () => {
  it('is signed as Standard Webhooks has it', () => {
    // The example of the specification.
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    expect(signedHeaders(key, { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' }))
      .toEqual({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' });
  });

  it('is posted, with its signature over what is received', async () => {
    status = 204;
    expect(await allowing(hook(), now)).toEqual({ status: 'sent' });
    const { headers, body } = got[0]!;
    expect(JSON.parse(body)).toEqual(hook().body);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', secret).update(`V1.${headers['webhook-timestamp'] as string}.${body}`).digest('base64')}`);
  });

  it.each([[302, false], [500, false], [404, false], [410, true]])('that is answered with %i was not taken, and no redirect is followed', async (code, forGood) => {
    status = code;
    expect(await allowing(hook(), now)).toEqual({ status: 'refused', forGood, why: `the receiver answered ${code}` });
    expect(got.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('does not go to ourselves or our neighbours, however they are written, unless that is allowed', async () => {
    status = 200;
    const { port } = new URL(url);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '0x7f.1', '127.1', '10.0.0.5', '169.254.169.254']) {
      expect([host, await strict(hook(`http://${host}:${port}/hook`), now)]).toEqual([host, { status: 'refused', forGood: true, why: 'the address is not public' }]);
    }
    expect(got).toEqual([]);
    expect(await allowing(hook(`http://localhost:${port}/hook`), now)).toEqual({ status: 'sent' });
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
