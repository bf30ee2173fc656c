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

# DuckDB finds the same rows in Parquet and in NDJSON, a zone being part of the time there.
xlogscan export results/*.json -f ndjson -o lines
for lines in lines/*; do
	parquet=$PWD/lake/${lines#lines/}
	for file in "$lines"/*.ndjson; do
		table=$(basename "$file" .ndjson)
		rows="SELECT COLUMNS(lambda c: NOT c LIKE '%Zone') FROM read_parquet('$parquet/$table.parquet', hive_partitioning = false)"
		told=$(cd "$lines" && duckdb -csv -noheader -init "$root/docs/tables.sql" -c "
			SELECT count(*) FROM (($rows EXCEPT ALL FROM $table) UNION ALL (FROM $table EXCEPT ALL $rows))" 2>/dev/null)
		if [ "$told" != 0 ]; then
			echo "$lines, $table: $told rows differ between Parquet and NDJSON" >&2
			exit 1
		fi
	done
done
echo 'Parquet and NDJSON have the same rows'

# The same results give the same bytes.
xlogscan export results/*.json -o again
diff -r lake again
