#!/usr/bin/env bash
# SCIMMY's filter takes `not (a or b)` for `(not a) or (not b)`, and finds the users that were to be left out.
#
# Version:  scimmy 1.3.5 (npm)
# Expected: RFC 7644, section 3.4.2.2: `not` turns the result of the whole group around, and a group is evaluated first. Not (a or b) is (not
#           a) and (not b). The package offers Filter.match to pick from a list.
# Seen:     of three users one is inactive and one has a title. `active eq false or title pr` finds these two. `not (...)` around it should
#           find the third alone and finds all three: `not` reaches each condition and leaves the word between them as it was. `not` around an
#           `and` finds the inactive one alone, where everybody but the active one with a title was asked for.
# Matters:  "everybody but the inactive and the service accounts" is how a provisioning job says whom it may touch. Here it touches nearly all
#           of them, and a leaver list that is made by exclusion holds people who stay.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund scimmy@1.3.5 >&2

cat > "$dir/filter.mjs" <<'EOF'
import SCIMMY from 'scimmy';
const users = [
  { userName: 'ada', active: true },
  { userName: 'bob', active: false },
  { userName: 'eve', active: true, title: 'Lead' },
];
for (const text of [
  'active eq false or title pr',
  'not (active eq false or title pr)',
  'not (active eq false) and not (title pr)',
  'not (active eq true and title pr)',
])
  console.log(text, '=>', new SCIMMY.Types.Filter(text).match(users).map((user) => user.userName).join(' ') || 'nobody');
EOF
seen=$(node "$dir/filter.mjs")

recorded='active eq false or title pr => bob eve
not (active eq false or title pr) => ada bob eve
not (active eq false) and not (title pr) => ada
not (active eq true and title pr) => bob'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
