import { Inject, Injectable } from '@nestjs/common';
import { type Progress, type Quarter, quarterAfter, quarterOfDay } from '#insight';
import { calendarOf, companyFacts, gatheringReport, type GatheredReport, gatherReport, isFirstLook, keepReport, keptFile, publishedIn, type PublishedReport, publishNext, type ReportFormat, verifyReport } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';

type Asked = Parameters<typeof gatherReport>[1];

const COMPANY = 'company';
/** Quarters that a page offers: the one that runs, and those of two years before. */
const QUARTERS = 9;

/** Strategic reports: made, published, served as they were published, and verified. */
@Injectable()
export class Reports {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(OwnFacts) private readonly facts: OwnFacts) {}

  /** @throws ApiProblem where no customer has the segment that is asked for */
  async gather(options: Asked): Promise<GatheredReport> {
    return assertSegment(await gatherReport(this.reading, options), options);
  }

  /** The same, saying how far it is. */
  async *gathering(options: Asked, problem: SegmentProblem = 'invalid-parameter'): AsyncGenerator<Progress, GatheredReport, void> {
    return assertSegment(yield* gatheringReport(this.reading, options), options, problem);
  }

  /** The latest quarters that can be reported, the one that runs first, on the clock of the tenant. */
  async quarters(tenant: string): Promise<{ quarters: Quarter[]; timeZone: string }> {
    const { today } = await this.connections.reader.inTenant(tenant, (sql) => calendarOf(sql, tenant, new Date()));
    return { quarters: Array.from({ length: QUARTERS }, (_, back) => quarterAfter(quarterOfDay(today.day), -back)), timeZone: today.timeZone };
  }

  /** What was published, the newest first. */
  async list(tenant: string): Promise<PublishedReport[]> {
    return publishedIn(await this.connections.reader.inTenant(tenant, (sql) => companyFacts(sql, tenant)));
  }

  /** @throws ApiProblem `report-unknown` */
  async find(tenant: string, id: string): Promise<PublishedReport> {
    const found = (await this.list(tenant)).find(({ report }) => report === id);
    if (!found) throw new ApiProblem('report-unknown', `No report ${id} was published.`);
    return found;
  }

  /** Keeps the files, and says so in the log. Whoever publishes at the same moment gets the number after. */
  async *publish(caller: Caller, { period, segment }: { readonly period?: string | undefined; readonly segment?: string | undefined }): AsyncGenerator<Progress, PublishedReport & { readonly position: string }, void> {
    const { tenant } = caller;
    const options = { tenant, ...(period !== undefined && { period }), ...(segment !== undefined && { segment }) };
    const { report: { period: quarter } } = yield* this.gathering(options, 'invalid-body');
    const published = await publishNext({
      list: () => this.list(tenant), period: quarter, segment: segment ?? null, make: (before) => keepReport(this.reading, this.connections.worker, { ...options, period: quarter }, before),
      say: (report, data) => this.facts.decide(caller, COMPANY, `report:${report}`, (known) => (known.length > 0 ? null : { type: 'company.report-published', data: { report, ...data } })),
    });
    if (published) return { ...await this.find(tenant, published.report), position: published.said };
    throw new ApiProblem('not-ready', 'Others publish reports at this moment.');
  }

  /** The file as it was published; that a person looked is noted once a day of the tenant's calendar, unless only the head of the answer is asked for. @throws ApiProblem `report-unknown` */
  async file(caller: Caller, id: string, format: ReportFormat, isLook: boolean): Promise<{ bytes: Buffer; sha256: string }> {
    const { tenant, actor, role } = caller;
    const { files } = await this.find(tenant, id);
    const file = files.find((each) => each.format === format);
    const bytes = file && await this.connections.reader.inTenant(tenant, (sql) => keptFile(sql, tenant, file.sha256));
    if (!file || !bytes) throw new ApiProblem('report-unknown', `The ${format} of ${id} is not kept.`);
    if (isLook && actor.kind === 'person') {
      const now = new Date();
      const { dayOf } = await this.connections.reader.inTenant(tenant, (sql) => calendarOf(sql, tenant, now));
      await this.facts.decide(caller, COMPANY, `views:${id}`, (known) => (
        isFirstLook(known, { viewer: actor.id, at: now.toISOString(), dayOf }) ? { type: 'company.report-viewed', data: { report: id, role, format } } : null));
    }
    return { bytes, sha256: file.sha256 };
  }

  async verify(tenant: string, id: string) {
    return verifyReport(this.reading, tenant, await this.find(tenant, id));
  }

  private get reading() {
    return { reader: this.connections.reader, now: () => new Date() };
  }
}

type SegmentProblem = 'invalid-parameter' | 'invalid-body';

function assertSegment(found: GatheredReport, { segment }: Asked, problem: SegmentProblem = 'invalid-parameter'): GatheredReport {
  if (segment === undefined || found.segments.includes(segment)) return found;
  const detail = found.segments.length === 0 ? 'No customer has a segment.' : `No customer has the segment ${segment}; there are ${found.segments.join(', ')}.`;
  throw new ApiProblem(problem, detail, { errors: [{ pointer: '/segment', detail }] });
}
