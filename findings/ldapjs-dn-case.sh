#!/usr/bin/env bash
# @ldapjs/dn holds DC=corp and dc=corp for two places, so a person is not below the company's own root.
#
# Version:  @ldapjs/dn 1.1.0 (npm), the names of ldapjs 3
# Expected: the type of an attribute is case insensitive (RFC 4512, section 1.4, of short names; RFC 4514, section 3, has the type be one).
#           Two names are equal where their types and values match (RFC 4517, section 4.2.15).
# Seen:     equals and parentOf are false as soon as one side writes DC where the other writes dc, with values that agree to the letter. Other
#           ways to write the same name (escapes as hex or as themselves, blanks after a comma, the order in a multi-valued RDN) are told
#           alike.
# Matters:  Active Directory answers in capitals, OpenLDAP in the letters of whoever made the entry. Code that asks "is this account below the
#           leavers' OU" or "is this DN the owner of that one" gets no, and passes the account over.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund @ldapjs/dn@1.1.0 >&2

cat > "$dir/names.cjs" <<'EOF'
const { DN } = require('@ldapjs/dn');
for (const [one, other] of [
  ['cn=Doe\\, Jane,dc=corp', 'cn=Doe\\2C Jane,dc=corp'],
  ['cn=ada+uid=17,dc=corp', 'uid=17+cn=ada, dc=corp'],
  ['CN=ada,DC=corp', 'cn=ada,dc=corp'],
])
  console.log(one, '|', other, '| equals:', DN.fromString(one).equals(other));
for (const parent of ['ou=leavers,dc=corp', 'OU=leavers,DC=corp'])
  console.log(parent, '| uid=ada,ou=leavers,dc=corp | parentOf:', DN.fromString(parent).parentOf('uid=ada,ou=leavers,dc=corp'));
EOF
seen=$(node "$dir/names.cjs")

recorded='cn=Doe\, Jane,dc=corp | cn=Doe\2C Jane,dc=corp | equals: true
cn=ada+uid=17,dc=corp | uid=17+cn=ada, dc=corp | equals: true
CN=ada,DC=corp | cn=ada,dc=corp | equals: false
ou=leavers,dc=corp | uid=ada,ou=leavers,dc=corp | parentOf: true
OU=leavers,DC=corp | uid=ada,ou=leavers,dc=corp | parentOf: false'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
