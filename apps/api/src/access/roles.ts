import { familyOf } from '#journey';

export const scopes = ['events:write', 'events:read', 'imports:write', 'customers:read', 'portfolio:read', 'today:write', 'churn:write', 'scorecards:write', 'reports:write', 'log:export', 'admin', 'operator'] as const;
export type Scope = (typeof scopes)[number];

/** What each role may do. An `admin` looks after one tenant; an `operator` also after the installation, which all tenants share. */
export const roles = {
  ingest: ['events:write', 'imports:write'],
  subscriber: ['events:read'],
  csm: ['events:write', 'events:read', 'customers:read', 'portfolio:read', 'today:write'],
  analyst: ['events:read', 'customers:read', 'portfolio:read', 'churn:write', 'scorecards:write'],
  executive: ['events:read', 'customers:read', 'portfolio:read', 'reports:write'],
  auditor: ['customers:read', 'portfolio:read', 'log:export'],
  admin: ['events:write', 'events:read', 'imports:write', 'customers:read', 'portfolio:read', 'today:write', 'churn:write', 'scorecards:write', 'reports:write', 'log:export', 'admin'],
  operator: scopes,
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];

/**
 * The facts that each role may send, by family or by type, or `all`. Who may send all may also take back and correct what others told;
 * the rest may do that with facts of their own only. `record` itself is not listed: it goes with its facts.
 */
export const sends = {
  ingest: 'all',
  subscriber: [],
  csm: ['engagement', 'promise', 'goal', 'competitor', 'budget', 'contact', 'survey', 'task', 'feedback', 'initiative.customer-told', 'customer.intervention-recorded', 'customer.override-set', 'customer.override-cleared', 'customer.measurement-recorded'],
  analyst: [],
  executive: [],
  auditor: [],
  admin: 'all',
  operator: 'all',
} as const satisfies Record<Role, 'all' | readonly string[]>;

export const maySendAll = (role: Role): boolean => sends[role] === 'all';
export const maySend = (role: Role, type: string): boolean => maySendAll(role) || (sends[role] as readonly string[]).some((each) => each === type || each === familyOf(type));

export const mayDo = (role: Role, scope: Scope): boolean => (roles[role] as readonly Scope[]).includes(scope);

/** Nobody gives away, or takes over, more than they have. */
export const mayManage = (role: Role, other: Role): boolean => roles[other].every((scope) => mayDo(role, scope));
