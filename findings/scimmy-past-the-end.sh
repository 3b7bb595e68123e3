#!/usr/bin/env bash
# SCIMMY fills a page that begins past the last user with the first users, and calls it that page.
#
# Version:  scimmy 1.3.5 (npm)
# Expected: RFC 7644, section 3.4.2.4: startIndex is the 1-based index of the first result of the page. Five results have no sixth, so the
#           page from the sixth on is empty, with totalResults 5.
# Seen:     startIndex 5 gives the fifth user. startIndex 6 gives the first two, and the message says startIndex 6 of 5 as if they were the
#           sixth and seventh.
# Matters:  a reader that asks until a page comes back empty (the total may change while it reads) never meets one, and takes old users for
#           new: accounts are counted twice, and joins by position meet the wrong person.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund scimmy@1.3.5 >&2

cat > "$dir/page.mjs" <<'EOF'
import SCIMMY from 'scimmy';
const users = [1, 2, 3, 4, 5].map((n) => ({ id: `${n}`, userName: `user${n}@corp.example` }));
for (const startIndex of [1, 3, 5, 6, 50]) {
  const page = new SCIMMY.Messages.ListResponse(users, { startIndex, count: 2 });
  console.log(JSON.stringify({ totalResults: page.totalResults, startIndex: page.startIndex, ids: page.Resources.map((user) => user.id) }));
}
EOF
seen=$(node "$dir/page.mjs")

recorded='{"totalResults":5,"startIndex":1,"ids":["1","2"]}
{"totalResults":5,"startIndex":3,"ids":["3","4"]}
{"totalResults":5,"startIndex":5,"ids":["5"]}
{"totalResults":5,"startIndex":6,"ids":["1","2"]}
{"totalResults":5,"startIndex":50,"ids":["1","2"]}'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
