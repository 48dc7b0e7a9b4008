import pg from 'pg';

/** The PostgreSQL that DATABASE_URL names cannot be used; the message says why and what to do. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

const OLDEST = 16;
const PATIENCE_MS = 10_000;
const MAKE_OWNER = `As a superuser of that server, make an owner and name it in DATABASE_URL:
  create role touchline_owner login password '...' createrole;
  create database touchline owner touchline_owner;`;

const GRANT = 'grant touchline_worker, touchline_reader';

/**
 * Looks at the PostgreSQL that DATABASE_URL names before anything is done with it. `migrated`: our schema has to be there already.
 * @throws DatabaseUnusable when nothing answers, the login is refused, or the login is not a fit owner
 */
export async function checkDatabase(url: string, { migrated = false } = {}): Promise<void> {
  const client = await connected(url);
  try {
    const { rows: [login] } = await client.query<Login>(LOOK);
    const wrong = unfit(login!, migrated);
    if (wrong) throw new DatabaseUnusable(`DATABASE_URL cannot be used: ${wrong}`);
  } finally {
    await client.end();
  }
}

interface Login {
  readonly name: string;
  readonly database: string;
  readonly version: number;
  readonly unbound: boolean;
  /** Of touchline_worker and touchline_reader: how many there are, whether this login has both at hand, and whether it may give them to itself. */
  readonly roles: number;
  readonly acts: boolean;
  readonly mayJoin: boolean;
  readonly inherits: boolean;
  readonly mayCreateRoles: boolean;
  readonly mayCreateSchema: boolean;
  readonly hasSchema: boolean;
}

const LOOK = `select rolname as name, current_database() as database, current_setting('server_version_num')::int / 10000 as version,
    rolsuper or rolbypassrls as unbound, rolinherit as inherits, rolcreaterole as "mayCreateRoles", has_database_privilege(current_database(), 'create') as "mayCreateSchema",
    to_regclass('touchline.tenant') is not null as "hasSchema",
    roles, acts, "mayJoin"
  from pg_roles, (
    select count(*)::int as roles, count(*) = 2 and bool_and(pg_has_role(current_user, oid, 'member') and pg_has_role(current_user, oid, 'usage')) as acts,
      bool_and(pg_has_role(current_user, oid, 'member with admin option')) as "mayJoin"
    from pg_roles where rolname in ('touchline_worker', 'touchline_reader')) as ours
  where rolname = current_user`;

function unfit({ name, database, version, unbound, inherits, roles, acts, mayJoin, mayCreateRoles, mayCreateSchema, hasSchema }: Login, migrated: boolean): string | undefined {
  if (version < OLDEST) return `the server is PostgreSQL ${version}; it must be ${OLDEST} or newer.`;
  if (unbound) return `row-level security, which keeps tenants apart, does not bind the role "${name}": it is a superuser or may bypass it. ${MAKE_OWNER}`;
  if (migrated && !hasSchema) return `the database "${database}" has no Touchline in it yet. Make it: node dist/apps/api/src/main.js --migrate`;
  if (!hasSchema && !mayCreateSchema) return `the role "${name}" may not create a schema in the database "${database}". Allow it: grant create on database "${database}" to "${name}";`;
  if (!hasSchema && !mayCreateRoles) return `the role "${name}" may not create the roles touchline_worker and touchline_reader. Allow it: alter role "${name}" createrole;`;
  if (!inherits && !acts) return `the role "${name}" does not inherit what its roles may. Allow it: alter role "${name}" inherit;${roles < 2 ? '' : ` ${GRANT} to "${name}" with inherit true, set true;`}`;
  if (!acts && (hasSchema || (roles > 0 && !mayJoin))) return `the role "${name}" may not act as touchline_worker and touchline_reader. Allow it, as who made them: ${GRANT} to "${name}" with inherit true, set true;`;
  return undefined;
}

async function connected(url: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, application_name: 'touchline-check' });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  } catch (error) {
    throw new DatabaseUnusable(`DATABASE_URL cannot be used: ${whyNot(error as NodeJS.ErrnoException, url)}`, { cause: error });
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start PostgreSQL, or correct host and port.',
  ENOTFOUND: 'there is no host of this name. Correct it.',
  EAI_AGAIN: 'the name of the host cannot be looked up now. Correct it, or look at the network.',
  ERR_INVALID_URL: 'it is not a URL. Write postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
  '28P01': 'the password is wrong, or there is no such user. Correct them; special characters of the password must be percent-encoded.',
  '28000': 'the server lets this user not in from here. Correct the user, or the server\'s pg_hba.conf.',
  '3D000': `there is no such database. ${MAKE_OWNER}`,
  '57P03': 'the server is starting up or going down. Try again in a moment.',
  '53300': 'the server has no connection left. Raise its max_connections, or end what holds them.',
};

function whyNot({ code = '', message }: NodeJS.ErrnoException, url: string): string {
  const hint = HINTS[code] ?? (/timeout/.test(message) ? `no answer within ${PATIENCE_MS / 1000} s. Look at host, port and firewall.` : 'look at the server\'s log.');
  const said = message && code !== 'ERR_INVALID_URL' ? ` (${message})` : '';
  return `${placeOf(url)}${said}: ${hint}`;
}

/** Who, where and which database, without the password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'the address';
  const { username, host, pathname } = new URL(url);
  return `${username || 'the default user'} at ${host || 'the default host'}, database ${pathname.slice(1) || 'of the user\'s name'}`;
}
