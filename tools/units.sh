#!/usr/bin/env bash
# Has systemd check the units in deploy/systemd, with the program that ExecStart names in place. systemd-analyze ends with
# 0 also where it ignores a key, so anything that it says is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/xlogscan.service.d"
sed 's,^ExecStart=[^ ]*,ExecStart=/bin/true,' deploy/systemd/xlogscan.service >"$dir/xlogscan.service"
cp deploy/systemd/xlogscan.timer "$dir"
cp deploy/systemd/key.conf "$dir/xlogscan.service.d"
said=$(systemd-analyze verify --man=no "$dir/xlogscan.service" "$dir/xlogscan.timer" 2>&1) || true
if [ -n "$said" ]; then
	echo "$said"
	exit 1
fi
systemd-analyze security --offline=true --threshold=10 --no-pager "$dir/xlogscan.service" | tail -1
