#!/usr/bin/env bash
# ldap2date reads the offset of a generalized time with the wrong sign and as minutes, and fractions of hours as fractions of a second.
#
# Version:  ldap2date 2.0.0 (npm)
# Expected: RFC 4517, section 3.3.13, which the package's README names. The fraction belongs to the last unit that is written, so
#           2026101612.5Z is half past twelve. An offset is hours and minutes of local time: 12:00 at -0700 is 19:00 in UTC.
# Seen:     2026101612.5Z becomes 12:00 and half a second. 20261016120000-0700 becomes twenty minutes past midnight of the same day: 700
#           minutes are taken off where seven hours should be added. 20261016120000+0200 becomes 15:20 where 10:00 is meant. Nothing is raised
#           and nothing is null, which is what the README promises for a time that cannot be read.
# Matters:  last logins, account expiry and pwdChangedTime are generalized times. A server that writes local time with its offset (RFC 4517
#           allows it) gives a leaver a last login that is most of a day off, before or after the leave.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund ldap2date@2.0.0 >&2

cat > "$dir/times.cjs" <<'EOF'
const ldap2date = require('ldap2date');
const inUtc = ['20261016120000Z', '202610161230Z', '2026101612.5Z', '202610161230.5Z'];
for (const time of [...inUtc, '20261016120000-0700', '20261016120000+0200', '2026101612-07'])
  console.log(time, '=>', ldap2date.parse(time).toISOString());
EOF
seen=$(node "$dir/times.cjs")

recorded='20261016120000Z => 2026-10-16T12:00:00.000Z
202610161230Z => 2026-10-16T12:30:00.000Z
2026101612.5Z => 2026-10-16T12:00:00.500Z
202610161230.5Z => 2026-10-16T12:30:00.500Z
20261016120000-0700 => 2026-10-16T00:20:00.000Z
20261016120000+0200 => 2026-10-16T15:20:00.000Z
2026101612-07 => 2026-10-16T11:53:07.000Z'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
