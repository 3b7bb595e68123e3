import { UsageError } from '../model/errors.js';
import { didYouMean } from '../model/nearest.js';
import { catalogueManifest, catalogueNames } from '../manifest/form/catalogue.js';
import { DATABASE_LOGINS, isDatabaseLogins } from '../manifest/database-logins.js';
import { credentialLists } from '../manifest/form/credentials.js';
import { printable } from '../yaml/quote.js';

/** A variable that the config names, and what to put there. */
export interface Variable {
  readonly name: string;
  readonly what: string;
}

export interface Chosen {
  /** `slack`, or `chat=slack`: a name of one's own for a system of the catalogue. */
  readonly apps: readonly string[];
  readonly directory: string | undefined;
}

/** Sources that no manifest describes: their lines, with NAME for what the variables begin with. */
const CODED: Readonly<Record<string, { readonly lines: readonly string[]; readonly variables: Readonly<Record<string, string>> }>> = {
  file: {
    lines: ['connector: file', 'path: exports/SYSTEM.csv           # .csv, .json or .ndjson, also with .gz'],
    variables: {},
  },
  ldap: {
    lines: [
      'connector: ldap',
      'url: ldaps://ldap.example.com:636',
      'bind_dn: ${env:NAME_BIND_DN}',
      'password: ${env:NAME_PASSWORD}',
      'base: ou=people,dc=example,dc=com',
      'schema: inetorgperson               # or active-directory',
    ],
    variables: { BIND_DN: 'the DN that may read all people', PASSWORD: 'its password' },
  },
  scim: {
    lines: ['connector: scim', 'url: https://SYSTEM.example.com/scim/v2', 'token: ${env:NAME_TOKEN}'],
    variables: { TOKEN: 'bearer token of the SCIM endpoint' },
  },
  sql: {
    lines: [
      'connector: sql',
      'url: postgresql://SYSTEM.example.com:5432/SYSTEM   # or mysql, mariadb, sqlserver, oracle; path: of an SQLite file instead',
      'user: ${env:NAME_USER}',
      'password: ${env:NAME_PASSWORD}',
      'query: select id, email, username as "userName", enabled, last_login as "lastLoginAt" from users',
      'status: { from: enabled, map: { true: active, false: deactivated } }',
    ],
    variables: { USER: 'a database user that may read this and nothing else', PASSWORD: 'its password' },
  },
  unix: {
    lines: [
      'connector: unix',
      'path: SYSTEM/passwd                  # copies of /etc/passwd and /etc/shadow',
      'shadow: SYSTEM/shadow',
      'lastlog: SYSTEM/lastlog              # what LC_ALL=C lastlog printed',
      'match: [userName]',
    ],
    variables: {},
  },
};

/** The logins of a database. */
function loginsStanza(engine: string, prefix: string, system: string): Stanza {
  const lines = [
    `connector: ${engine}`,
    `url: ${engine}://${system}.example.com`,
    `user: \${env:${prefix}_USER}`,
    `password: \${env:${prefix}_PASSWORD}`,
  ];
  const { permission = '' } = DATABASE_LOGINS[engine] ?? {};
  return {
    lines: [`# it needs: ${permission}`, ...lines],
    variables: [
      { name: `${prefix}_USER`, what: 'a user that may read the logins' },
      { name: `${prefix}_PASSWORD`, what: 'its password' },
    ],
  };
}

interface Stanza {
  readonly lines: readonly string[];
  readonly variables: readonly Variable[];
}

