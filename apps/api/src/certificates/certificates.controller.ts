import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { CheckCertificate, GetCertificate, GetCertificateEvents } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { NoQuery } from '../reads/queries.dto.js';
import { CertificateDto, CertificateEventsQuery, CertificateQuery } from './certificate.dto.js';

/** Figures that can be proven: what they stand on, digested. */
@Controller('v1')
@Scope('customers:read')
export class CertificatesController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** The health of a customer with what it stands on. */
  @Get('customers/:id/health/certificate')
  @UseInterceptors(EtagInterceptor, MinPositionInterceptor)
  async certificate(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, list, ...query }: CertificateQuery) {
    return this.queries.execute(new GetCertificate({ ...query, tenant, customer: await this.ids.find(tenant, id), list: list === 'true' }));
  }

  /** The events that it stands on, each as one line whose bytes are what is digested; sealed fields stay sealed. */
  @Get('customers/:id/health/certificate/events')
  @UseInterceptors(MinPositionInterceptor)
  async events(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, ...query }: CertificateEventsQuery, @Res() reply: FastifyReply): Promise<void> {
    const lines = await this.queries.execute(new GetCertificateEvents({ ...query, tenant, customer: await this.ids.find(tenant, id) }));
    const text = Readable.from(lines.map((line) => `${line}\n`), { objectMode: false });
    void reply.code(200).header('cache-control', 'private, no-cache').type('application/x-ndjson').send(text);
  }

  /** Recomputes a certificate from the log. Nothing is stored. */
  @Post('certificates/checks')
  @HttpCode(200)
  check(@CallerParam() { tenant }: Caller, @Body() certificate: CertificateDto, @Query() _: NoQuery) {
    return this.queries.execute(new CheckCertificate({ tenant, certificate: { ...certificate } }));
  }
}
