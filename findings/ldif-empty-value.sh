#!/usr/bin/env bash
# The ldif package gives up on a whole file because of one attribute without a value, and on the rest of a folded comment.
#
# Version:  ldif 0.5.1 (npm)
# Expected: RFC 2849: in value-spec the SAFE-STRING after ":" is optional, so `description:` is an attribute with an empty value ; and note 2
#           lets any line that is not empty be folded, comments included.
# Seen:     an entry with `description:` raises a TypeError; a comment that goes on in a second line raises a syntax error. Neither names an
#           entry.
# Matters:  exports of old directories hold empty strings in attributes that nobody fills (slapd's Directory String refuses them, an IA5
#           String such as mail or gecos may be empty), and long DNs make ldapsearch fold its "# dn" comments. The export is whole, the reader
#           sees none of it.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --silent --no-audit --no-fund ldif@0.5.1 >&2

cat > "$dir/read.cjs" <<'EOF'
const ldif = require('ldif');
for (const [what, text] of [
  ['plain', 'version: 1\ndn: uid=ada,dc=corp\nuid: ada\n'],
  ['comment', '# ada, corp\ndn: uid=ada,dc=corp\nuid: ada\n'],
  ['folded comment', '# ada,\n  corp\ndn: uid=ada,dc=corp\nuid: ada\n'],
  ['empty value', 'version: 1\ndn: uid=ada,dc=corp\nuid: ada\ngecos:\n'],
]) {
  try {
    console.log(`${what}:`, JSON.stringify(ldif.parse(text).entries.map((entry) => entry.toObject())));
  } catch (error) {
    console.log(`${what}:`, `${error.name}: ${error.message}`);
  }
}
EOF
seen=$(node "$dir/read.cjs")

recorded='plain: [{"dn":"uid=ada,dc=corp","attributes":{"uid":"ada"}}]
comment: [{"dn":"uid=ada,dc=corp","attributes":{"uid":"ada"}}]
folded comment: SyntaxError: Expected DN, WHITESPACE, entry or version but " " found.
empty value: TypeError: Cannot read properties of null (reading '\''type'\'')'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
