import { starterFor, type Chosen, type Variable } from './starter-connectors.js';

export const SCHEMA_FILE = 'lifegap.schema.json';

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
