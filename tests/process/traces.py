"""What the kernel saw of a program and its workers (strace -f)."""

import re
import subprocess

from programs import eventually, require


class Trace:
    """The trace of what is started behind `wrapper`, which stays the process that was started."""

    CALLS = "execve,socket,setsockopt,bind,listen,kill,pidfd_send_signal,tgkill,rt_sigqueueinfo"

    def __init__(self, file):
        self.file = file
        self.wrapper = ("strace", "-D", "-f", "-q", "-s", "64", "-o", str(file), "-e", f"trace={self.CALLS}")

    def wait_for_end(self, pid):
        """strace writes what it saw a moment after the program that it watched has ended."""
        eventually("the trace is whole",
                   lambda: any(who == pid and text.startswith("+++ ") for who, text in self.lines()))

    def lines(self):
        """[(pid, what)]: calls, the signals that came ("--- SIGUSR1 {…} ---"), and the end ("+++ exited …")."""
        found = []
        for line in self.file.read_text(errors="replace").splitlines():
            pid, _, text = line.partition(" ")
            found.append((int(pid), text.strip()))
        return found

    def workers(self):
        """The pids that ran kith-worker."""
        return {pid for pid, text in self.lines() if "execve(" in text and "kith-worker" in text}

    def network_sockets(self):
        """The pids that made one."""
        return [pid for pid, text in self.lines() if re.match(r"socket\(AF_INET6?", text)]

    def signals_to(self, pid, name):
        """The pids that sent this signal to that process."""
        came = re.compile(rf"--- {name} .*si_pid=(\d+)")
        return [int(fit[1]) for who, text in self.lines() if who == pid and (fit := came.match(text))]


def require_strace(test):
    require(test, "strace")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        test.skipTest("strace does not work here")
