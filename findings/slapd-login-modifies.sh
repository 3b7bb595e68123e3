#!/usr/bin/env bash
# A login through slapd's ppolicy moves modifyTimestamp of the person, and what it changed cannot be seen afterwards.
#
# Version:  OpenLDAP slapd 2.5.13 (Debian 2.5.13+dfsg-5), overlay ppolicy with pwdLockout and pwdMaxFailure
# Expected: RFC 4512, section 3.4.3 and 3.4.4: modifiersName and modifyTimestamp say who changed the entry last, and when. A login that is let
#           in is no change: a first login, without failures before it, leaves both as they were.
# Seen:     a mistyped password adds pwdFailureTime and moves modifyTimestamp; the right one after it takes pwdFailureTime away again and
#           moves modifyTimestamp once more. modifiersName turns from the administrator who made the entry into the rootdn, who did nothing.
#           Of what the failure wrote, these two are all that is left.
# Matters:  modifyTimestamp serves as "last touched by the identity system" and as the cursor of incremental reads. Here a leaver's typing
#           error renews it, under the name of the most powerful account there is.
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
moduleload ppolicy
pidfile $dir/pid
database mdb
directory $dir/data
suffix dc=corp,dc=example
rootdn cn=admin,dc=corp,dc=example
rootpw secret
access to attrs=userPassword by anonymous auth
access to * by dn.exact="uid=idm,dc=corp,dc=example" write by * read
overlay ppolicy
ppolicy_default cn=policy,dc=corp,dc=example
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

dn: cn=policy,dc=corp,dc=example
objectClass: device
objectClass: pwdPolicy
cn: policy
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 3

dn: uid=idm,dc=corp,dc=example
objectClass: inetOrgPerson
uid: idm
cn: idm
sn: idm
userPassword: three

EOF
ldapadd -x -D uid=idm,dc=corp,dc=example -w three > add.log <<'EOF'
dn: uid=ada,dc=corp,dc=example
objectClass: inetOrgPerson
uid: ada
cn: Ada
sn: Love
userPassword: one
EOF

# The clock of modifyTimestamp counts seconds, entryCSN microseconds: the same event, without a wait.
entry() { ldapsearch "${admin[@]}" -LLL -o ldif-wrap=no '(uid=ada)' '*' '+'; }
login() { ldapwhoami -x -D uid=ada,dc=corp,dc=example -w "$1" > login.log 2>&1 && echo "$2: let in" || echo "$2: refused"; }
step() {
  entry > before
  login "$1" "$2"
  entry > after
  echo "  changed: $(diff before after | sed -n 's/^[<>] \([^:]*\):.*/\1/p' | sort -u | paste -sd ' ')"
  echo "  $(grep '^modifiersName' after), pwdFailureTime: $(grep -c '^pwdFailureTime' after || true)"
}
seen=$(
  step one 'right password'
  sleep 1.1
  step wrong 'wrong password'
  sleep 1.1
  step one 'right password'
)

recorded='right password: let in
  changed: 
  modifiersName: uid=idm,dc=corp,dc=example, pwdFailureTime: 0
wrong password: refused
  changed: entryCSN modifiersName modifyTimestamp pwdFailureTime
  modifiersName: cn=admin,dc=corp,dc=example, pwdFailureTime: 1
right password: let in
  changed: entryCSN modifyTimestamp pwdFailureTime
  modifiersName: cn=admin,dc=corp,dc=example, pwdFailureTime: 0'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
