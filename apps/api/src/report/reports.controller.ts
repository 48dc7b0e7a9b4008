import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { explainFigure } from '#insight';
import { REPORT_FORMATS, REPORT_POLICY, renderReport, type ReportFormat } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { PublishDto, ReportFileQuery, ReportQuery, StrategicReportQuery } from './report.dto.js';
import { Reports } from './reports.js';

/** What was asked for by name, or else what the reader would rather have. */
function formatOf(format: ReportFormat | undefined, accept = ''): ReportFormat {
  const wanted = accept.split(',').map((each) => each.split(';')[0]!.trim());
  return format ?? (Object.keys(REPORT_FORMATS) as ReportFormat[]).find((name) => wanted.some((type) => type !== '' && REPORT_FORMATS[name].startsWith(type))) ?? 'json';
}

const optionsOf = (tenant: string, { position, asOf, knownAt, ...query }: Omit<ReportQuery, 'minPosition'>) => ({ ...query, tenant, asked: { asOf, knownAt }, ...(position !== undefined && { upTo: position }) });

/** The strategic customer intelligence report. */
@Controller('v1/reports')
@Scope('portfolio:read')
@UseInterceptors(MinPositionInterceptor)
export class ReportsController {
  constructor(@Inject(Reports) private readonly reports: Reports) {}

  /** As it stands now. */
  @Get('strategic')
  async strategic(@CallerParam() { tenant }: Caller, @Query() { minPosition, format, ...query }: StrategicReportQuery, @Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    const as = formatOf(format, accept);
    const { report } = await this.reports.gather(optionsOf(tenant, query));
    return send(reply, as, `strategic-${report.period}`, await renderReport(report, as));
  }

  /** Which customers and facts make a figure. */
  @Get('strategic/figures/:figure')
  async figure(@CallerParam() { tenant }: Caller, @Param('figure') id: string, @Query() { minPosition, ...query }: ReportQuery) {
    const { book, report } = await this.reports.gather(optionsOf(tenant, query));
    const found = explainFigure(book, id);
    if (!found) throw new ApiProblem('not-found', `The report has no figure ${id}.`);
    return { period: report.period, segment: report.segment, asOf: report.asOf, position: report.position, ...found };
  }

  /** What was published. */
  @Get()
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { reports: await this.reports.list(tenant) };
  }

  @Post('strategic/publish')
  @Scope('reports:write')
  @HttpCode(201)
  publish(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: PublishDto) {
    return this.reports.publish(caller, body);
  }

  /** A file as it was published. */
  @Get(':report')
  async file(@CallerParam() caller: Caller, @Param('report') id: string, @Query() { format }: ReportFileQuery, @Req() { method, headers }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const as = formatOf(format, headers.accept);
    const { bytes, sha256 } = await this.reports.file(caller, id, as, method !== 'HEAD');
    void reply.header('etag', `"${sha256}"`).header('content-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
    return send(reply, as, id, bytes);
  }

  /** Its figures worked out again at its position, its files, and what facts since say otherwise. */
  @Get(':report/verify')
  verify(@CallerParam() { tenant }: Caller, @Param('report') id: string, @Query() _: NoQuery) {
    return this.reports.verify(tenant, id);
  }
}

function send(reply: FastifyReply, format: ReportFormat, name: string, bytes: Buffer): Buffer {
  void reply.header('content-type', REPORT_FORMATS[format]).header('cache-control', 'private, no-store').header('vary', 'accept');
  if (format === 'html') void reply.header('content-security-policy', REPORT_POLICY);
  else if (format !== 'json') void reply.header('content-disposition', `inline; filename="${name}.${format}"`);
  return bytes;
}
