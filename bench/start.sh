#!/usr/bin/env bash
# How long a server takes from an empty data folder to its line "ready": N runs (20 unless told), in milliseconds, sorted.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tidebox=$root/server-product/target/products/org.tidebox.server.product/linux/gtk/x86_64/tidebox
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT

for _ in $(seq "${1:-20}"); do
    rm -rf "${data:?}"/*
    begin=$(date +%s%N)
    exec 3< <(exec "$tidebox" server run --data "$data/server" --host 127.0.0.1 --port 0 2> "$data/errors")
    server=$!
    if ! read -r -t 60 line <&3 || [[ $line != ready* ]]; then
        echo "start: the server did not get ready: $(cat "$data/errors")" >&2
        exit 1
    fi
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
    kill "$server"
    tail --pid="$server" -f /dev/null
    exec 3<&-
done | sort -n
