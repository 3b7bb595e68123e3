#!/usr/bin/env bash
# scim2-parse-filter compares times as text, so the same instant with another offset is another time.
#
# Version:  scim2-parse-filter 0.2.10 (npm)
# Expected: RFC 7644, section 3.4.2.2: gt, ge, lt and le of DateTime values are chronological. RFC 7643, section 2.3.5, takes xsd:dateTime,
#           with any offset and any number of digits of a second. 14:00+02:00 and 12:00Z are one instant.
# Seen:     a user changed at 12:00Z is not `ge` 14:00+02:00, which is the same instant, and not `gt` 13:30+02:00, half an hour before. 12:00Z
#           is `gt` 12:00:00.500Z, half a second after it, because Z follows the full stop.
# Matters:  `meta.lastModified gt` is how a reader asks what has changed since the last run. An account that was switched on again inside the
#           width of the offset is left out, once and for ever, since the next run asks from a later time.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund scim2-parse-filter@0.2.10 >&2

cat > "$dir/times.cjs" <<'EOF'
const { parse, filter } = require('scim2-parse-filter');
const user = { userName: 'ada', meta: { lastModified: '2026-10-16T12:00:00Z' } };
for (const condition of [
  'ge "2026-10-16T12:00:00Z"',
  'ge "2026-10-16T14:00:00+02:00"',
  'gt "2026-10-16T13:30:00+02:00"',
  'gt "2026-10-16T12:00:00.500Z"',
])
  console.log(user.meta.lastModified, condition, '=>', filter(parse(`meta.lastModified ${condition}`))(user));
EOF
seen=$(node "$dir/times.cjs")

recorded='2026-10-16T12:00:00Z ge "2026-10-16T12:00:00Z" => true
2026-10-16T12:00:00Z ge "2026-10-16T14:00:00+02:00" => false
2026-10-16T12:00:00Z gt "2026-10-16T13:30:00+02:00" => false
2026-10-16T12:00:00Z gt "2026-10-16T12:00:00.500Z" => true'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
