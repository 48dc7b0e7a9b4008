import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureTenant } from '#event-store';
import { issueKey } from '../../../apps/api/src/access/api-keys.js';
import { type Child, finish, nextLine, spawnTypescript } from '../../support/child.js';
import type { BenchCase } from '../bench-case.js';
import { furnish } from '../doors.js';
import { fact, type House } from '../house.js';
import { percentile } from '../pace.js';

const [TENANTS, PER_SECOND, SECONDS] = [4, 200, 8];
/** Of each tenant: who listens to what. The last ones hear nothing. */
const LISTENERS = [['', 100], ['type=ticket.*', 100], ['type=survey.*', 50]] as const;

const said = (child: Child, line: string): Promise<string> => {
  const answer = nextLine(child);
  child.stdin.write(`${line}\n`);
  return answer;
};

/** Resident memory in MiB, and seconds of processor time, as Linux tells them. */
function usageOf({ pid }: Child): { mebibytes: number; seconds: number } {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return { mebibytes: Number(kibibytes) / 1_024, seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
}

/** 1,000 who listen while 200 facts a second are appended to four tenants: from the call of an append until the event has come, the 99th percentile in ms. */
export function feed(house: House): BenchCase {
  const children: Child[] = [];
  return {
    name: 'feed', unit: 'ms (p99)', lowerIsBetter: true, processes: 'one that serves, one that listens on 1,000 connections, one that appends', limitIs: 'bare node:http that is sent the same bytes and writes them to as many',
    prepare: async () => {
      const masterKey = await furnish(house);
      const start = (file: string, args: readonly string[] = []) => {
        const child = spawnTypescript(`test/bench/servers/${file}.ts`, args);
        children.push(child);
        return child;
      };
      const [ours, bare] = [start('ours', [house.url, masterKey]), start('feed-bare')];
      const [oursUrl, bareUrl] = [await nextLine(ours), await nextLine(bare)];
      const tenants = Array.from({ length: TENANTS }, (_, index) => `feed${index}`);
      const keys = await Promise.all(tenants.map(async (tenant) => {
        await ensureTenant(house.worker, tenant, 'Europe/Berlin');
        return (await issueKey(house.worker, { tenant, name: 'feed', role: 'subscriber', actor: { kind: 'system', id: 'bench' } })).key;
      }));
      const listening = async (name: string, server: Child, url: string, pathOf: (tenant: string, query: string) => string) => {
        const listeners = start('feed-listeners');
        const before = usageOf(server);
        for (const [index, tenant] of tenants.entries()) {
          for (const [query, count] of LISTENERS) listeners.stdin.write(`${JSON.stringify({ url, path: pathOf(tenant, query), key: keys[index], count })}\n`);
        }
        await said(listeners, 'open');
        await sleep(1_000);
        const after = usageOf(server);
        console.log(`\n${name}: ${Math.round(after.mebibytes - before.mebibytes)} MiB more for 1,000 who listen (${Math.round(before.mebibytes)} before)`);
        return listeners;
      };
      const oursListen = await listening('ours', ours, oursUrl, (tenant, query) => `/v1/events?from=now&${query}`);
      const bareListen = await listening('limit', bare, bareUrl, (tenant, query) => `/${tenant}${query.startsWith('type=survey') ? '/nothing' : ''}`);
      const side = (name: string, server: Child, listeners: Child, tell: (tenant: string) => Promise<unknown>) => async () => {
        const before = usageOf(server);
        const sent: Promise<unknown>[] = [];
        const began = performance.now();
        for (let turn = 0; turn < PER_SECOND * SECONDS; turn++) {
          await sleep(Math.max(0, began + (turn * 1_000) / PER_SECOND - performance.now()));
          sent.push(tell(tenants[turn % TENANTS]!));
        }
        await Promise.all(sent);
        await sleep(1_500);
        const took = JSON.parse(await said(listeners, 'report')) as number[];
        const [after, wanted] = [usageOf(server), PER_SECOND * SECONDS * 200];
        if (took.length !== wanted) throw new Error(`${name}: ${took.length} of ${wanted} events came.`);
        console.log(`\n${name}: ${took.length / SECONDS} deliveries/s; p50 ${percentile(took, 0.5)} ms, p99 ${percentile(took, 0.99)} ms, longest ${took.at(-1)} ms; ${
          Math.round(((after.seconds - before.seconds) / SECONDS) * 100)} % of one processor, ${Math.round(after.mebibytes)} MiB`);
        return percentile(took, 0.99);
      };
      let turn = 0;
      const stamped = () => { const { data, ...event } = fact(); return { ...event, data: { at: Date.now(), ...data } }; };
      const agent = new Agent({ keepAlive: true, maxSockets: 16 });
      const post = (tenant: string) => new Promise<void>((resolve, reject) => {
        const { id, source, type, occurredAt: time, data } = stamped();
        const event = { specversion: '1.0', id, source, type, subject: 'c-0', time, datacontenttype: 'application/json', dataschema: 'touchline:/v1/event-types/ticket.opened/schemas/1', typeversion: 1, observedat: time, recordedtime: time, sequence: '0000000001', position: '1.1000000', partitionkey: 'c-0', data };
        request(`${bareUrl}/${tenant}`, { method: 'POST', agent }, (response) => response.resume().once('end', resolve)).once('error', reject).end(`id: 1.1000000\nevent: ticket.opened\ndata: ${JSON.stringify(event)}\n\n`);
      });
      return {
        ours: side('ours', ours, oursListen, (tenant) => house.store.append([{ stream: { tenant, category: 'customer', id: `c-${turn++ % 500}` }, expected: 'any', events: [stamped()] }])),
        limit: side('limit', bare, bareListen, post),
      };
    },
    end: async () => void await Promise.all(children.map(finish)),
  };
}
