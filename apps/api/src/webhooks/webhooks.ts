import { Inject, Injectable } from '@nestjs/common';
import type { Sql } from '#event-store';
import { Intake } from '#intake';
import { changeEndpoint, createEndpoint, deleteEndpoint, disableEndpoint, enableEndpoint, type EndpointNow, type EndpointSettings, findEndpoint, listEndpoints, parseFilter, REPORT_PUBLISHED, rotateSecret, type Start, startAt, verifyingTexts } from '#outbound';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerIds } from '../reads/customer-ids.js';
import type { NewWebhookDto, WebhookDto } from './webhook.dto.js';
import { viewOf } from './webhook-view.js';

const MOST = 200;
const ID = /^wh_[0-9a-f]{16}$/;

/** Who is told of facts by webhook. Endpoints are settings in a table: changed and deleted for good. */
@Injectable()
export class Webhooks {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Intake) private readonly intake: Intake, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  async list(tenant: string) {
    return (await this.connections.reader.inTenant(tenant, (sql) => listEndpoints(sql, tenant))).map(viewOf);
  }

  /** @throws ApiProblem `webhook-unknown` */
  async find(tenant: string, id: string): Promise<EndpointNow> {
    return known(ID.test(id) ? await this.connections.reader.inTenant(tenant, (sql) => findEndpoint(sql, tenant, id)) : undefined, id);
  }

  async create({ tenant, actor }: Caller, { start = 'now', enabled = true, ...sent }: NewWebhookDto) {
    const { worker, store } = this.connections;
    const settings = settingsIn(await this.named(tenant, sent));
    if ((await this.list(tenant)).length >= MOST) throw new ApiProblem('webhooks-too-many', `There are ${MOST} already.`);
    const from = await startAt(store, worker, startIn(start));
    const id = await worker.transaction((sql) => createEndpoint(sql, tenant, { ...settings, enabled, start: from, by: actor.id }));
    return { ...viewOf(await this.changed(tenant, id)), ...await this.secret(tenant, id) };
  }

  async change(tenant: string, id: string, sent: WebhookDto) {
    const settings = settingsIn(await this.named(tenant, sent));
    known(await this.hold(id, (sql) => changeEndpoint(sql, tenant, id, settings)), id);
    return viewOf(await this.changed(tenant, id));
  }

  async remove(tenant: string, id: string): Promise<void> {
    known(await this.hold(id, (sql) => deleteEndpoint(sql, tenant, id)), id);
    this.connections.store.announce();
  }

  async enable(tenant: string, id: string, enabled: boolean) {
    known(await this.hold(id, (sql) => (enabled ? enableEndpoint(sql, tenant, id) : disableEndpoint(sql, tenant, id))), id);
    return viewOf(await this.changed(tenant, id));
  }

  async rotate(tenant: string, id: string, graceHours: number) {
    known(await this.hold(id, (sql) => rotateSecret(sql, tenant, id, graceHours)), id);
    return this.secret(tenant, id);
  }

  /** What its receiver checks signatures with; the one before as long as that is good, too. */
  async secret(tenant: string, id: string) {
    const endpoint = await this.find(tenant, id);
    const [secret, former = null] = await verifyingTexts(this.intake.keys, endpoint, new Date());
    return { secret: secret!, former, formerUntil: former === null ? null : endpoint.formerUntil!.toISOString() };
  }

  /** Does something with an endpoint, one after the other. @returns what `work` does; undefined for what is no id */
  hold<T>(id: string, work: (sql: Sql) => Promise<T>): Promise<T | undefined> {
    return ID.test(id) ? this.connections.worker.transaction(work) : Promise.resolve(undefined);
  }

  /** With customers by our ids, which never change. @throws ApiProblem `customer-unknown` */
  private async named(tenant: string, sent: WebhookDto): Promise<WebhookDto> {
    const customers = sent.filter?.customers;
    return customers ? { ...sent, filter: { ...sent.filter, customers: await this.ids.findKnown(tenant, customers, (place) => `/filter/customers/${place}`) } } : sent;
  }

  /** Whoever follows the log, and whoever sends, looks again. */
  private changed(tenant: string, id: string): Promise<EndpointNow> {
    this.connections.store.announce();
    return this.find(tenant, id);
  }
}

/** @throws ApiProblem `webhook-unknown` for nothing */
export function known<T>(found: T | undefined | null | false, id: string): T {
  if (found === undefined || found === null || found === false) throw new ApiProblem('webhook-unknown', `No webhook of yours is called ${id.slice(0, 64)}.`);
  return found;
}

/** @throws ApiProblem that points at all that is wrong */
function settingsIn({ url, description, filter, ordered = true, signature = 'v1', unseal = false }: WebhookDto): EndpointSettings {
  const read = parseFilter(filter === undefined ? {} : JSON.parse(JSON.stringify(filter)), [REPORT_PUBLISHED]);
  const errors = [
    ...(URL.canParse(url) ? [] : [{ pointer: '/url', detail: '`url` is no address.' }]),
    ...(unseal && !url.startsWith('https:') ? [{ pointer: '/unseal', detail: 'Personal fields are opened over https only.' }] : []),
    ...('flaws' in read ? read.flaws.map(({ pointer, detail }) => ({ pointer: `/filter${pointer}`, detail })) : []),
  ];
  if (errors.length > 0 || 'flaws' in read) throw new ApiProblem('invalid-body', errors[0]!.detail, { errors });
  return { url, description: description ?? null, filter: { ...read.filter }, ordered, signature, unseal };
}

function startIn(text: string): Start {
  if (text === 'beginning' || text === 'now') return text;
  if (/^\d+\.\d+$/.test(text)) return { position: text };
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new ApiProblem('invalid-body', '`start` names an instant that does not exist.', { errors: [{ pointer: '/start', detail: '`start` names an instant that does not exist.' }] });
  return { time: new Date(at).toISOString() };
}
