"""The adapter that puts Tidebox beside its peers in their benchmark (see README.md here).

One server and two agents run as built products. Commands travel over the agents' unix sockets, so nothing but Tidebox's own
traffic between devices and server is counted on the loopback interface.
"""
from adapters import *
from adapters import Adapter, proc_cpu, proc_status

import __main__ as harness

MIB = 1 << 20
ROOT = os.environ.get("TIDEBOX_ROOT") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PRODUCTS = {kind: f"{ROOT}/{kind}-product/target/products/org.tidebox.{kind}.product/linux/gtk/x86_64/tidebox" for kind in ("client", "server")}
PASSWORD = "a password for the benchmark"


def same(a, b):
    """Compares as the harness does, and leaves out our own folder as it leaves out that of the peer."""
    r = subprocess.run(["diff", "-rq", "--exclude=.stfolder", "--exclude=.tidebox", a, b], capture_output=True, text=True)
    return r.returncode == 0, (r.stdout + r.stderr)[:400]


def count_files(root):
    own = os.path.join(root, ".tidebox")
    return count_all(root) - (count_all(own) if os.path.isdir(own) else 0)


count_all, harness.same, harness.count_files = harness.count_files, same, count_files


class Control:
    """An agent's control socket: a call costs no start of a process, and nothing on the loopback interface."""

    def __init__(self, home):
        self.channel = socket.socket(socket.AF_UNIX)
        self.channel.connect(self.address(home))
        self.lines = self.channel.makefile("rwb")

    @staticmethod
    def address(home):
        """Where ControlSocket.java puts it: in the home, or where that path is too long in a place that the home notes."""
        note = f"{home}/control.path"
        return open(note).read().strip() if os.path.exists(note) else f"{os.path.realpath(home)}/control/socket"

    def call(self, method, *arguments):
        self.lines.write(json.dumps({"id": 1, "method": f"agent.{method}", "arguments": arguments}).encode() + b"\n")
        self.lines.flush()
        answer = json.loads(self.lines.readline())
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer.get("result")

    def close(self):
        self.lines.close()
        self.channel.close()


class Sent(threading.Thread):
    """Asks an agent over its control socket, from its making until end() is called, how many changes the server has accepted and how
    many are left to send. Asking takes a twentieth of the time at most."""

    def __init__(self, home):
        super().__init__(daemon=True)
        self.control = Control(home)
        self.changes, self.left = self.ask()
        self.before, self.at = self.changes, None
        self.over = threading.Event()
        self.begin = time.monotonic()
        self.start()

    def ask(self):
        folders = self.control.call("status")["folders"]
        return sum(f["totals"]["changesUp"] for f in folders), sum(f["pendingUploads"] for f in folders)

    def run(self):
        cost, asked = 0.001, False
        while not (asked and self.over.is_set()):
            asked = self.over.wait(min(0.1, max(0.01, 20 * cost)))
            a = time.monotonic()
            changes, left = self.ask()
            b = time.monotonic()
            if (changes, left) != (self.changes, self.left):
                self.changes, self.left, self.at = changes, left, b
            cost = b - a

    def end(self):
        """Returns the seconds until the last change was accepted with none left, or None if there was no change."""
        self.over.set()
        self.join()
        self.control.close()
        return self.at - self.begin if self.changes > self.before and not self.left else None


