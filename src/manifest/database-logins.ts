import type { FieldMap, FieldSpec } from '../model/config.js';

/** A database whose own logins are an app: what is selected of its catalogue, and what that tells. `connector: sql` reads it. */
export interface DatabaseLogins {
  readonly title: string;
  /** Where its catalogue is read, unless the config says otherwise. */
  readonly database: string;
  readonly leavers: 'gone' | 'listed';
  readonly permission: string;
  readonly query: string;
  readonly fields: FieldMap;
  readonly status: FieldSpec;
  readonly hides: readonly string[];
  readonly cannotTell: readonly string[];
  readonly gaps: readonly string[];
}

const DATES = ['when an account was created', 'when an account was last used', 'when an account was deactivated'];

/** By the name of their connector. Tried against the real servers (test/wire). */
export const DATABASE_LOGINS: Readonly<Record<string, DatabaseLogins>> = {
  mariadb: {
    title: 'MariaDB logins',
    database: 'mysql',
    leavers: 'listed',
    permission: 'SELECT on mysql.user, mysql.global_priv and mysql.roles_mapping (these hold hashes of passwords, which are not read)',
    query: `
      select concat(u.User, '@', u.Host) as id, u.User as userName, u.Super_priv as admin,
        case
          when json_value(p.Priv, '$.account_locked') in ('1', 'true') then 'locked'
          when u.password_expired = 'Y' then 'password expired'
          else 'open'
        end as status,
        (select group_concat(m.Role separator ';') from mysql.roles_mapping m where m.User = u.User and m.Host = u.Host) as roles,
        case u.User when 'mariadb.sys' then 'the owner of the sys schema, which nobody can log in as' end as builtIn
      from mysql.user u join mysql.global_priv p on p.User = u.User and p.Host = u.Host
      where u.is_role = 'N'`,
    fields: { admin: { from: 'admin', map: { Y: 'true', N: 'false' } }, builtIn: 'builtIn' },
    // Whoever has an expired password may still log in, and set a new one.
    status: { from: 'status', map: { locked: 'suspended', open: 'active', 'password expired': 'active' } },
    hides: ['dropped users'],
    cannotTell: DATES,
    gaps: [
      'a user at several hosts is several accounts: each has to be dropped',
      'DROP USER leaves open connections open, and what the user owns (views, routines, events with SQL SECURITY DEFINER) stays and fails',
      'an expired password still lets in to set a new one, unless disconnect_on_expired_password is on',
    ],
  },
  postgresql: {
    title: 'PostgreSQL logins',
    database: 'postgres',
    leavers: 'gone',
    permission: 'CONNECT on one database; every role may read pg_roles',
    query: `
      select r.oid as id, r.rolname as "userName", r.rolsuper or r.rolcreaterole as admin,
        case when r.rolvaliduntil < now() then 'password expired' else 'open' end as status,
        array(select g.rolname from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
          where m.member = r.oid order by g.rolname) as roles,
        case when r.oid = 10 then 'the superuser that the server was made with' end as "builtIn"
      from pg_catalog.pg_roles r where r.rolcanlogin`,
    fields: { admin: 'admin', builtIn: 'builtIn' },
    // VALID UNTIL ends the password alone: certificates, Kerberos, LDAP and peer still let in.
    status: { from: 'status', map: { open: 'active', 'password expired': 'unknown' } },
    hides: ['roles without LOGIN: groups, and logins that were taken away so', 'dropped roles'],
    cannotTell: DATES,
    gaps: [
      'VALID UNTIL ends the password alone: a login by certificate, Kerberos, LDAP or peer goes on, so an expired role is of unknown status',
      'a role that owns anything cannot be dropped before that is given to another (REASSIGN OWNED), so leavers stay',
      'a session that is open goes on after NOLOGIN, DROP ROLE or a new password, until it is ended (pg_terminate_backend)',
    ],
  },
};

export function isDatabaseLogins(connector: string): boolean {
  return Object.hasOwn(DATABASE_LOGINS, connector);
}
