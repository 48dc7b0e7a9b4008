import type { JSONSchema } from 'json-schema-to-ts';
import type { DataOf, EventType } from './event-type.js';
import { budgetTypes } from './types/budget.js';
import { churnmodelTypes } from './types/churnmodel.js';
import { clockTypes } from './types/clock.js';
import { companyTypes } from './types/company.js';
import { companyNoteTypes } from './types/company-notes.js';
import { competitorTypes } from './types/competitor.js';
import { contactTypes } from './types/contact.js';
import { costTypes } from './types/cost.js';
import { customerTypes } from './types/customer.js';
import { departmentTypes } from './types/department.js';
import { deploymentTypes } from './types/deployment.js';
import { economicspolicyTypes } from './types/economicspolicy.js';
import { engagementTypes } from './types/engagement.js';
import { experimentTypes } from './types/experiment.js';
import { feedbackTypes } from './types/feedback.js';
import { goalTypes } from './types/goal.js';
import { initiativeTypes } from './types/initiative.js';
import { insightTypes } from './types/insight.js';
import { instrumentTypes } from './types/instrument.js';
import { invoiceTypes } from './types/invoice.js';
import { journeymapTypes } from './types/journeymap.js';
import { kafkainTypes } from './types/kafkain.js';
import { kafkaoutTypes } from './types/kafkaout.js';
import { outageTypes } from './types/outage.js';
import { playbookTypes } from './types/playbook.js';
import { promiseTypes } from './types/promise.js';
import { recordTypes } from './types/record.js';
import { recoveryTypes } from './types/recovery.js';
import { recoverypolicyTypes } from './types/recoverypolicy.js';
import { renewalTypes } from './types/renewal.js';
import { saleTypes } from './types/sale.js';
import { scorecardTypes } from './types/scorecard.js';
import { subscriptionTypes } from './types/subscription.js';
import { surveyTypes } from './types/survey.js';
import { surveyprogramTypes } from './types/surveyprogram.js';
import { taskTypes } from './types/task.js';
import { exchangeratesTypes } from './types/exchangerates.js';
import { revenuepolicyTypes } from './types/revenuepolicy.js';
import { themeTypes } from './types/theme.js';
import { ticketTypes } from './types/ticket.js';
import { usageTypes } from './types/usage.js';
import { workinghoursTypes } from './types/workinghours.js';

const definitions = [
  ...customerTypes, ...contactTypes, ...saleTypes, ...subscriptionTypes, ...renewalTypes, ...costTypes, ...invoiceTypes, ...deploymentTypes, ...usageTypes,
  ...ticketTypes, ...surveyTypes, ...outageTypes, ...engagementTypes, ...promiseTypes, ...goalTypes, ...competitorTypes, ...budgetTypes, ...taskTypes, ...recordTypes, ...clockTypes, ...churnmodelTypes,
  ...instrumentTypes, ...surveyprogramTypes,
  ...scorecardTypes, ...experimentTypes, ...insightTypes,
  ...playbookTypes,
  ...feedbackTypes, ...departmentTypes, ...initiativeTypes,
  ...themeTypes,
  ...exchangeratesTypes,
  ...revenuepolicyTypes, ...economicspolicyTypes,
  ...journeymapTypes,
  ...recoveryTypes, ...recoverypolicyTypes, ...workinghoursTypes,
  ...kafkainTypes, ...kafkaoutTypes,
  ...companyTypes,
  ...companyNoteTypes,
] as const;
type Definition = (typeof definitions)[number];

/** The name of every type in the catalogue. */
export type KnownType = Definition['type'];
type Named<T extends KnownType> = Extract<Definition, { type: T }>;

/** `data` of a type in its current version, as it is sent. */
export type DataFor<T extends KnownType> = DataOf<Named<T>>;

/** Every type of fact that has a schema, by family. */
export const eventTypes: readonly EventType[] = definitions as unknown as readonly EventType[];

const byName = new Map(eventTypes.map((type) => [type.type, type]));

export function findType(type: string): EventType | undefined {
  return byName.get(type);
}

/** A tenant's own type, `x-family.fact`: any object, sealed as a whole. */
export function isTenantType(type: string): boolean {
  return type.length <= 100 && /^x-[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/.test(type);
}

/** True for what is no fact about a customer: `record.*`, and the certificate that a person was erased. No figure may change by it. */
export function isAboutRecords(type: string): boolean {
  return type.startsWith('record.') || type === 'contact.erased';
}

/** The part before the dot: `ticket` of `ticket.opened`. */
export function familyOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}

/** Of `data` as sent; nothing for a type or version that we do not know, and for a tenant's own types. */
export function schemaOf(type: string, version: number): JSONSchema | undefined {
  const known = findType(type);
  return known?.version === version ? known.schema : known?.older?.[version]?.schema;
}
