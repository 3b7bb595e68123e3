#!/usr/bin/env bash
# ldap3 shows an Active Directory account that never expires as one that expired on the first of January 1601.
#
# Version:  ldap3 2.9.1 for Python (Debian 2.9.1-2), with the schema of Active Directory that it brings
# Expected: accountExpires has two values for "never", 0 and 0x7FFFFFFFFFFFFFFF ([MS-ADA1], section 2.1; Microsoft's page on the attribute
#           says that 0 is what an account gets whose end date is taken away again). ldap3 knows the second and gives the last moment that
#           Python has.
# Seen:     0 goes through the same arithmetic as any time and comes out as 1601-01-01. pwdLastSet 0 ("must change at next login") comes out
#           the same way, as a password that is four hundred years old. The number itself is left in raw_attributes only.
# Matters:  whoever had a fixed term that was then lifted is read as long expired: `accountExpires < now` sorts permanent staff among the
#           accounts that are safe to delete, and hides them from a list of accounts that can log in.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q python3-ldap3=2.9.1-2 python3-pyasn1=0.4.8-3+deb12u3 >&2
for deb in *.deb; do dpkg -x "$deb" root; done

cat > read.py <<'EOF'
from ldap3 import MOCK_SYNC, OFFLINE_AD_2012_R2, Connection, Server

directory = Connection(Server('ad', get_info=OFFLINE_AD_2012_R2), client_strategy=MOCK_SYNC)
directory.bind()
for name, expires, password in (
    ('ada', '134300000000000000', '134200000000000000'),
    ('bob', '9223372036854775807', '134200000000000000'),
    ('eve', '0', '0'),
):
    entry = {'objectClass': ['user'], 'sAMAccountName': name, 'accountExpires': expires, 'pwdLastSet': password}
    directory.strategy.add_entry(f'cn={name},dc=corp,dc=example', entry)
directory.search('dc=corp,dc=example', '(sAMAccountName=*)', attributes=['accountExpires', 'pwdLastSet'])
for entry in sorted(directory.response, key=lambda entry: entry['dn']):
    for name in ('accountExpires', 'pwdLastSet'):
        print(entry['dn'].split(',')[0], name, entry['raw_attributes'][name][0].decode(), '=>', entry['attributes'][name].isoformat())
EOF
seen=$(PYTHONPATH="$dir/root/usr/lib/python3/dist-packages" python3 read.py)

recorded='cn=ada accountExpires 134300000000000000 => 2026-07-31T19:33:20+00:00
cn=ada pwdLastSet 134200000000000000 => 2026-04-07T01:46:40+00:00
cn=bob accountExpires 9223372036854775807 => 9999-12-31T23:59:59.999999+00:00
cn=bob pwdLastSet 134200000000000000 => 2026-04-07T01:46:40+00:00
cn=eve accountExpires 0 => 1601-01-01T00:00:00+00:00
cn=eve pwdLastSet 0 => 1601-01-01T00:00:00+00:00'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
