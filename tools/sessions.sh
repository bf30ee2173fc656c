#!/usr/bin/env bash
# Replays the console sessions of Markdown pages and compares what the commands print with what the page shows. A command
# starts with "$ " and goes on in lines that start with "> ". They run one after the other in one shell, in an empty folder
# that has docs and testdata of the repository in it. They need what they name: xlogscan, duckdb, jq on the PATH.
# With -u the pages are rewritten.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TZ=UTC
commands=0 update=no
if [ "${1:-}" = -u ]; then
	update=yes
	shift
fi

# play runs the command, if there is one, and writes it with what it prints.
play() {
	[ -n "$command" ] || return 0
	printf '%s' "$shown"
	commands=$((commands + 1))
	if ! eval "$command" </dev/null; then
		echo "fails: $command" >&2
		exit 1
	fi
	command='' shown=''
}

for page in "$@"; do
	page=$(realpath "$page")
	mkdir "$work/here"
	cd "$work/here"
	ln -s "$root/docs" "$root/testdata" .
	session=no command='' shown=''
	while IFS= read -r line; do
		case $session$line in
		'no```console') session=yes && printf '%s\n' "$line" ;;
		'yes```') play && session=no && printf '%s\n' "$line" ;;
		'yes$ '*) play && command=${line#\$ } && shown=$line$'\n' ;;
		'yes> '*) command+=$'\n'${line#> } && shown+=$line$'\n' ;;
		yes*) ;; # what the page says the command prints
		*) printf '%s\n' "$line" ;;
		esac
	done <"$page" >"$work/now"
	cd "$root"
	rm -rf "$work/here"
	if [ $update = yes ]; then
		cp "$work/now" "$page"
	fi
	diff -u --label "$page" --label 'what the commands print' "$page" "$work/now"
done
if [ "$commands" -eq 0 ]; then
	echo 'no session in these pages' >&2
	exit 1
fi
echo "$commands commands print what the pages show"