class Tidebox(Adapter):
    """Server and two agents over TLS 1.3 with HTTP/2, everything durable (fsync) before it is acknowledged, watcher on.
    S6 asks the agent on A what `tidebox wait` asks it: a full scan and one question to the server.
    S8 pauses and resumes the folder for each version, so that nothing is done before the clock runs; the repository is the server's data folder."""
    name, daemon, linger, backup = "tidebox", True, 0.5, True
    noop, sent, control, arrived = False, None, None, 0

    def start(self, state):
        super().start(state)
        self.data = f"{state}/data"
        self.server = self.ready([PRODUCTS["server"], "server", "run", "--data", self.data, "--host", "127.0.0.1", "--port", "0"], "server")
        self.command("server", "server", "account", "add", "bench", "--password-stdin", "--data", self.data, text=PASSWORD + "\n")
        self.homes = [f"{state}/home{i}" for i in (0, 1)]
        self.agents = [self.ready([PRODUCTS["client"], "--home", home, "agent"], f"agent{i}") for i, home in enumerate(self.homes)]
        for i, home in enumerate(self.homes):
            code = self.command("server", "server", "invite", "bench", "--data", self.data).split()[0]
            self.command("client", "--home", home, "join", code, "--device", f"device{i}")

    def ready(self, cmd, name):
        log = f"{self.state}/{name}.log"
        p = subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=open(log, "wb"), stderr=subprocess.STDOUT, start_new_session=True)
        self.procs.append(p)
        end = time.monotonic() + 60
        while not any(line.startswith("ready") for line in open(log)):
            if p.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{name} did not get ready: {open(log).read()[-500:]}")
            time.sleep(0.02)
        return p

    def command(self, kind, *args, text=""):
        r = subprocess.run([PRODUCTS[kind], *args], input=text, capture_output=True, text=True)
        if r.returncode:
            raise RuntimeError(f"tidebox {' '.join(args)}: {r.stdout}{r.stderr}")
        return r.stdout.strip()

    def add_folder(self, fid, A, B, expect=0):
        super().add_folder(fid, A, B, expect)
        for home, folder in zip(self.homes, (A, B)):
            self.command("client", "--home", home, "folder", "add", folder, "--library", fid)
            self.settle(home)
        self.settle(self.homes[0])

    def settle(self, home):
        if not self.call(home, "waitUntilSynced", 300_000):
            raise RuntimeError(f"the agent of {home} did not come to a rest")

    def call(self, home, method, *arguments):
        """Calls the agent over its control channel, without the start of a process."""
        control = Control(home)
        try:
            return control.call(method, *arguments)
        finally:
            control.close()

    def trigger(self, fid):
        """The watcher has seen the change; in S6, wait() asks for all there is to do."""

    def wait(self, fid, done):
        arriving = f"{self.pairs[fid][1]}/.tidebox/tmp"
        super().wait(fid, lambda: done() and not (os.path.isdir(arriving) and os.listdir(arriving)))
        self.arrived = time.monotonic()
        if self.noop:
            self.settle(self.homes[0])

    def local_init(self, state, A):
        self.start(state)
        self.repo, self.A = self.data, A
        self.control = Control(self.homes[0])

    def local_backup(self, k):
        before = self.cpu_s()
        if k == 0:
            self.control.call("addFolder", self.A, "tree", False)
        else:
            self.control.call("resumeFolder", self.A)
        if not self.control.call("waitUntilSynced", 300_000):
            raise RuntimeError("not synced: " + json.dumps(self.control.call("status")))
        self.control.call("pauseFolder", self.A)
        whole, packs = dirbytes(self.data), dirbytes(f"{self.data}/packs")
        print(f"  version {k}: {whole / MIB:.1f} MiB, of these packs {packs / MIB:.1f} MiB", flush=True)
        return self.cpu_s() - before, 0

    def local_restore(self, k, out):
        """As an operator would, with the command and its start."""
        self.command("client", "--home", self.homes[0], "restore", self.A, "--to", out)
        self.stop()

    def restored_root(self, out, A):
        return out

    def cpu_s(self):
        return sum(proc_cpu(p.pid) for p in self.procs)

    def reset_peak(self):
        for p in self.procs:
            with open(f"/proc/{p.pid}/clear_refs", "w") as f:
                f.write("5")
        self.sent = Sent(self.homes[0])

    def peak_rss_kb(self):
        sizes = [proc_status(p.pid, "VmHWM") for p in (self.server, *self.agents)]
        self._extra = dict(zip(("rss_server_kb", "rss_a_kb", "rss_b_kb"), sizes))
        return max(sizes)

    def idle_rss_kb(self):
        return max(proc_status(p.pid, "VmRSS") for p in self.agents)

    def extra(self):
        """Besides the sizes the time until all was durable on the server, seen from the device that sends. That may hear of it
        later than the other device has it."""
        seconds = self.sent.end()
        if seconds and self.arrived > self.sent.begin:
            seconds = min(seconds, self.arrived - self.sent.begin)
        print(f"  A->S {seconds or 0:.3f}s", flush=True)
        return {**self._extra, **({"a_to_s_sec": seconds} if seconds else {})}


class TideboxNoop(Tidebox):
    """S6 only: nothing has changed, and the folder is checked once more in full."""
    name, noop, scns, mid_scns = "tidebox-noop", True, {"S2", "S6"}, set()
