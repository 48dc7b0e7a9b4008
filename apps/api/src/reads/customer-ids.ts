import { Inject, Injectable } from '@nestjs/common';
import { findCustomers, Intake } from '#intake';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';

/** Turns what stands in a path, our id or `system:id`, into our id. */
@Injectable()
export class CustomerIds {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Intake) private readonly intake: Intake) {}

  /** @throws ApiProblem `customer-unknown` when this tenant has no such alias */
  async find(tenant: string, text: string): Promise<string> {
    return (await this.findAll(tenant, [text]))[0]!;
  }

  /** @throws ApiProblem `customer-unknown` when this tenant has no such alias as one of them */
  async findAll(tenant: string, texts: readonly string[]): Promise<string[]> {
    const customers = await findCustomers(this.intake, this.connections.reader, tenant, texts);
    return customers.map((customer) => {
      if (customer === null) throw new ApiProblem('customer-unknown', 'Nobody is known by this id.');
      return customer;
    });
  }
}
