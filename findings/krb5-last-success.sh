#!/usr/bin/env bash
# A Kerberos KDC writes "Last successful authentication" only for principals that must preauthenticate: the others log in daily and show [never].
#
# Version:  MIT krb5 1.20.1 (Debian 1.20.1-2+deb12u5), DB2 back end
# Expected: kadmin(1) shows the three fields for every principal and says nothing of a condition: a login with the right password is a
#           successful authentication. kdc.conf(5), disable_last_success, which is off here, is named as what suppresses it, for principals
#           "requiring preauthentication"; that the others have none at all is left for the reader to conclude.
# Seen:     two principals, one with +requires_preauth and one with none, which is what addprinc gives where kdc.conf has no
#           default_principal_flags (MIT's own default; Debian's template adds +preauth for new ones, older and imported ones keep what they
#           had). Each gets a ticket, then each fails once. One has both times and a count of 1, the other [never], [never], 0 (without
#           preauthentication the KDC cannot tell whether its answer could be opened, so it notes nothing).
# Matters:  [never] reads as "never used", and such principals are first on every list of dormant accounts. Here it says nothing: whoever goes
#           by it deletes accounts that are in daily use, and whoever counts failures sees none where it matters.
# Output:   kept below as `recorded`; times are written as TIME.
set -euo pipefail

dir=$(mktemp -d)
kdc=
trap '[ -z "$kdc" ] || { kill "$kdc"; wait "$kdc" || true; }; rm -rf "$dir"' EXIT
cd "$dir"
krb5=1.20.1-2+deb12u5
apt-get download -q krb5-kdc=$krb5 krb5-admin-server=$krb5 krb5-user=$krb5 libkadm5srv-mit12=$krb5 libkadm5clnt-mit12=$krb5 libkdb5-10=$krb5 \
  libgssrpc4=$krb5 libkrb5-3=$krb5 libk5crypto3=$krb5 libkrb5support0=$krb5 libgssapi-krb5-2=$krb5 \
  libverto1=0.3.1-1 libverto-libev1=0.3.1-1 libev4=1:4.33-1 libss2=1.47.0-2+b2 >&2
for deb in *.deb; do dpkg -x "$deb" root; done
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH PATH="$dir/root/usr/sbin:$dir/root/usr/bin:$PATH"
port=$(node -e 'const s = net.createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')

cat > krb5.conf <<EOF
[libdefaults]
 default_realm = CORP.EXAMPLE
 dns_lookup_kdc = false
 rdns = false
 udp_preference_limit = 1
[realms]
 CORP.EXAMPLE = {
  kdc = 127.0.0.1:$port
 }
[dbmodules]
 db_module_dir = $LD_LIBRARY_PATH/krb5/plugins/kdb
EOF
cat > kdc.conf <<EOF
[kdcdefaults]
 kdc_listen = 127.0.0.1:$port
 kdc_tcp_listen = 127.0.0.1:$port
[realms]
 CORP.EXAMPLE = {
  database_name = $dir/principal
  key_stash_file = $dir/stash
 }
EOF
export KRB5_CONFIG="$dir/krb5.conf" KRB5_KDC_PROFILE="$dir/kdc.conf" KRB5CCNAME="FILE:$dir/tickets"

kdb5_util create -s -P master -r CORP.EXAMPLE > create.log 2>&1
kadmin.local -q 'addprinc -pw one ada' > ada.log 2>&1
kadmin.local -q 'addprinc -pw one +requires_preauth bob' > bob.log 2>&1
krb5kdc -n > kdc.log 2>&1 &
kdc=$!
for _ in $(seq 100); do grep -q starting kdc.log && break; sleep 0.1; done

login() { if echo "$2" | kinit "$1" > kinit.log 2>&1; then echo 'ticket'; else grep -o 'Password incorrect' kinit.log; fi; }
fields() {
  kadmin.local -q "getprinc $1" | grep -E '^(Last (successful|failed) authentication|Failed password attempts|Attributes):' |
    sed -E 's/: [A-Z][a-z]{2} [A-Z].*[0-9]{4}$/: TIME/; s/ +$//'
}
seen=$(
  for name in ada bob; do
    echo "$name: $(login $name one), then $(login $name wrong)"
    fields $name
  done
)

recorded='ada: ticket, then Password incorrect
Last successful authentication: [never]
Last failed authentication: [never]
Failed password attempts: 0
Attributes:
bob: ticket, then Password incorrect
Last successful authentication: TIME
Last failed authentication: TIME
Failed password attempts: 1
Attributes: REQUIRES_PRE_AUTH'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
