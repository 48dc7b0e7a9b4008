import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { eventTypes } from '#journey';

const DESCRIPTION = 'Facts in, health out. Send `Authorization: Bearer tl_…`. Every error is a problem (RFC 9457) whose codes GET /problems explains.';

/** OpenAPI 3.1 of every route; the data of each event type as the catalogue has it. */
export function documentOf(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder().setOpenAPIVersion('3.1.0').setTitle('Touchline').setVersion('1').setDescription(DESCRIPTION)
    .addBearerAuth({ type: 'http', scheme: 'bearer' }).addSecurityRequirements('bearer').build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}` });
  const schemas = Object.fromEntries(eventTypes.map(({ type, description, schema, example }) => [type, { description, examples: [example], ...(schema as object) }]));
  const problem = {
    type: 'object', required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
    properties: {
      type: { type: 'string', format: 'uri-reference' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
      code: { type: 'string' }, requestId: { type: 'string' },
      errors: { type: 'array', items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } } },
    },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as { responses?: Record<string, unknown> }[]) {
      if (!operation.responses) continue;
      operation.responses['default'] = { description: 'A problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
    }
  }
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: problem, ...schemas } as never };
  return asVersion31(document) as OpenAPIObject;
}

/** The generator still writes a word of OpenAPI 3.0. */
function asVersion31(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asVersion31);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, type, ...rest } = value as Record<string, unknown>;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, asVersion31(each)]));
  if (nullable === true && typeof type === 'string') return { type: [type, 'null'], ...inner };
  return { ...(type === undefined ? {} : { type: asVersion31(type) }), ...(typeof nullable === 'object' ? { nullable: asVersion31(nullable) } : {}), ...inner };
}
