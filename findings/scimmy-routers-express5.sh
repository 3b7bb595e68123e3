#!/usr/bin/env bash
# The same SCIMMY routes page under Express 4 and ignore startIndex and count under Express 5.
#
# Version:  scimmy-routers 1.3.2, scimmy 1.3.5, express 4.22.3 and 5.3.0 (npm)
# Expected: scimmy-routers names express >=4.18 as its peer, so both are meant. RFC 7644, section 3.4.2.4: count is the most that a page may
#           hold, startIndex is where it begins.
# Seen:     Express 4 gives two users from the third. Express 5 gives all five from the first, under startIndex 1 and itemsPerPage 20. The
#           router turns the two numbers of req.query from text to numbers in place; in Express 5 req.query is made anew at each reading (its
#           guide for the move says: no longer a writable property), so they are text again when SCIMMY looks, and text is passed over.
# Matters:  a reader that asks for the second page gets the first again. One that counts what it was given reports people twice and believes
#           it is done; one that stops on a repeated id stops with a part. Only the echoed startIndex tells.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund --legacy-peer-deps \
  scimmy@1.3.5 scimmy-routers@1.3.2 express4@npm:express@4.22.3 express5@npm:express@5.3.0 express@5.3.0 >&2

cat > "$dir/serve.mjs" <<'EOF'
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
const users = [1, 2, 3, 4, 5].map((n) => ({ id: `${n}`, userName: `user${n}@corp.example` }));
SCIMMY.Resources.declare(SCIMMY.Resources.User).egress(() => users);
for (const name of ['express4', 'express5']) {
  const { default: express } = await import(name);
  const app = express().use('/scim', new SCIMMYRouters({ type: 'bearer', handler: () => 'reader' }));
  const server = await new Promise((resolve) => {
    const starting = app.listen(0, '127.0.0.1', () => resolve(starting));
  });
  const response = await fetch(`http://127.0.0.1:${server.address().port}/scim/Users?startIndex=3&count=2`);
  const { totalResults, startIndex, itemsPerPage, Resources } = await response.json();
  console.log(name, JSON.stringify({ totalResults, startIndex, itemsPerPage, ids: Resources.map((user) => user.id) }));
  server.closeAllConnections();
  server.close();
}
EOF
seen=$(node "$dir/serve.mjs")

recorded='express4 {"totalResults":5,"startIndex":3,"itemsPerPage":2,"ids":["3","4"]}
express5 {"totalResults":5,"startIndex":1,"itemsPerPage":20,"ids":["1","2","3","4","5"]}'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
