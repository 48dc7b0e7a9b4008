import { roleNames, roles, type Scope, sends } from './roles.js';

const SAYS: Readonly<Record<Scope, string>> = {
  'events:write': 'send facts', 'events:read': 'follow the feed of facts', 'imports:write': 'import, and take imports back', 'customers:read': 'read customers and the list of today',
  'portfolio:read': 'read the portfolio and the economics',
  'today:write': 'do the work of the day: calls, recoveries, answers, feedback',
  'churn:write': 'train, promote and retire models of churn risk',
  'scorecards:write': 'draft, publish, assign and retire scorecards',
  'reports:write': 'publish strategic reports, set targets, record decisions, meetings and coachings',
  'log:export': 'export the log of the tenant',
  'admin': 'manage keys, spend, prices of others, working hours, the policies of recoveries, of revenue and of economics, exchange rates and the day of the tenant, erase people',
  'operator': 'look after the installation',
};

/** What each role may do, as Markdown. OPERATING.md and the API's documentation hold it. */
export function rolesTable(): string {
  const rows = roleNames.map((role) => {
    const facts = sends[role];
    const sent = facts === 'all' ? 'all; corrects and takes back anybody\'s' : facts.length === 0 ? 'none' : `${facts.map((family) => `\`${family}\``).join(', ')}; corrects and takes back their own`;
    return `| \`${role}\` | ${(roles[role] as readonly Scope[]).map((scope) => SAYS[scope]).join('; ')} | ${sent} |`;
  });
  return ['| role | may | facts it sends |', '|---|---|---|', ...rows].join('\n');
}
