#!/usr/bin/env bash
# scim2-filter parses `and` and `or`, and then finds nobody.
#
# Version:  scim2-filter 0.2.0 (npm)
# Expected: RFC 7644, section 3.4.2.2: `and` holds if both sides hold, `or` if either does. The package's README shows both functions, parse
#           and filter, and an example whose filter has two `and`.
# Seen:     the tree is right. Each of the two conditions alone finds its user. Joined by `and` or `or` they find nobody, inside and outside
#           of brackets. No error.
# Matters:  a deprovisioning job asks for `active eq true and userName eq "..."` before it acts. An empty list reads as "already gone", the
#           account stays, and the log has a success in it.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund scim2-filter@0.2.0 >&2

cat > "$dir/filter.cjs" <<'EOF'
const { parse, filter } = require('scim2-filter');
const users = [
  { userName: 'ada', active: true, emails: [{ type: 'work', value: 'ada@corp.example' }] },
  { userName: 'bob', active: false, emails: [{ type: 'home', value: 'bob@corp.example' }] },
];
console.log(JSON.stringify(parse('active eq true and userName eq "ada"')));
for (const text of [
  'active eq true',
  'userName eq "ada"',
  'active eq true and userName eq "ada"',
  'active eq true or userName eq "bob"',
  'emails[type eq "work"]',
  'emails[type eq "work" and value co "ada"]',
])
  console.log(text, '=>', users.filter(filter(parse(text))).map((user) => user.userName).join(' ') || 'nobody');
EOF
seen=$(node "$dir/filter.cjs")

recorded='{"op":"and","filters":[{"op":"eq","attrPath":"active","compValue":true},{"op":"eq","attrPath":"userName","compValue":"ada"}]}
active eq true => ada
userName eq "ada" => ada
active eq true and userName eq "ada" => nobody
active eq true or userName eq "bob" => nobody
emails[type eq "work"] => ada
emails[type eq "work" and value co "ada"] => nobody'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
