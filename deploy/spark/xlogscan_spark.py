"""Runs xlogscan over a fleet on Apache Spark: map, link and reduce of one generation. docs/fleet-spark.md says how.

    xlogscan plan s3://bucket/logs/ --done plans/yesterday.json -o plan.json
    spark-submit --files xlogscan xlogscan_spark.py plan.json s3a://bucket/fleet
    xlogscan merge reports/gen=*/part-* -f ndjson -o tables/     (parts as files, fetched from there)

Under the output folder stand events/date=DAY/gen=ID, what each log told, and reports/gen=ID, parts of the report. Either counts
only when its _SUCCESS is there, which Spark writes last; a generation that has it is not made again.
"""
import argparse, datetime, json, os, shlex, subprocess, sys, tempfile, threading

from pyspark import SparkFiles
from pyspark.sql import SparkSession, functions as F


def through(command, lines):
    """Pipes lines through a command, in the folder of --files, and gives the lines it writes. A thread feeds it, so that
    neither side waits for the other."""
    with tempfile.TemporaryFile() as errors:
        p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=SparkFiles.getRootDirectory())
        failed = []

        def feed():
            try:
                with p.stdin:
                    for line in lines:
                        p.stdin.write(line.encode() + b"\n")
            except BrokenPipeError:
                pass  # it has ended, and its exit status says why
            except BaseException as e:
                failed.append(e)
                p.kill()  # or it would take what it got for all there is

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            for line in p.stdout:
                yield line[:-1].decode()
            status = p.wait()
            feeder.join()
            if failed:
                raise failed[0]
            if status:
                errors.seek(max(0, os.path.getsize(errors.fileno()) - 4096))
                raise RuntimeError(f"{' '.join(command[:3])}: exit status {status}: {errors.read().decode(errors='replace')}")
        finally:
            p.kill()  # if nobody wants the rest
            p.stdout.close()
            p.wait()


def tool(*args):
    path = SparkFiles.get("xlogscan")
    os.chmod(path, 0o755)  # on its way it may have lost that it is a program
    return [path, "worker", *args]


def main(argv):
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("plan", help="what xlogscan plan wrote")
    a.add_argument("out", help="folder on storage that all nodes share")
    a.add_argument("--reducers", type=int, default=0, help="parts of the report; without it, Spark's default parallelism")
    a.add_argument("--days", type=int, default=7, help="how long a log waits for the other party's (default 7)")
    a.add_argument("--map-args", default="", help="more flags of worker map, such as '--key fleet.key'")
    a.add_argument("--reduce-args", default="", help="more flags of worker reduce, such as '--rules rules'")
    a = a.parse_args(argv)
    with open(a.plan) as f:
        head, *tasks = map(json.loads, f)
    if not tasks:
        return print("xlogscan: there is nothing new in the plan", file=sys.stderr)
    gen, date = head["generation"], datetime.date.fromisoformat(head["date"])
    spark = SparkSession.builder.appName(f"xlogscan {gen}").getOrCreate()
    sc = spark.sparkContext
    path = sc._jvm.org.apache.hadoop.fs.Path
    fs = path(a.out).getFileSystem(sc._jsc.hadoopConfiguration())
    done = lambda folder: fs.exists(path(f"{folder}/_SUCCESS"))
    lake, report = f"{a.out}/events/date={date}/gen={gen}", f"{a.out}/reports/gen={gen}"
    if done(report):
        return print(f"xlogscan: generation {gen} is finished already", file=sys.stderr)

    if not done(lake):  # stage 1: a task of the plan is a task of Spark
        map_args = ["map", "--generation", gen, "-j", sc.getConf().get("spark.task.cpus", "1"), *shlex.split(a.map_args)]
        names = sc.parallelize([[i["name"] for i in t["inputs"]] for t in tasks], len(tasks))
        told = names.mapPartitions(lambda part: (l.split("\t", 2) for l in through(tool(*map_args), (n for t in part for n in t))))
        spark.createDataFrame(told, "key string, generation string, json string", verifySchema=False).write.mode("overwrite").parquet(lake)

    kept = [f"{a.out}/events/date={date - datetime.timedelta(n)}/gen=*" for n in range(a.days, -1, -1)]
    kept = [str(s.getPath()) for k in kept for s in fs.globStatus(path(k)) or () if done(s.getPath())]
    events = spark.read.parquet(*kept).select("key", "generation", "json")
    bad = events.where(f"key = '!' and generation = '{gen}'")
    print(f"xlogscan: {bad.count()} logs or parts of logs could not be read", *(row.json for row in bad.take(10)), sep="\n  ", file=sys.stderr)
    links = events.where("key = '~'").select(F.concat_ws("\t", "key", "generation", "json"))
    links = list(through(tool("link", "--touched", gen), (row[0] for row in links.toLocalIterator())))
    calendar = sc.broadcast(links[0])
    circles = spark.createDataFrame([l.split("\t") for l in links[1:]], "key string, circle string")

    def reduce(lines):  # stage 2: of each circle all lines are in one task
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as f:
            f.write(calendar.value + "\n")
            f.flush()
            yield from ((l,) for l in through(tool("reduce", "--links", f.name, "--generation", gen, *shlex.split(a.reduce_args)), lines))

    parts = events.join(F.broadcast(circles), "key").repartition(a.reducers or sc.defaultParallelism, "circle")
    parts = parts.sortWithinPartitions("circle").select(F.concat_ws("\t", "circle", "key", "generation", "json"))
    parts = parts.rdd.mapPartitions(lambda rows: reduce(row[0] for row in rows))
    spark.createDataFrame(parts, "value string", verifySchema=False).write.mode("overwrite").text(report)
    spark.stop()
    for folder in lake, report:  # copies of tasks that Spark no longer waited for may have left something
        fs.delete(path(f"{folder}/_temporary"), True)
    print(f"xlogscan: generation {gen} is finished: {report}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
