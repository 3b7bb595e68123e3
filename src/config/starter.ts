import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeNewFile } from '../disk/new-file.js';
import { UsageError } from '../model/errors.js';
import { printable } from '../yaml/quote.js';
import { jsonSchema } from './schema.js';
import { starterFor, type Chosen, type Variable } from './starter-connectors.js';

const SCHEMA_FILE = 'lifegap.schema.json';

const HEAD = `# yaml-language-server: $schema=./${SCHEMA_FILE}
#
# What lifegap audits: the people of the directory against the accounts of every app.
# Secrets never stand here: write \${env:NAME} or \${file:path}. The keys are explained in docs/config.md.
version: 1

# Who works here: the authoritative source. A list of entries is read in order of precedence (employees, then contractors).
# Leavers and disabled people must be in it: lifegap can only miss what it cannot see.`;

const POLICY = `policy:
  grace: { create: 24h, update: 24h, delete: 24h }   # a difference counts after this time
  leavers: [terminated, deleted, suspended]          # states that must have lost access
  window: 90d                                        # how far back joiners, movers and leavers count
  fail_on: [orphaned]                                # class, class:reason, or severity>=high
`;

/** Every line that people must change names a host of example (RFC 2606) or a variable. */
export const STARTER = `${HEAD}
directory:
  name: corp-directory
  connector: ldap                     # ldap, scim or file
  url: ldaps://ldap.example.com:636
  bind_dn: \${env:LDAP_BIND_DN}
  password: \${env:LDAP_PASSWORD}
  base: ou=people,dc=example,dc=com
  schema: inetorgperson               # or active-directory
  # ca_file: corp-ca.pem

# What they have access to. The name is yours; it becomes the name in the report.
apps:
  hr-portal:
    connector: scim
    url: https://hr.example.com/scim/v2
    token: \${env:HR_PORTAL_TOKEN}
    # Who must have an account (SCIM filter over the person). Without it: every active human.
    # expected: groups.display eq "all-staff"
    # Account key = person key, in order of trust. One word means the same on both sides.
    match: [externalId=id, email]
    # Who carries each stage, as declared; the audit shows whether it really happens.
    lifecycle:
      create: { by: scim, system: idp }
      update: { by: scim, system: idp }
      delete: { by: scim, system: idp }

  crm:
    connector: file
    path: exports/crm.csv             # .csv, .json or .ndjson, also with .gz
    # Where each value stands in a row.
    fields: { id: user_id, userName: login, emails: [email], lastLoginAt: last_seen }
    # Only values that are listed count; any other is "unknown", never "fine".
    status: { from: enabled, map: { true: active, false: deactivated } }
    lifecycle:
      create: { by: jit, system: idp }
      # A stage that nothing carries wants a compensating control.
      delete: { by: none, control: weekly leaver sweep, owner: iam@example.com }
    # Accounts that are no person, with an owner and a date of review.
    accounts:
      - { match: userName sw "svc-", kind: service, owner: iam@example.com, reason: integrations }

${POLICY}`;

/** The starter for chosen systems of the catalogue, and the variables that it names. @throws {UsageError} */
export function chosenStarter(chosen: Chosen): { readonly text: string; readonly variables: readonly Variable[] } {
  return starterFor(chosen, HEAD, POLICY);
}

/** Writes the starter and, beside it, the schema that its first line names. Refuses to overwrite unless forced. */
export async function writeStarter(cwd: string, file: string, force: boolean, starter = STARTER): Promise<readonly string[]> {
  const config = path.resolve(cwd, file);
  const schema = path.join(path.dirname(config), SCHEMA_FILE);
  const schemaText = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
  const files = [
    { file: config, text: starter },
    { file: schema, text: schemaText },
  ];
  if (!force) {
    for (const { file: target, text } of files) {
      const present = await readIfThere(target);
      if (present !== undefined && (target === config || present !== text)) {
        throw new UsageError(`${shown(target)} is there already; --force overwrites it`);
      }
    }
  }
  for (const { file: target, text } of files) {
    try {
      // No secret is in it: whoever may read the folder may read it.
      await writeNewFile(target, [text], 0o666);
    } catch (error) {
      throw new UsageError(`cannot write ${shown(target)} (${(error as NodeJS.ErrnoException).code ?? 'failed'}); does its folder exist?`);
    }
  }
  return files.map(({ file: target }) => shown(target));

  function shown(target: string): string {
    const relative = path.relative(cwd, target);
    return printable(relative.startsWith('..') ? target : relative);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    // Anything but "no such file" means that something is there, and must not be written over.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}
