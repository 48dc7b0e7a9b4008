import { Inject, Injectable } from '@nestjs/common';
import { Intake, keptAlias, parseRefText, tenantSecrets } from '#intake';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';

// PostgreSQL refuses some of them, and nobody's id has any.
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;

/** Turns what stands in a path, our id or `system:id`, into our id. */
@Injectable()
export class CustomerIds {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Intake) private readonly intake: Intake) {}

  /** @throws ApiProblem `customer-unknown` when this tenant has no such alias */
  async find(tenant: string, text: string): Promise<string> {
    const ref = UNPRINTABLE.test(text) ? null : parseRefText(text);
    if (typeof ref === 'string') return ref;
    if (ref) {
      const { system, id } = keptAlias((await tenantSecrets(this.intake.keys, tenant)).identity, ref);
      const [row] = await this.connections.reader.inTenant(tenant, (sql) => sql.query<{ customer: string }>(
        'select customer from customer_alias where tenant = $1 and system = $2 and id = $3 and customer is not null', [tenant, system, id]));
      if (row) return row.customer;
    }
    throw new ApiProblem('customer-unknown', 'Nobody is known by this id.');
  }
}
