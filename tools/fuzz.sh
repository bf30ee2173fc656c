#!/usr/bin/env bash
# Runs every fuzz target of the folders given, without any those of the whole module, for a time, as in:
#	tools/fuzz.sh 10s internal/xlog
set -euo pipefail
cd "$(dirname "$0")/.."

time="${1:-10s}"
shift || true
[ $# -gt 0 ] || set -- cmd internal
targets=$(grep -r --include='*_test.go' '^func Fuzz' "$@" | sed -E 's,^(.*)/[^/]*:func (Fuzz[A-Za-z0-9_]*).*,\1 \2,' | sort -u)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

while read -r dir name; do
	echo "fuzz $name in $dir"
	if "${GO:-go}" test -run '^$' -fuzz "^$name\$" -fuzztime "$time" "./$dir" >"$log" 2>&1; then
		tail -n 1 "$log"
		continue
	fi
	# The end of -fuzztime can race with a busy worker and be told as a failure (https://go.dev/issue/75804). A real
	# failure writes the input down, or says something else.
	if grep -q '^    context deadline exceeded$' "$log" && ! grep -Eq 'Failing input|panic:|_test\.go:' "$log"; then
		grep '^fuzz:' "$log" | tail -n 1
		continue
	fi
	cat "$log"
	exit 1
done <<<"$targets"
