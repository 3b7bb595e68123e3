#!/usr/bin/env bash
# In MariaDB's mysql.user a locked account looks exactly like an open one.
#
# Version:  MariaDB 10.11.19 (Debian 1:10.11.19-0+deb12u1)
# Expected: after MariaDB's page on mysql.user it is now a view, kept so that older programs and monitoring go on working. It shows
#           password_expired, max_connections and the rest. ALTER USER ... ACCOUNT LOCK shuts an account; MySQL, since 5.7, shows that in
#           mysql.user.account_locked.
# Seen:     the view has no such column, and no other that moves: the rows of a locked and of an open account differ in the name alone, while
#           an expired password does show. information_schema.user_privileges keeps listing both. Only mysql.global_priv (JSON) and SHOW
#           CREATE USER know, and the server does refuse the login.
# Matters:  an access review from mysql.user, whose query worked for MySQL but for the one column that had to go, reports every locked leaver
#           as open; and it cannot be mended by reading harder, only by reading mysql.global_priv.
# Output:   kept below as `recorded`.
set -euo pipefail

dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q mariadb-server=1:10.11.19-0+deb12u1 mariadb-server-core=1:10.11.19-0+deb12u1 mariadb-client=1:10.11.19-0+deb12u1 \
  mariadb-client-core=1:10.11.19-0+deb12u1 libmariadb3=1:10.11.19-0+deb12u1 liburing2=2.3-3 libaio1=0.3.113-4 >&2
for deb in *.deb; do dpkg -x "$deb" root; done
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH

bash root/usr/bin/mariadb-install-db --no-defaults --basedir="$dir/root/usr" --datadir="$dir/data" --user="$(id -un)" \
  --auth-root-authentication-method=normal --skip-test-db > install.log 2>&1
root/usr/sbin/mariadbd --no-defaults --basedir="$dir/root/usr" --lc-messages-dir="$dir/root/usr/share/mysql" --datadir="$dir/data" \
  --user="$(id -un)" --skip-networking --socket="$dir/socket" --pid-file="$dir/pid" > server.log 2>&1 &
server=$!
for _ in $(seq 150); do [ -S socket ] && break; sleep 0.2; done

sql() { root/usr/bin/mariadb --no-defaults --socket="$dir/socket" -u root --batch "$@" 2>&1; }
for name in ada bob eve; do sql -e "CREATE USER $name@localhost IDENTIFIED BY 'one'"; done
sql -e 'ALTER USER ada@localhost ACCOUNT LOCK; ALTER USER eve@localhost PASSWORD EXPIRE'
row() { sql -e "SELECT * FROM mysql.user WHERE User = '$1'\\G" | sed "s/$1/NAME/"; }
login() { root/usr/bin/mariadb --no-defaults --socket="$dir/socket" -u "$1" -pone --batch -N -e 'SELECT 1' 2>&1 || true; }

seen=$(
  echo "columns of mysql.user that differ for ada (locked) and bob (open): $(diff <(row ada) <(row bob) | grep -c '^<' || true)"
  echo "columns of mysql.user that differ for eve (expired) and bob (open): $(diff <(row eve) <(row bob) | grep '^<' | tr -d '< ')"
  echo "SELECT account_locked FROM mysql.user: $(sql -e 'SELECT account_locked FROM mysql.user' |
    grep -o 'Unknown column .account_locked.' | tr -d "'")"
  echo "mysql.global_priv: $(sql -N -e \
    "SELECT User, JSON_VALUE(Priv, '\$.account_locked') FROM mysql.global_priv WHERE User < 'c'" | sort | tr '\t\n' ' ;')"
  echo "login of bob: $(login bob)"
  echo "login of ada: $(login ada)"
)

recorded='columns of mysql.user that differ for ada (locked) and bob (open): 0
columns of mysql.user that differ for eve (expired) and bob (open): password_expired:Y
SELECT account_locked FROM mysql.user: Unknown column account_locked
mysql.global_priv: ada 1;bob NULL;
login of bob: 1
login of ada: ERROR 4151 (HY000): Access denied, this account is locked'

diff <(printf '%s\n' "$recorded") <(printf '%s\n' "$seen") || { echo 'changed: < recorded, > seen' >&2; exit 1; }
echo "$seen"
