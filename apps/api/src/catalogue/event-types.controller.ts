import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { type EventType, eventTypes, findType, familyOf } from '#journey';
import { publicDataSchema } from '#outbound';
import { Public } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';

/** The published language. */
@Controller('v1/event-types')
@Public()
@UseInterceptors(EtagInterceptor)
export class EventTypesController {
  /** Every type of fact that has a schema. */
  @Get()
  list(@Query() _: NoQuery) {
    return { eventTypes: eventTypes.map((type) => ({ ...summary(type), href: `/v1/event-types/${type.type}` })) };
  }

  /** One type: schema (JSON Schema), example, and the versions that are still accepted. */
  @Get(':type')
  one(@Param('type') name: string, @Query() _: NoQuery) {
    const type = findType(name);
    if (!type) throw new ApiProblem('event-type-unknown', 'No type of fact has this name.');
    const older = Object.entries(type.older ?? {}).map(([version, { schema, example }]) => ({ version: Number(version), schema, example }));
    return { ...summary(type), schema: type.schema, example: type.example, older };
  }

  /** What `dataschema` of public events leads to. */
  @Get(':type/schemas/:version')
  schema(@Param('type') name: string, @Param('version') version: string, @Query() _: NoQuery) {
    const schema = publicDataSchema(name, Number(version));
    if (!schema) throw new ApiProblem('event-type-unknown', 'No type of fact has this name and version.');
    return schema;
  }
}

function summary({ type, version, description, schema, older = {} }: EventType) {
  const { properties = {} } = schema as { properties?: Record<string, { personal?: boolean }> };
  const personal = Object.entries(properties).filter(([, field]) => field.personal === true).map(([name]) => name);
  return { type, family: familyOf(type), version, accepted: [...Object.keys(older).map(Number), version], description, personal };
}
