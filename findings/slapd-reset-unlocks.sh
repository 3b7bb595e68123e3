#!/usr/bin/env bash
# A new password set by an administrator lifts slapd's permanent lock, although nobody asked for that.
#
# Version:  OpenLDAP slapd 2.5.13 (Debian 2.5.13+dfsg-5), overlay ppolicy
# Expected: slapo-ppolicy(5): a lock that comes of failures ends when an administrator resets the password. pwdAccountLockedTime 000001010000Z
#           is another thing: locked for good, to be unlocked by an administrator. One would think that this means to take the value away.
# Seen:     another change to the entry (its mail) leaves the lock. Setting userPassword deletes pwdAccountLockedTime and the login works at
#           once. Where one operation sets both, the lock that it sets stays.
# Matters:  "lock, then scramble the password" is a common order for a leaver, and a password that is synchronised from elsewhere comes at any
#           hour. Each opens the account again, with nothing in the entry that tells it from one that was never locked. The order has to be
#           turned around, or both be one operation, and an audit must read the lock after the last password change.
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
access to * by * read
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

dn: uid=ada,dc=corp,dc=example
objectClass: inetOrgPerson
uid: ada
cn: Ada
sn: Love
userPassword: one
EOF

change() { { echo 'dn: uid=ada,dc=corp,dc=example'; echo 'changetype: modify'; cat; } | ldapmodify "${admin[@]}" > modify.log; }
lock() { ldapsearch -x -LLL '(uid=ada)' pwdAccountLockedTime | grep -o '^pwdAccountLockedTime: .*' || echo 'no pwdAccountLockedTime'; }
login() { if ldapwhoami -x -D uid=ada,dc=corp,dc=example -w "$1" > login.log 2>&1; then echo 'login works'; else grep -o '([0-9]*)' login.log; fi; }
seen=$(
  echo "new: $(lock), $(login one)"
  printf '%s\n' 'add: pwdAccountLockedTime' 'pwdAccountLockedTime: 000001010000Z' | change
  echo "locked: $(lock), $(login one)"
  printf '%s\n' 'add: mail' 'mail: ada@corp.example' | change
  echo "mail set: $(lock), $(login one)"
  printf '%s\n' 'replace: userPassword' 'userPassword: two' | change
  echo "password set: $(lock), $(login two)"
  printf '%s\n' 'replace: userPassword' 'userPassword: three' - 'add: pwdAccountLockedTime' 'pwdAccountLockedTime: 000001010000Z' | change
  echo "password set and locked at once: $(lock), $(login three)"
)

recorded='new: no pwdAccountLockedTime, login works
locked: pwdAccountLockedTime: 000001010000Z, (49)
mail set: pwdAccountLockedTime: 000001010000Z, (49)
password set: no pwdAccountLockedTime, login works
password set and locked at once: pwdAccountLockedTime: 000001010000Z, (49)'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
