#!/usr/bin/env bash
# lslogins prints the end of the account as "Password expiration", and the end of the password nowhere.
#
# Version:  util-linux 2.38.1 (Debian 2.38.1-5+deb12u3); nss_wrapper 1.1.12 stands in for /etc/passwd and /etc/shadow
# Expected: shadow(5) has two dates. A password ends so many days after its last change (fields 3 and 5); the account ends on the day in field
#           8, and the page has a note that the two differ. lslogins --help: PWD-EXPIR, "password expiration date".
# Seen:     ada's account ended on 2000-01-01, her password never ends: "Password expiration: 2000-01-01". bob's password ended on 2010-04-01,
#           his account never ends: the line is missing. There is no line or column for the end of an account. lslogins(1) says of
#           --acc-expiration that it shows the account's; the output calls it the password's.
# Matters:  an ended account is shut for every way in, keys as well; an ended password is asked to be changed. A leaver whose account was
#           ended is reported as somebody with an old password, and the old password of somebody who is still there is not reported.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q util-linux=2.38.1-5+deb12u3 libsmartcols1=2.38.1-5+deb12u3 libnss-wrapper=1.1.12-1 >&2
for deb in *.deb; do dpkg -x "$deb" root; done
lib=$(echo "$dir"/root/usr/lib/*-linux-gnu)

cat > passwd <<'EOF'
ada:x:1001:1001:Ada:/home/ada:/bin/sh
bob:x:1002:1001:Bob:/home/bob:/bin/sh
EOF
cat > shadow <<'EOF'
ada:$6$salt$hash:10900:0:99999:7::10957:
bob:$6$salt$hash:14610:0:90:7:::
EOF
echo 'staff:x:1001:' > group

seen=$(
  for name in ada bob; do
    echo "$name"
    NSS_WRAPPER_PASSWD=passwd NSS_WRAPPER_GROUP=group NSS_WRAPPER_SHADOW=shadow LD_LIBRARY_PATH=$lib LD_PRELOAD=$lib/libnss_wrapper.so \
      root/usr/bin/lslogins --time-format=iso "$name" |
      grep -E '^(Password (changed|expiration)|Maximum change time|Account.*):' | sed -E 's/  +/ /; s/ +$//'
  done
)

recorded='ada
Password changed: 1999-11-05
Maximum change time: 99999
Password expiration: 2000-01-01
bob
Password changed: 2010-01-01
Maximum change time: 90'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
