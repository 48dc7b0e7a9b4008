import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { explainFigure } from '#insight';
import { REPORT_FORMATS, REPORT_POLICY, renderReport, type ReportFormat } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { LongAnswers } from '../http/long-answers.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { answerAsItGoes } from './as-it-goes.js';
import { PublishDto, ReportFileQuery, ReportQuery, StrategicReportQuery } from './report.dto.js';
import { Reports } from './reports.js';

const NOTHING = { stopped: 'It stopped under way; nothing was stored.', again: 'Nothing was stored; ask again.' };
const PUBLISHING = { stopped: 'It stopped under way; the list of reports says whether it was published.', again: 'Look whether it was published, or send it again.' };

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
  constructor(@Inject(Reports) private readonly reports: Reports, @Inject(LongAnswers) private readonly long: LongAnswers) {}

  /** As it stands now. As lines, the last one is the report or, where a format is named, its file in base64. */
  @Get('strategic')
  async strategic(@CallerParam() { tenant }: Caller, @Query() { minPosition, format, ...query }: StrategicReportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const as = formatOf(format, request.headers.accept);
    await answerAsItGoes(this.long, {
      work: this.reports.gathering(optionsOf(tenant, query)), request, reply, words: NOTHING,
      send: async ({ report }) => reply.send(send(reply, as, `strategic-${report.period}`, await renderReport(report, as))),
      lineOf: async ({ report }) => (format === undefined ? report : { format: as, base64: (await renderReport(report, as)).toString('base64') }),
    });
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
  publish(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: PublishDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answerAsItGoes(this.long, { work: this.reports.publish(caller, body), request, reply, words: PUBLISHING, send: (published) => reply.code(201).send(published), lineOf: (published) => published });
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
