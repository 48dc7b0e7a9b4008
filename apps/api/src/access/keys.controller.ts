import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { ApiKeys, type Caller, issueKey, listKeys } from './api-keys.js';
import { NewKeyDto, RotationDto } from './key.dto.js';
import { mayManage, type Role } from './roles.js';
import { CallerParam, Scope } from './scope.decorator.js';

/** Keys of the caller's own tenant. */
@Controller('v1/admin/keys')
@Scope('admin')
export class KeysController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys, @Inject(Connections) private readonly connections: Connections) {}

  /** Makes a key. Its text is in this answer and nowhere else. */
  @Post()
  @Header('cache-control', 'no-store')
  async issue(@CallerParam() { tenant, role: own }: Caller, @Query() _: NoQuery, @Body() { name, role, actor, days }: NewKeyDto) {
    refuseMore(own, role);
    const { key, info } = await issueKey(this.connections.worker, { tenant, name, role, actor: { kind: actor.kind, id: actor.id }, days });
    return { key, ...info };
  }

  /** Lists keys, without their secrets. */
  @Get()
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { keys: await this.keysOf(tenant) };
  }

  /** Gives a key a new secret; the former one stays good for a while. */
  @Post(':id/rotation')
  @Header('cache-control', 'no-store')
  async rotate(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { graceHours = 24 }: RotationDto) {
    await this.checkManageable(caller, id);
    const rotated = await this.keys.rotate(caller.tenant, id, graceHours, new Date());
    if (!rotated) throw new ApiProblem('key-unknown', 'No key with this id is in use.');
    return { key: rotated.key, ...rotated.info, formerUntil: rotated.formerUntil };
  }

  /** Ends a key at once. */
  @Delete(':id')
  @HttpCode(204)
  async revoke(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery): Promise<void> {
    await this.checkManageable(caller, id);
    if (!await this.keys.revoke(caller.tenant, id)) throw new ApiProblem('last-key', 'Without it nobody could look after the installation.');
  }

  private keysOf(tenant: string) {
    return this.connections.reader.inTenant(tenant, (sql) => listKeys(sql, tenant));
  }

  /** Compared here and not in SQL: what stands in a path may be no text that PostgreSQL takes. */
  private async checkManageable({ tenant, role }: Caller, id: string): Promise<void> {
    const key = (await this.keysOf(tenant)).find((each) => each.id === id);
    if (!key) throw new ApiProblem('key-unknown', 'No key has this id.');
    refuseMore(role, key.role);
  }
}

function refuseMore(own: Role, other: Role): void {
  if (!mayManage(own, other)) throw new ApiProblem('forbidden', `A key of role ${own} may not manage one of role ${other}.`);
}
