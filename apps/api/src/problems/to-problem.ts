import { HttpException } from '@nestjs/common';
import { TooLittleToLearn } from '#insight';
import { defaultLimits } from '#intake';
import { ForeignEpoch } from '#event-store';
import { QueryRefused } from '#read-model';
import { EVENT_TYPES } from '../http/bodies.js';
import { ApiProblem } from './api-problem.js';
import { unavailable } from './unavailable.js';

interface FastifyFault {
  readonly code?: string;
  readonly statusCode?: number;
}

/** Whatever was thrown, as a problem; null for what nobody expected. */
export function toProblem(error: unknown): ApiProblem | null {
  if (error instanceof ApiProblem) return error;
  if (error instanceof ForeignEpoch) return new ApiProblem('foreign-epoch', error.message, { members: { current: error.current, common: error.common } });
  if (error instanceof QueryRefused) return ofQuery(error);
  if (error instanceof TooLittleToLearn) return new ApiProblem('too-little-history', error.message);
  const why = unavailable(error);
  if (why !== undefined) return new ApiProblem('not-ready', why, { headers: { 'retry-after': '2' } });
  const fault = ofFastify(error as FastifyFault);
  if (fault) return fault;
  if (error instanceof HttpException) return ofNest(error);
  const { statusCode } = (error ?? {}) as FastifyFault;
  return statusCode && statusCode >= 400 && statusCode < 500 ? new ApiProblem('bad-request', 'The request does not follow HTTP.') : null;
}

function ofQuery({ code, message, parameter, flaws }: QueryRefused): ApiProblem {
  const waits = code === 'not-yet-visible' || code === 'not-ready';
  return new ApiProblem(code, message, {
    ...(flaws ? { errors: flaws } : {}),
    ...(parameter && !waits ? { errors: [{ pointer: `/${parameter}`, detail: message }] } : {}),
    ...(waits ? { headers: { 'retry-after': '2' } } : {}),
  });
}

function ofFastify({ code }: FastifyFault): ApiProblem | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': return new ApiProblem('body-too-large', `The body has more than ${defaultLimits.bodyBytes} bytes.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': return wrongMediaType();
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH': return new ApiProblem('bad-request', 'The body is not as long as Content-Length says.');
    case 'FST_ERR_BAD_URL': return new ApiProblem('bad-request', 'The path is not valid percent-encoding.');
    case 'FST_ERR_MAX_PARAM_LENGTH': return new ApiProblem('not-found', 'A part of the path is too long.');
    default: return undefined;
  }
}

function ofNest(error: HttpException): ApiProblem | null {
  switch (error.getStatus()) {
    case 404: return new ApiProblem('not-found', 'No route has this path.');
    case 413: return new ApiProblem('body-too-large', `The body has more than ${defaultLimits.bodyBytes} bytes.`);
    case 415: return wrongMediaType();
    case 400: return new ApiProblem('bad-request', 'The request cannot be read.');
    default: return error.getStatus() < 500 ? new ApiProblem('bad-request', 'The request cannot be answered.') : null;
  }
}

function wrongMediaType(): ApiProblem {
  return new ApiProblem('unsupported-media-type', `Bodies are application/json; POST /v1/events also takes ${EVENT_TYPES.slice(1).join(' and ')}, POST /v1/events/import takes application/x-ndjson.`);
}
