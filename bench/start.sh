#!/usr/bin/env bash
# How long a start takes, in milliseconds, sorted: `start.sh server|agent|status [N]` (server and 20 unless told).
#   server  from an empty data folder to the line "ready"      agent  from an empty home to the line "ready"
#   status  the command, with a running agent
# One start goes before and is not counted; what it leaves to do (an archive of classes, in a place of ours) is waited for.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
what=${1:-server}
count=${2:-20}
products=$root/client-product/target/products/org.tidebox.client.product/linux/gtk/x86_64
work=$(mktemp -d)
export XDG_CACHE_HOME=$work/cache
pid=
trap '[ -z "$pid" ] || { kill "$pid"; tail --pid="$pid" -f /dev/null; }; rm -rf "$work"' EXIT

case $what in
    server)
        products=${products//client/server}
        command=(server run --data "$work/state" --host 127.0.0.1 --port 0)
        ;;
    agent | status) command=(--home "$work/state" agent) ;;
    *) echo "usage: start.sh server|agent|status [N]" >&2 && exit 2 ;;
esac

milliseconds() {
    echo $((($(date +%s%N) - begin) / 1000000))
}

start() {
    rm -rf "$work/state"
    begin=$(date +%s%N)
    exec 3< <(exec "$products/tidebox" "${command[@]}" 2> "$work/errors")
    pid=$!
    if ! read -r -t 60 line <&3 || [[ $line != ready* ]]; then
        echo "start: $what did not get ready: $(cat "$work/errors")" >&2
        exit 1
    fi
}

stop() {
    kill "$pid"
    tail --pid="$pid" -f /dev/null
    pid=
    exec 3<&-
}

start
[ "$what" = status ] || stop
until ! compgen -G "$XDG_CACHE_HOME/tidebox/*.making" > /dev/null; do
    sleep 1
done
for _ in $(seq "$count"); do
    if [ "$what" = status ]; then
        begin=$(date +%s%N)
        "$products/tidebox" --home "$work/state" status > /dev/null
        milliseconds
    else
        start
        milliseconds
        stop
    fi
done > "$work/times"
sort -n "$work/times"
