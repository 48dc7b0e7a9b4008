export const scopes = ['events:write', 'imports:write', 'customers:read', 'portfolio:read', 'today:write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** What each role may do. */
export const roles = {
  ingest: ['events:write', 'imports:write'],
  csm: ['events:write', 'customers:read', 'portfolio:read', 'today:write'],
  analyst: ['customers:read', 'portfolio:read'],
  executive: ['customers:read', 'portfolio:read'],
  admin: [...scopes],
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];

export const mayDo = (role: Role, scope: Scope): boolean => (roles[role] as readonly Scope[]).includes(scope);
