#!/usr/bin/env bash
# scim-patch answers `replace Active: false` with a second attribute beside `active: true`: the account stays on.
#
# Version:  scim-patch 0.8.3 (npm)
# Expected: attribute names are case insensitive (RFC 7643, section 2.1), in paths and in the object of a PATCH without path alike. A client
#           that writes Active means active, and after RFC 7644, section 3.5.2.3, the existing value is replaced.
# Seen:     the user keeps active: true and gains Active: false, with and without path. No error. Only inside the brackets of a path are names
#           folded: emails[Type eq "work"] selects the address that emails[type eq "work"] selects.
# Matters:  a server that is built on this package acknowledges a deactivation, stores it under another name, and the leaver still logs in. An
#           audit that reads JSON by exact name sees active: true and is right; one that folds names sees two values and must choose.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund scim-patch@0.8.3 >&2

cat > "$dir/patch.cjs" <<'EOF'
const { scimPatch } = require('scim-patch');
const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
for (const operation of [
  { op: 'replace', path: 'active', value: false },
  { op: 'replace', path: 'Active', value: false },
  { op: 'replace', value: { Active: false } },
  { op: 'remove', path: 'emails[type eq "work"]' },
  { op: 'remove', path: 'emails[Type eq "work"]' },
]) {
  const user = { schemas: [SCHEMA], active: true, emails: [{ type: 'work', value: 'ada@corp.example' }] };
  const { schemas, ...after } = scimPatch(user, [operation]);
  console.log(JSON.stringify(operation), '=>', JSON.stringify(after));
}
EOF
seen=$(node "$dir/patch.cjs")

recorded='{"op":"replace","path":"active","value":false} => {"active":false,"emails":[{"type":"work","value":"ada@corp.example"}]}
{"op":"replace","path":"Active","value":false} => {"active":true,"emails":[{"type":"work","value":"ada@corp.example"}],"Active":false}
{"op":"replace","value":{"Active":false}} => {"active":true,"emails":[{"type":"work","value":"ada@corp.example"}],"Active":false}
{"op":"remove","path":"emails[type eq \"work\"]"} => {"active":true}
{"op":"remove","path":"emails[Type eq \"work\"]"} => {"active":true}'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
