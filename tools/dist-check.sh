#!/usr/bin/env bash
# Builds some of the platforms of a release again, from a copy of the sources in another folder and with an empty build
# cache, and compares every byte with what make dist left in dist.
#
#	tools/dist-check.sh [PLATFORM...]
set -euo pipefail
cd "$(dirname "$0")/.."
platforms=${*:-linux/amd64 windows/arm64}

other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
mkdir "$other/sources of another path"
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$other/sources of another path"
version=$(sed -n 's/^[0-9a-f]*  xlogscan_\(.*\)_[a-z]*_[a-z0-9]*\.tar\.gz$/\1/p' dist/SHA256SUMS | sort -u)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} # as make dist has it

cd "$other/sources of another path"
GOCACHE="$other/cache" go run ./cmd/dist -o "$other/dist" -version "$version" -platforms "${platforms// /,}"
cd - >/dev/null
for file in "$other"/dist/xlogscan_*; do
	cmp "$file" "dist/${file##*/}"
	echo "the same bytes: ${file##*/}"
done
(cd dist && sha256sum --check --quiet SHA256SUMS)
