"""Runs a sample fleet on a real Spark cluster, a master and two workers, and kills some of them.

    python test_fleet.py XLOGSCAN SAMPLEFLEET      both are binaries

Each result has to be, byte for byte, that of one scan of the same logs. Workers are on 127.0.0.1 and 127.0.0.2, because
Spark never runs the second copy of a task on the host of the first.
"""
import atexit, glob, os, pathlib, shutil, signal, socket, subprocess, sys, tempfile, threading, time, unittest

import pyspark
from pyspark.sql import SparkSession

import xlogscan_spark

SPARK = pathlib.Path(pyspark.__file__).parent
XLOGSCAN, SAMPLEFLEET = map(os.path.abspath, sys.argv[1:3])
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # jobs are short
ENV = dict(os.environ, SPARK_HOME=str(SPARK), PYSPARK_PYTHON=sys.executable, SPARK_DAEMON_MEMORY="256m", SPARK_DAEMON_JAVA_OPTS=QUICK)
KEY = "e1f03a6e658294408553bba46b1a47b5e485bc2e9ba6a4fb27136fe81f6d97aa"

# Stands in for the program, tells that it was called, and waits, is slow or fails where the test wants it to.
SHIM = """#!/bin/sh
c='{control}'
echo "$$" >>"$c/calls-$2"
if rm "$c/fail-$2" 2>/dev/null; then echo 'the store does not answer' >&2; exit 1; fi
if [ -e "$c/hold-$2" ]; then echo >"$c/held-$2-$$"; while [ -e "$c/hold-$2" ]; do sleep 0.1; done; fi
if [ -e "$c/slow-$2" ] && mkdir "$c/slow-$2-first" 2>/dev/null; then while [ -e "$c/slow-$2" ]; do sleep 0.1; done; fi
exec '{xlogscan}' "$@"
"""


def wait(what, until, seconds=120):
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not after {seconds} s")
        time.sleep(0.05)


def too_long(*_):
    signal.alarm(60)  # for what comes behind
    sys.exit("it takes too long")


class Cluster:
    """A standalone master and workers, each in a process group of its own with its executors: a machine to be killed."""

    def __init__(self, folder):
        self.folder, self.groups = folder, {}
        atexit.register(lambda: [self.kill(name) for name in list(self.groups)])  # however the test ends
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.url = f"spark://127.0.0.1:{self.port}"
        self.start("127.0.0.1", "master.Master", "--port", str(self.port), "--webui-port", "0", name="master")
        wait("the master", self.listening)
        for host in "127.0.0.1", "127.0.0.2":
            self.worker(host)

    def start(self, host, what, *args, name):
        with open(self.folder / f"{name}.log", "a") as log:
            command = [SPARK / "bin/spark-class", f"org.apache.spark.deploy.{what}", "--host", host, *args]
            env = dict(ENV, SPARK_LOCAL_IP=host)
            self.groups[name] = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)

    def worker(self, host):
        args = "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(self.folder / f"work-{host}"), self.url
        log = self.folder / f"{host}.log"
        before = self.registered(log)
        self.start(host, "worker.Worker", *args, name=host)
        wait(f"the worker on {host}", lambda: self.registered(log) > before)

    @staticmethod
    def registered(log):
        return log.read_text().count("Successfully registered with master") if log.exists() else 0

    def listening(self):
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self, name):
        p = self.groups.pop(name)
        os.killpg(p.pid, signal.SIGKILL)
        p.wait()
        return p.pid


class FleetTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        signal.signal(signal.SIGALRM, too_long)
        signal.alarm(900)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="fleet-test-"))
        atexit.register(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.control = cls.folder / "control"
        cls.control.mkdir()
        cls.shim = cls.folder / "bin" / "xlogscan"
        cls.shim.parent.mkdir()
        cls.shim.write_text(SHIM.format(control=cls.control, xlogscan=XLOGSCAN))
        cls.shim.chmod(0o755)
        os.environ.update({k: ENV[k] for k in ("SPARK_HOME", "PYSPARK_PYTHON")}, SPARK_LOCAL_IP="127.0.0.1")
        cls.cluster = Cluster(cls.folder)
        cls.addClassCleanup(lambda: (s := SparkSession.getActiveSession()) and s.stop())

    def setUp(self):
        for old in self.control.iterdir():
            old.rmdir() if old.is_dir() else old.unlink()
        for host in {"127.0.0.1", "127.0.0.2"} - self.cluster.groups.keys():
            self.cluster.worker(host)

    def conf(self, **more):
        return {
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.executor.memory": "512m", "spark.executor.cores": "1", "spark.sql.shuffle.partitions": "2",
            "spark.driver.extraJavaOptions": QUICK, "spark.executor.extraJavaOptions": QUICK, "spark.driver.host": "127.0.0.1", **more,
        }

    def session(self, **conf):
        """Ends the session that is there and begins one, in which main of the driver runs."""
        if old := SparkSession.getActiveSession():
            old.stop()
        build = SparkSession.builder.master(self.cluster.url)
        for k, v in self.conf(**conf).items():
            build = build.config(k, v)
        spark = build.getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
        spark.sparkContext.addFile(str(self.shim))
        spark.sparkContext.addPyFile(xlogscan_spark.__file__)  # spark-submit sends the functions of its script themselves

    def fleet(self, name, *args):
        folder = self.folder / name
        subprocess.run([SAMPLEFLEET, "-o", folder, "-devices", "8", *args], check=True)
        return folder

    def plan(self, fleet, generation, *args):
        plan = self.folder / f"plan-{generation}.json"
        command = [XLOGSCAN, "plan", fleet, "--generation", generation, "--task-size", "400KB", "-o", plan, *args]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return plan

    def run_on(self, plan, out, *args):
        xlogscan_spark.main([str(plan), str(self.folder / out), "--reducers", "4", *args])

    def same(self, out, fleet, *args):
        """What was made under out has to be the scan of fleet."""
        tables = lambda *command: subprocess.run([XLOGSCAN, *command, "-f", "ndjson"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        parts = sorted(glob.glob(f"{self.folder}/{out}/reports/gen=*/part-*"))
        self.assertGreater(sum(b'\n{"call":' in pathlib.Path(p).read_bytes() for p in parts), 1, "one task had all calls")
        merged, scanned = tables("merge", *parts), tables("scan", "--join", "ids", fleet, *args)
        self.assertEqual((merged.returncode, scanned.returncode), (3, 3), "poison in the fleet is told by the exit status")
        self.assertGreater(merged.stdout.count(b'"table":"calls"'), 100)
        self.assertTrue(merged.stdout == scanned.stdout, "not the bytes of scan")

    def calls(self, step):
        log = self.control / f"calls-{step}"
        return len(log.read_text().split()) if log.exists() else 0

    def kill_in(self, step):
        """Kills a worker with its executor while both have a task of a step, and lets the step go on then."""
        hold = self.control / f"hold-{step}"
        hold.touch()
        told = []

        def killer():
            try:
                wait(f"two tasks of {step}", lambda: len(list(self.control.glob(f"held-{step}-*"))) == 2)
                told.append(self.cluster.kill("127.0.0.2"))
            finally:
                hold.unlink()

        t = threading.Thread(target=killer)
        t.start()
        self.addCleanup(t.join)
        return lambda: t.join() or print(f"kill -9 of worker {told[0]} with its executor, while both workers were in {step}", file=sys.stderr)

    def test_1_nights(self):
        """A fleet as it arrives: by spark-submit, again, and with the listeners' logs that come a day later."""
        fleet = self.fleet("nights", "-arrived", "3")
        plan1 = self.plan(fleet, "g1")
        key = self.folder / "fleet.key"  # of the logs of some devices
        key.write_text(KEY)
        conf = [x for k, v in self.conf().items() for x in ("--conf", f"{k}={v}")]
        submit = [SPARK / "bin/spark-submit", "--master", self.cluster.url, *conf, "--files", f"{self.shim},{key}"]
        submit += [xlogscan_spark.__file__, plan1, self.folder / "out", "--map-args=--key fleet.key"]
        p = subprocess.run(submit, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(ENV, SPARK_LOCAL_IP="127.0.0.1"))
        self.assertEqual(0, p.returncode, p.stdout[-4000:])
        self.assertIn("this is no log but a JPEG image", p.stdout)
        self.same("out", fleet, "--key", key.name)

        self.session()
        before = {f: os.stat(f).st_mtime_ns for f in glob.glob(f"{self.folder}/out/**", recursive=True)}
        calls = self.calls("map"), self.calls("link"), self.calls("reduce")
        self.run_on(plan1, "out")
        self.assertEqual(calls, (self.calls("map"), self.calls("link"), self.calls("reduce")), "a finished generation was made again")
        self.assertEqual(before, {f: os.stat(f).st_mtime_ns for f in glob.glob(f"{self.folder}/out/**", recursive=True)})

        self.fleet("nights")
        plan2 = self.plan(fleet, "g2", "--done", plan1)
        self.assertLess(plan2.stat().st_size, plan1.stat().st_size)
        SparkSession.getActiveSession().sparkContext.addFile(str(key))
        self.run_on(plan2, "out", "--map-args=--key fleet.key")
        self.same("out", fleet, "--key", key.name)
        judged = [sum(p.read_bytes().count(b'\n{"input":') for p in self.folder.glob(f"out/reports/gen={g}/part-*")) for g in ("g1", "g2")]
        self.assertTrue(0 < judged[1] < judged[0], f"logs judged in each generation: {judged}")

    def test_2_kill_in_map(self):
        fleet = self.fleet("fleet")
        plan = self.plan(fleet, "map")
        self.session()
        (self.control / "fail-map").touch()  # and one task meets a store that does not answer
        killed = self.kill_in("map")
        self.run_on(plan, "killed-map")
        killed()
        self.assertGreaterEqual(self.calls("map"), len(plan.read_text().splitlines()) - 1 + 2, "no task was run again")
        self.same("killed-map", fleet)
        self.assertEqual([], glob.glob(f"{self.folder}/killed-map/**/_temporary", recursive=True))

    def test_3_kill_in_reduce(self):
        fleet = self.fleet("fleet")
        self.session()
        killed = self.kill_in("reduce")
        self.run_on(self.plan(fleet, "reduce"), "killed-reduce")
        killed()
        self.assertGreaterEqual(self.calls("reduce"), 4 + 1, "no task was run again")
        self.same("killed-reduce", fleet)

    def test_4_speculation(self):
        """One task is slow until all else is done: a second copy of it ends first."""
        fleet = self.fleet("fleet")
        plan = self.plan(fleet, "slow")
        self.session(**{"spark.speculation": "true", "spark.speculation.interval": "50ms", "spark.speculation.quantile": "0.5", "spark.speculation.multiplier": "1.1"})
        slow = self.control / "slow-map"
        slow.touch()
        self.run_on(plan, "slow")
        self.assertTrue(slow.exists() and (self.control / "slow-map-first").is_dir(), "no task was slow")
        self.assertGreaterEqual(self.calls("map"), len(plan.read_text().splitlines()) - 1 + 1, "no task was run twice")
        self.same("slow", fleet)

    def test_5_failure(self):
        """A run that fails says why, and a later one of the same generation comes to its end."""
        fleet = self.fleet("fleet")
        plan = self.plan(fleet, "failed")
        self.session()
        with self.assertRaisesRegex(Exception, "exit status 2: .*unknown flag: --nonsense"):
            self.run_on(plan, "failed", "--reduce-args=--nonsense")
        self.assertFalse((self.folder / "failed/reports/gen=failed/_SUCCESS").exists())
        calls = self.calls("map")
        self.run_on(plan, "failed")
        self.assertEqual(calls, self.calls("map"), "the events were there already")
        self.same("failed", fleet)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
