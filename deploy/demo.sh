#!/usr/bin/env bash
# Shows the whole way on one machine: makes a sample fleet, runs it on a local Spark, and opens the fleet report.
#
#   deploy/demo.sh [FOLDER]     all goes into FOLDER (fleet-demo); needs Go, Java 17 and python3 with venv
set -euo pipefail
mkdir -p "${1:-fleet-demo}"
out=$(cd "${1:-fleet-demo}" && pwd)
cd "$(dirname "$0")/.."

CGO_ENABLED=0 go build -trimpath -o "$out/bin/" ./cmd/xlogscan ./cmd/samplefleet
PATH=$out/bin:$PATH
if ! command -v spark-submit >/dev/null; then
	[ -e "$out/venv" ] || python3 -m venv "$out/venv"
	"$out/venv/bin/pip" install --quiet --disable-pip-version-check -r deploy/requirements.txt
	PATH=$out/venv/bin:$PATH
fi

samplefleet -o "$out/logs" -devices 40 -days 5
[ -e "$out/plan.json" ] || xlogscan plan "$out/logs" --task-size 4MB -o "$out/plan.json"
spark-submit --master 'local[*]' --conf spark.log.level=ERROR --conf spark.ui.showConsoleProgress=false \
	--files "$out/bin/xlogscan" deploy/spark/xlogscan_spark.py "$out/plan.json" "$out/result"
xlogscan fleet "$out/result/reports" -f html --force -o "$out/fleet.html"
echo "The fleet report is $out/fleet.html"
for open in xdg-open open; do
	if command -v "$open" >/dev/null && "$open" "$out/fleet.html" 2>/dev/null; then
		break
	fi
done