/** A config for these systems, which loads once its variables are set. @throws {UsageError} for a system that there is none of */
export function starterFor(
  { apps, directory }: Chosen,
  head: string,
  policy: string,
): { readonly text: string; readonly variables: readonly Variable[] } {
  const source = directory ?? 'ldap';
  const people = stanza(source, source);
  const taken = new Set<string>();
  const entries = apps.map((given) => {
    const [own, connector = own] = given.split('=', 2) as [string, string?];
    if (!/^[A-Za-z0-9][\w.-]*$/.test(own))
      throw new UsageError(`--app: ${printable(own)} is no name for an app; write slack, or chat=slack`);
    let name = own;
    for (let i = 2; taken.has(name); i++) name = `${own}-${i}`;
    taken.add(name);
    return { name, ...stanza(connector, name) };
  });
  const lines = [
    head,
    'directory:',
    ...indent([`name: ${source}`, ...people.lines], 2),
    '',
    '# What they have access to. The name is yours; it becomes the name in the report.',
    'apps:',
    ...entries.flatMap(({ name, lines: own }) => [`  ${name}:`, ...indent([...own, ...LIFECYCLE], 4), '']),
  ];
  const variables = [...people.variables, ...entries.flatMap((entry) => entry.variables)];
  return { text: `${lines.join('\n')}\n${policy}`, variables: [...new Map(variables.map((one) => [one.name, one])).values()] };
}

const LIFECYCLE = [
  '# Who must have an account (SCIM filter over the person). Without it: every active human.',
  '# expected: department eq "Sales"',
  '# Who carries each stage, as declared; the audit shows whether it really happens. by: scim, jit, api, workflow, manual or none.',
  '# lifecycle:',
  '#   create: { by: scim, system: idp, owner: iam@example.com }',
  '#   update: { by: scim, system: idp, owner: iam@example.com }',
  '#   delete: { by: none, control: weekly leaver sweep, owner: iam@example.com, review_by: 2027-06-30 }',
];

function stanza(connector: string, name: string): Stanza {
  const prefix = name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_');
  const coded = Object.hasOwn(CODED, connector) ? CODED[connector] : undefined;
  if (coded !== undefined)
    return {
      lines: coded.lines.map((line) => line.replaceAll('NAME', prefix).replaceAll('SYSTEM', name)),
      variables: Object.entries(coded.variables).map(([key, what]) => ({ name: `${prefix}_${key}`, what })),
    };
  if (isDatabaseLogins(connector)) return loginsStanza(connector, prefix, name);
  const known = [...catalogueNames(), ...Object.keys(CODED), ...Object.keys(DATABASE_LOGINS)];
  if (!catalogueNames().includes(connector))
    throw new UsageError(
      `there is no connector ${printable(connector)}.${didYouMean(connector, known) || ' `lifegap connectors` lists them'}`,
    );
  const manifest = catalogueManifest(connector);
  const variables: Variable[] = [];
  const options = Object.entries(manifest.params).map(([param, { secret, optional, default: fallback, describe, example }]) => {
    const variable = `${prefix}_${param.toUpperCase()}`;
    const needed = optional !== true && fallback === undefined;
    const what = [describe ?? param, ...(example === undefined ? [] : [`such as ${example}`])].map(oneLine).join(', ');
    if (needed) variables.push({ name: variable, what });
    const value = secret === true || needed ? `\${env:${variable}}` : JSON.stringify(fallback ?? example ?? '');
    const note = [what, ...(needed ? [] : [fallback === undefined ? 'optional' : `default ${oneLine(fallback)}`])].join('; ');
    return `${needed ? '' : '# '}${param}: ${value}   # ${note}`;
  });
  const notes = [
    `${manifest.title} needs: ${manifest.permission}`,
    ...credentialLists(manifest.credentials).flatMap(({ permission }) =>
      permission === undefined ? [] : [`its live keys need: ${permission}`],
    ),
    ...(manifest.hides ?? []).map((text) => `hides: ${text}`),
    ...(manifest.gaps ?? []).map((text) => `lifecycle gap: ${text}`),
  ];
  return { lines: [...notes.map((text) => `# ${oneLine(text)}`), `connector: ${connector}`, ...options], variables };
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' '));
}

function indent(lines: readonly string[], by: number): string[] {
  return lines.map((line) => `${' '.repeat(by)}${line}`);
}
