"""Runs a sample fleet as job arrays: under GNU parallel, as the Kubernetes Jobs would, and under Slurm.

    python test_array.py XLOGSCAN SAMPLEFLEET      both are binaries

Each result has to be, byte for byte, that of one scan of the same logs. Slurm is a real one of one node, which the test
starts for itself as root.
"""
import os, pathlib, pwd, shutil, signal, subprocess, sys, tempfile, time, unittest

import kubernetes_validate, yaml

DEPLOY = pathlib.Path(__file__).resolve().parent
XLOGSCAN, SAMPLEFLEET = map(os.path.abspath, sys.argv[1:3])

SLURM = """
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldPort=26817
SlurmdPort=26818
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MailProg=/bin/true
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def too_long(*_):
    signal.alarm(60)  # for what comes behind
    sys.exit("it takes too long")


class ArrayTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        signal.signal(signal.SIGALRM, too_long)
        signal.alarm(600)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="array-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.folder.chmod(0o755)  # munged wants others to be able to come in
        cls.fleet = cls.folder / "fleet"
        cls.env = dict(os.environ, XLOGSCAN=XLOGSCAN, REDUCERS="3")

    def setUp(self):
        self.arrive()

    def arrive(self, *args):
        subprocess.run([SAMPLEFLEET, "-o", self.fleet, "-devices", "6", *args], check=True)

    def same(self, *runs):
        """The parts of runs have to be the scan of the fleet."""
        tables = lambda *command: subprocess.run([XLOGSCAN, *command, "-f", "ndjson"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        merged, scanned = tables("merge", *(p for run in runs for p in run.glob("parts/*"))), tables("scan", "--join", "ids", self.fleet)
        self.assertEqual((merged.returncode, scanned.returncode), (3, 3), "poison in the fleet is told by the exit status")
        self.assertGreater(merged.stdout.count(b'"table":"calls"'), 50)
        self.assertTrue(merged.stdout == scanned.stdout, "not the bytes of scan")
        self.assertEqual([], [f for run in runs for f in run.glob("**/.*")], "temporary files are left")

    def start(self, script, run, **env):
        command = [DEPLOY / script, run, self.fleet, "--task-size", "200KB"]
        p = subprocess.run(command, env=dict(self.env, **env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(0, p.returncode, p.stderr)
        return p.stdout.strip()

    def test_parallel(self):
        """A fleet and, a day later, the logs that came late; what was done is not done again."""
        shutil.rmtree(self.fleet)
        self.arrive("-arrived", "3")
        one, two = self.folder / "one", self.folder / "two"
        self.start("parallel/fleet.sh", one)
        self.same(one)
        state = lambda: {f: f.stat().st_mtime_ns for f in one.glob("**/*")}
        before = state()
        self.start("parallel/fleet.sh", one)
        self.assertEqual(before, state())

        self.arrive()
        two.mkdir()
        plan = [XLOGSCAN, "plan", self.fleet, "--done", one / "plan.json", "--task-size", "200KB", "-o", two / "plan.json"]
        subprocess.run(plan, check=True, stderr=subprocess.DEVNULL)
        self.start("parallel/fleet.sh", two, OLDER=str(one))
        self.same(one, two)

    def test_step_fails(self):
        """A step that fails leaves nothing that counts, and a run that failed goes on."""
        run = self.folder / "fails"
        run.mkdir()
        subprocess.run([XLOGSCAN, "plan", self.fleet, "-o", run / "plan.json"], check=True, stderr=subprocess.DEVNULL)
        step = lambda *args, **env: subprocess.run([DEPLOY / "array/step.sh", run, *args], env=dict(self.env, **env), stderr=subprocess.DEVNULL)
        self.assertNotEqual(0, step("map", "1", MAP_ARGS="--nonsense").returncode)
        self.assertNotEqual(0, step("link").returncode, "link began before map ended")
        self.assertNotEqual(0, step("jump").returncode)
        self.assertEqual(["lines", "plan.json"], sorted(f.name for f in run.glob("**/*")))
        self.start("parallel/fleet.sh", run)
        self.same(run)

    def test_kubernetes(self):
        """The Jobs are valid, and their commands give the report."""
        volume = self.folder / "volume"
        run = volume / "r1"
        (volume / "bin").mkdir(parents=True)
        run.mkdir()
        shutil.copy(DEPLOY / "array/step.sh", volume / "bin/step.sh")
        shutil.copy(XLOGSCAN, volume / "bin/xlogscan")
        plan = [XLOGSCAN, "plan", self.fleet, "--task-size", "200KB", "-o", run / "plan.json"]
        subprocess.run(plan, check=True, stderr=subprocess.DEVNULL)
        tasks = len((run / "plan.json").read_text().splitlines()) - 1
        for step, count in ("map", tasks), ("link", 1), ("reduce", 4):
            fill = ["sed", f"s/STEP/{step}/; s/RUN/r1/; s/TASKS/{count}/", DEPLOY / "kubernetes/job.yaml"]
            job = yaml.safe_load(subprocess.run(fill, check=True, stdout=subprocess.PIPE).stdout)
            kubernetes_validate.validate(job, "1.37", strict=True)
            container = job["spec"]["template"]["spec"]["containers"][0]
            env = {e["name"]: e["value"].replace("/fleet", str(volume)) for e in container["env"]}
            for index in range(job["spec"]["completions"]):
                subprocess.run(container["command"], env=dict(env, PATH=os.environ["PATH"], JOB_COMPLETION_INDEX=str(index)), check=True)
        self.same(run)

    def test_manifest_can_fail(self):
        job = yaml.safe_load((DEPLOY / "kubernetes/job.yaml").read_text().replace("TASKS", "1").replace("backoffLimitPerIndex", "backoffLimitPerIndx"))
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(job, "1.37", strict=True)

    def test_slurm(self):
        """A Slurm of one node runs the three jobs in their order."""
        self.slurm()
        run = self.folder / "slurm"
        last = self.start("slurm/fleet.sh", run)
        show = lambda *args: subprocess.run(["squeue", "--noheader", *args], env=self.env, stdout=subprocess.PIPE, text=True).stdout
        for _ in range(1200):
            if not show():
                break
            time.sleep(0.1)
        else:
            self.fail(show() + (self.folder / "slurmctld.log").read_text()[-3000:])
        self.assertTrue(last.isdigit(), last)
        self.assertEqual([], [f.read_text() for f in run.glob("*.log") if f.stat().st_size])
        self.same(run)

    def slurm(self):
        conf, host = self.folder / "slurm.conf", os.uname().nodename
        conf.write_text(SLURM.format(folder=self.folder, host=host, cpus=os.cpu_count()))
        self.env["SLURM_CONF"] = str(conf)
        munge = pwd.getpwnam("munge")
        own = self.folder / "munge"
        own.mkdir(mode=0o755)
        key = own / "key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        for f in own, key:
            os.chown(f, munge.pw_uid, munge.pw_gid)
        places = [f"--{what}={own}/{what}" for what in ("pid-file", "seed-file", "log-file")]
        socket = f"{own}/socket"
        conf.write_text(conf.read_text().replace(f"{self.folder}/munge.socket", socket))
        self.daemon("munged", "--foreground", f"--socket={socket}", f"--key-file={key}", *places, user="munge")
        self.until(lambda: os.path.exists(socket), "munged")
        (self.folder / "state").mkdir()
        (self.folder / "spool").mkdir()
        self.daemon("slurmctld", "-D", "-i")
        self.daemon("slurmd", "-D", "-N", host)
        self.until(lambda: "idle" in subprocess.run(["sinfo", "-h", "-o", "%T"], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout, "slurmd")

    def daemon(self, *command, user=None):
        log = open(self.folder / f"{command[0]}.out", "w")
        self.addCleanup(log.close)
        p = subprocess.Popen([shutil.which(command[0], path="/usr/sbin:/usr/bin"), *command[1:]], env=self.env, stdout=log, stderr=log, user=user)
        self.addCleanup(p.wait)
        self.addCleanup(p.terminate)

    def until(self, there, what):
        for _ in range(300):
            if there():
                return
            time.sleep(0.1)
        logs = "".join(f"== {f.name}\n{f.read_text()[-3000:]}" for f in sorted(self.folder.glob("*.out")) + sorted(self.folder.glob("slurm*.log")))
        self.fail(f"{what} did not come up\n{logs}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
