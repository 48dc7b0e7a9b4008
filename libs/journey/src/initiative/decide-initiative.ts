import type { DataFor } from '../catalogue.js';
import { type Initiative, type RequestRef, unlinked } from './initiative.js';

export type InitiativeCommand =
  | ({ readonly do: 'start' } & Omit<DataFor<'initiative.started'>, 'initiative'>)
  | { readonly do: 'link'; readonly requests: readonly RequestRef[] }
  | { readonly do: 'deliver' | 'tell' }
  | { readonly do: 'drop'; readonly reason?: string };

export interface InitiativeFact { readonly type: `initiative.${string}`; readonly data: Readonly<Record<string, unknown>> }

/** Why it cannot be done; the code is stable. */
export interface InitiativeRefusal { readonly refused: 'initiative-known' | 'initiative-unknown' | 'initiative-over' | 'initiative-not-delivered'; readonly say: string }

/** Started once under an id of its own; it may be linked to more requests until it is dropped, is delivered or dropped once, and customers are told of it once it is there. Null: nothing new. */
export function decideInitiative(state: Initiative | null, initiative: string, command: InitiativeCommand): InitiativeFact | InitiativeRefusal | null {
  if (command.do === 'start') {
    const { do: _do, ...said } = command;
    if (state) return { refused: 'initiative-known', say: `The initiative ${initiative} was started before.` };
    return { type: 'initiative.started', data: { initiative, ...said, ...(said.requests && { requests: unlinked({ requests: [] }, said.requests) }) } };
  }
  if (!state) return { refused: 'initiative-unknown', say: `No initiative ${initiative} was started.` };
  if (state.droppedAt !== null) return { refused: 'initiative-over', say: `The initiative ${initiative} was dropped.` };
  switch (command.do) {
    case 'link': {
      const requests = unlinked(state, command.requests);
      return requests.length === 0 ? null : { type: 'initiative.requests-linked', data: { initiative, requests } };
    }
    case 'deliver': return state.deliveredAt === null ? { type: 'initiative.delivered', data: { initiative } } : null;
    case 'tell': return state.deliveredAt === null
      ? { refused: 'initiative-not-delivered', say: `The initiative ${initiative} is not delivered, so there is nothing to tell yet.` } : { type: 'initiative.customer-told', data: { initiative } };
    case 'drop': return state.deliveredAt === null
      ? { type: 'initiative.dropped', data: { initiative, ...(command.reason !== undefined && { reason: command.reason }) } } : { refused: 'initiative-over', say: `The initiative ${initiative} was delivered: what is there is not given up.` };
  }
}
