import type { Chance } from '../chance.js';

/** The departments that get feedback, who answers for them, and in how many working hours. */
export const demoDepartments = [
  { department: 'service-desk', name: 'Service desk', owner: 'selma', answerWithinHours: 24 },
  { department: 'portal', name: 'Service portal', owner: 'ilka', answerWithinHours: 40 },
  { department: 'field-service', name: 'Field service', owner: 'bruno', answerWithinHours: 40 },
  { department: 'invoicing', name: 'Invoicing', owner: 'udo', answerWithinHours: 24 },
] as const;

const says = [
  'We ring back within four hours now, and the shift lead sees who waits.', 'A form less: what we know already is filled in.', 'The invoice names what was done, from next month on.', 'Two more people come to you in person from next quarter.',
  'Whoever takes the call keeps it until it is solved.', 'The answer says what it was, not only that it is solved.', 'We found the cause: a driver that we had rolled out ourselves. It is gone.', 'We will show the figures of the contract beside yours at the next review.',
];

/** Who can do something about what somebody in this role says. */
export function departmentFor(role: 'payer' | 'user', chance: Chance): string {
  const where = chance.next();
  if (role === 'payer') return where < 0.5 ? 'invoicing' : 'service-desk';
  return where < 0.55 ? 'service-desk' : where < 0.8 ? 'portal' : 'field-service';
}

/** What a department answers. */
export const departmentSays = (chance: Chance): string => chance.pick(says);

const themes: Readonly<Record<string, readonly [string, string]>> = { 'service-desk': ['waiting', 'ownership'], portal: ['forms', 'mobile'], 'field-service': ['on-site', 'mobile'], invoicing: ['invoices', 'contract-figures'] };

/** What a piece of feedback is about: of the two of its department the one that its number falls on, so that telling it changes nothing else. */
export const themeFor = (department: string, feedback: string): string => themes[department]![[...feedback].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % 2]!;
