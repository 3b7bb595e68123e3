#!/usr/bin/env bash
# ldapts sends the escaped octets of a filter as Latin letters, so a filter by objectGUID finds nobody.
#
# Version:  ldapts 9.2.0 (npm; 8.2.0 does the same) against OpenLDAP slapd 2.5.13 (Debian 2.5.13+dfsg-5)
# Expected: RFC 4515, section 3: \xx in an assertion value stands for the octet of that value. Section 4 has an example in UTF-8,
#           (sn=Lu\c4\8di\c4\87), and one in plain octets.
# Seen:     ldapsearch finds the entry by the octets of its objectGUID and by the escaped form of its name. ldapts finds it by neither, and
#           says no word: each octet from 80 to ff goes out as the two octets of UTF-8 that the letter of that number has. The same value as a
#           Buffer in an EqualityFilter, or as the letters themselves, does find it. Escapes below 80 are right.
# Matters:  an objectGUID is the one key of an Active Directory account that outlives renames, and every tool prints it with escapes. "Not
#           found" is what a deleted account looks like, so the check whether a leaver is really gone passes.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q slapd=2.5.13+dfsg-5 ldap-utils=2.5.13+dfsg-5 libldap-2.5-0=2.5.13+dfsg-5 libltdl7=2.4.7-7~deb12u1 libwrap0=7.6.q-32 \
  libodbc2=2.3.11-2+deb12u1 libargon2-1=0~20171227-0.3+deb12u1 libnsl2=1.3.0-2 >&2
for deb in *.deb; do dpkg -x "$deb" root; done
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH PATH="$dir/root/usr/sbin:$dir/root/usr/bin:$PATH"
port=$(node -e 'const s = net.createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
npm install --prefix "$dir" --silent --no-audit --no-fund ldapts@9.2.0 >&2

mkdir data
cat > slapd.conf <<EOF
include $dir/root/etc/ldap/schema/core.schema
include $dir/root/etc/ldap/schema/cosine.schema
include $dir/root/etc/ldap/schema/inetorgperson.schema
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
objectclass ( 2.25.1.1 NAME 'adUser' AUXILIARY MAY objectGUID )
modulepath $dir/root/usr/lib/ldap
moduleload back_mdb
pidfile $dir/pid
database mdb
directory $dir/data
suffix dc=corp,dc=example
rootdn cn=admin,dc=corp,dc=example
rootpw secret
access to attrs=userPassword by anonymous auth
access to * by * read
EOF
slapd -f slapd.conf -h "ldap://127.0.0.1:$port" -d 0 > slapd.log 2>&1 &
server=$!
export LDAPURI="ldap://127.0.0.1:$port" LDAPBASE=dc=corp,dc=example
for _ in $(seq 100); do ldapwhoami -x > /dev/null 2>&1 && break; sleep 0.1; done
admin=(-x -D cn=admin,dc=corp,dc=example -w secret)
ldapadd "${admin[@]}" > add.log <<'EOF'
dn: dc=corp,dc=example
objectClass: dcObject
objectClass: organization
o: corp
dc: corp

dn: uid=ada,dc=corp,dc=example
objectClass: inetOrgPerson
objectClass: adUser
uid: ada
cn: ada
sn:: THXEjWnEhw==
objectGUID:: w7y9EYxRT02Jq83vASNFZw==
EOF

cat > find.mjs <<'EOF'
import { Client, EqualityFilter } from 'ldapts';
const client = new Client({ url: process.env.LDAPURI });
const find = async (filter) => {
  const { searchEntries } = await client.search('dc=corp,dc=example', { filter, attributes: ['uid'] });
  return searchEntries.map((entry) => entry.uid).join(' ') || 'nobody';
};
for (const filter of process.argv.slice(2)) console.log('ldapts', filter, '=>', await find(filter));
const value = Buffer.from('w7y9EYxRT02Jq83vASNFZw==', 'base64');
console.log('ldapts, value as Buffer =>', await find(new EqualityFilter({ attribute: 'objectGUID', value })));
await client.unbind();
EOF
filters=('(uid=\61da)' '(sn=Lu\c4\8di\c4\87)' '(objectGUID=\c3\bc\bd\11\8c\51\4f\4d\89\ab\cd\ef\01\23\45\67)')
seen=$(
  for filter in "${filters[@]}"; do echo "ldapsearch $filter => $(ldapsearch -x -LLL "$filter" uid | sed -n 's/^uid: //p')"; done
  node find.mjs "${filters[@]}"
)

recorded='ldapsearch (uid=\61da) => ada
ldapsearch (sn=Lu\c4\8di\c4\87) => ada
ldapsearch (objectGUID=\c3\bc\bd\11\8c\51\4f\4d\89\ab\cd\ef\01\23\45\67) => ada
ldapts (uid=\61da) => ada
ldapts (sn=Lu\c4\8di\c4\87) => nobody
ldapts (objectGUID=\c3\bc\bd\11\8c\51\4f\4d\89\ab\cd\ef\01\23\45\67) => nobody
ldapts, value as Buffer => ada'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
