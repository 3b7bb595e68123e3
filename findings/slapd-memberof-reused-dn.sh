#!/usr/bin/env bash
# With slapd's memberof overlay, who gets the DN of somebody deleted gets their groups, and memberOf does not show it.
#
# Version:  OpenLDAP slapd 2.5.13 (Debian 2.5.13+dfsg-5), overlay memberof with its defaults
# Expected: slapo-memberof(5): the overlay keeps memberOf up to date with the groups. memberof-refint is off, so a deleted user's DN stays in
#           its groups as a dangling reference; that much is said. One would look for memberOf to be there again as soon as the reference
#           points at an entry again.
# Seen:     memberOf is written when a group changes, not when a person comes. After delete and add of uid=ada the group still compares TRUE
#           for her, and her entry has no memberOf, nor does (memberOf=*) find anybody. The two ways to ask the one question disagree.
# Matters:  user names are reused, and rehires get their old one. The new person has the old one's groups from the first day; an audit from
#           memberOf shows no groups at all, one from member shows them. Saving the group does not mend it, only taking the member out and
#           putting it back.
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

mkdir data
cat > slapd.conf <<EOF
include $dir/root/etc/ldap/schema/core.schema
include $dir/root/etc/ldap/schema/cosine.schema
include $dir/root/etc/ldap/schema/inetorgperson.schema
modulepath $dir/root/usr/lib/ldap
moduleload back_mdb
moduleload memberof
pidfile $dir/pid
database mdb
directory $dir/data
suffix dc=corp,dc=example
rootdn cn=admin,dc=corp,dc=example
rootpw secret
access to attrs=userPassword by anonymous auth
access to * by * read
overlay memberof
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
uid: ada
cn: Ada
sn: Love
userPassword: one

dn: cn=payroll,dc=corp,dc=example
objectClass: groupOfNames
cn: payroll
member: uid=ada,dc=corp,dc=example
member: cn=admin,dc=corp,dc=example
EOF

state() {
  echo "$1: memberOf of ada: $(ldapsearch -x -LLL -o ldif-wrap=no '(uid=ada)' memberOf | sed -n 's/^memberOf: //p')" \
    "| found by (memberOf=*): $(ldapsearch -x -LLL '(memberOf=*)' 1.1 | grep -c '^dn' || true)" \
    "| group compares: $(ldapcompare -x cn=payroll,dc=corp,dc=example member:uid=ada,dc=corp,dc=example || true)"
}
seen=$(
  state 'first ada'
  ldapdelete "${admin[@]}" uid=ada,dc=corp,dc=example
  ldapadd "${admin[@]}" > add.log <<'EOF'
dn: uid=ada,dc=corp,dc=example
objectClass: inetOrgPerson
uid: ada
cn: Ada
sn: Somebody Else
EOF
  state 'second ada'
  ldapmodify "${admin[@]}" > modify.log <<'EOF'
dn: cn=payroll,dc=corp,dc=example
changetype: modify
replace: description
description: saved again
EOF
  state 'group saved again'
  ldapmodify "${admin[@]}" > modify.log <<'EOF'
dn: cn=payroll,dc=corp,dc=example
changetype: modify
delete: member
member: uid=ada,dc=corp,dc=example
-
add: member
member: uid=ada,dc=corp,dc=example
EOF
  state 'member taken out and put back'
)

recorded='first ada: memberOf of ada: cn=payroll,dc=corp,dc=example | found by (memberOf=*): 1 | group compares: TRUE
second ada: memberOf of ada:  | found by (memberOf=*): 0 | group compares: TRUE
group saved again: memberOf of ada:  | found by (memberOf=*): 0 | group compares: TRUE
member taken out and put back: memberOf of ada: cn=payroll,dc=corp,dc=example | found by (memberOf=*): 1 | group compares: TRUE'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
