import { Inject, Injectable } from '@nestjs/common';
import { knownStreams } from '#event-store';
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

  /** The same, where our ids are looked up, too: of a filter with a typo nothing else would ever tell. @throws ApiProblem `customer-unknown` that names who is not known */
  async findKnown(tenant: string, texts: readonly string[], pointerOf: (place: number) => string): Promise<string[]> {
    const customers = await findCustomers(this.intake, this.connections.reader, tenant, texts);
    const known = new Set(await this.connections.worker.statements((sql) => knownStreams(sql, tenant, 'customer', customers.filter((customer) => customer !== null))));
    const errors = texts.flatMap((text, place) => (known.has(customers[place] ?? '') ? [] : [{ pointer: pointerOf(place), detail: `No customer is known as \`${text.slice(0, 240)}\`.` }]));
    if (errors.length > 0) throw new ApiProblem('customer-unknown', errors[0]!.detail, { errors });
    return customers as string[];
  }
}
