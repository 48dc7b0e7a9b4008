import { Inject, Injectable } from '@nestjs/common';
import { findCustomer, Intake } from '#intake';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';

/** Turns what stands in a path, our id or `system:id`, into our id. */
@Injectable()
export class CustomerIds {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Intake) private readonly intake: Intake) {}

  /** @throws ApiProblem `customer-unknown` when this tenant has no such alias */
  async find(tenant: string, text: string): Promise<string> {
    const customer = await findCustomer(this.intake, this.connections.reader, tenant, text);
    if (customer === null) throw new ApiProblem('customer-unknown', 'Nobody is known by this id.');
    return customer;
  }
}
