#!/usr/bin/env bash
# Makes a lake of the sample nights and reads it with Spark and DuckDB. It needs xlogscan, duckdb, Java, and a python3 that
# has pyspark, all on the PATH.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$root/testdata/logs/nights.sh" nights
mkdir results
for night in nights/*; do
	xlogscan scan -q "$night" --tolerate-bad 1 -f json -o "results/$(basename "$night").json"
done
xlogscan export results/*.json -o lake
tables=()
for file in lake/result=2026-11-13/*.parquet; do # a night with rows in all tables
	tables+=("$(basename "$file" .parquet)")
done
python3 "$root/tools/parquet_spark.py" lake "${tables[@]}"

# The same results give the same bytes.
xlogscan export results/*.json -o again
diff -r lake again
