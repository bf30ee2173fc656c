#!/usr/bin/env python3
"""Reads a lake that xlogscan export wrote with Spark and with DuckDB, and compares what they see.

    tools/parquet_spark.py LAKE TABLE...

Of each column of each table: its type, how many values it has and how many of them differ, the least and the greatest.
It needs pyspark, Java, and duckdb on the PATH.
"""

import json
import os
import subprocess
import sys

from pyspark.sql import SparkSession

TYPES = {  # Spark's name of a type to DuckDB's
    "string": "VARCHAR",
    "bigint": "BIGINT",
    "int": "INTEGER",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
}


def questions(columns, millis):
    """The same question to both, of which only the function that makes a time a number has two names."""
    parts = ["count(*) AS n"]
    for name, kind in columns:
        value = f"{millis}({name})" if kind == "timestamp" else f"CAST({name} AS INT)" if kind == "boolean" else name
        parts += [f"{f}({value}) AS {name}_{f}" for f in ("count", "min", "max")]
        parts.append(f"count(DISTINCT {value}) AS {name}_distinct")
    return ", ".join(parts)


def duckdb(sql):
    done = subprocess.run(["duckdb", "-json", "-c", sql], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def main(lake, tables):
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for table in tables:
        frame = spark.read.option("basePath", lake).option("mergeSchema", True).parquet(f"{lake}/*/{table}.parquet")
        source = f"read_parquet('{lake}/*/{table}.parquet', union_by_name = true, hive_types = {{'result': VARCHAR}})"
        told = duckdb(f"DESCRIBE FROM {source}")
        types = [(c["column_name"], c["column_type"]) for c in told]
        assert [(name, TYPES[kind]) for name, kind in frame.dtypes] == types, (table, frame.dtypes, types)
        frame.createOrReplaceTempView("t")
        seen = spark.sql(f"SELECT {questions(frame.dtypes, 'unix_millis')} FROM t").first().asDict()
        want = duckdb(f"SELECT {questions(frame.dtypes, 'epoch_ms')} FROM {source}")[0]
        differ = {name: (seen[name], want[name]) for name in want if seen[name] != want[name]}
        assert seen["n"] > 0, f"{table} has no rows"
        assert not differ, f"{table}, Spark and DuckDB: {differ}"
        print(f"{table}: {seen['n']} rows, {len(types)} columns", flush=True)
    spark.stop()


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), sys.argv[2:])
