import { Readable } from 'node:stream';
import { Controller, Get, Header, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exportPublicKey, exportRange, makeManifest, NoSuchRange, readExport } from '#event-store';
import { Intake } from '#intake';
import { formatPosition } from '#journey';
import { QueryRefused } from '#read-model';
import { softwareVersion } from '#startup';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { LongAnswers } from '../http/long-answers.js';
import { NoQuery } from '../reads/queries.dto.js';
import { LogExportQuery } from './log-export.dto.js';

const WORDS = { stopped: 'The manifest was not completed.', again: 'Ask for it again.' };

/** The log of a tenant, to take along: its events, and what proves that they are all there. */
@Controller('v1/log/export')
@Scope('log:export')
export class LogExportController {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(LongAnswers) private readonly long: LongAnswers,
  ) {}

  /** The events of a range, as they are read. What stops them under way cuts the connection. */
  @Get()
  async events(@CallerParam() { tenant }: Caller, @Query() query: LogExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const range = await this.range(tenant, query);
    const slices = readExport(this.connections.reader, range);
    // What fails at once is answered as a problem.
    const first = await slices.next();
    void reply.code(200).headers({
      'cache-control': 'no-store', 'content-type': 'application/x-ndjson', 'content-disposition': 'attachment; filename="log.ndjson"',
      'x-log-from': formatPosition(range.epoch, range.after), 'x-log-to': formatPosition(range.epoch, range.upTo),
    });
    if (request.method === 'HEAD') await slices.return(undefined);
    const text = async function* () {
      if (!first.done) yield first.value.text;
      for await (const slice of slices) yield slice.text;
    };
    void reply.send(request.method === 'HEAD' ? undefined : Readable.from(text(), { objectMode: false }));
  }

  /** What an export of the range is, signed. The range is read again: it is proven by the log and not by what was sent. */
  @Get('manifest')
  async manifest(@CallerParam() { tenant }: Caller, @Query() query: LogExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const range = await this.range(tenant, query);
    const making = { reader: this.connections.reader, keys: this.intake.keys, software: softwareVersion(), now: () => new Date() };
    this.long.send(makeManifest(making, range), { request, reply, words: WORDS });
  }

  /** What its signatures are checked with. */
  @Get('key')
  @Header('cache-control', 'no-store')
  async key(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { algorithm: 'ed25519', publicKey: await exportPublicKey(this.intake.keys, tenant) };
  }

  /** @throws QueryRefused, ForeignEpoch */
  private async range(tenant: string, { from, to }: LogExportQuery) {
    try {
      return await exportRange(this.connections.worker, { tenant, ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
    } catch (error) {
      throw error instanceof NoSuchRange ? new QueryRefused(error.early ? 'not-yet-visible' : 'invalid-parameter', error.message, error.parameter) : error;
    }
  }
}
