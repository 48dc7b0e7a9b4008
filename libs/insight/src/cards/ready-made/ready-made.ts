import type { Card } from '../card.js';
import { b2bSaas } from './b2b-saas.js';
import { fieldService } from './field-service.js';
import { internalIt } from './internal-it.js';
import { itServiceProvider } from './it-service-provider.js';
import { payerCard, userCard } from './perspectives.js';

/** Cards to begin with: one for each of four trades, and two for how it looks to those who pay and to those who use. */
export const readyMadeCards: readonly Card[] = [itServiceProvider, b2bSaas, fieldService, internalIt, payerCard, userCard];
