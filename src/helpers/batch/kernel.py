"""Kernels that start at once: forked from a process that already holds the slow imports, reached over IPC.

A kernel is forked before its runner opens any socket, thread or event loop, waits on a pipe until papermill asks for
it, and then becomes an ordinary ipykernel. Elsewhere than on Linux kernels are started the usual way.
"""

import json
import os
import signal
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

CAN_FORK = sys.platform == "linux"
INLINE = "module://matplotlib_inline.backend_inline"


class ForkedKernel:
    """A forked process waiting to become a kernel; has the few methods of Popen that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        """Fork now; the child waits for `start`, or ends when this process does."""
        order, self._give = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._give)
            _become_kernel(order)
        os.close(order)

    def start(self, connection_file: str, cwd: str, env: dict[str, str]) -> None:
        """Let the waiting child become the kernel of a connection file."""
        text = json.dumps({"connection_file": connection_file, "cwd": cwd, "env": env})
        with os.fdopen(self._give, "w", encoding="utf-8") as pipe:
            pipe.write(text)

    def poll(self) -> int | None:
        """The exit status, None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self) -> int:
        """Block until it has ended and return the exit status."""
        while (status := self.poll()) is None:
            time.sleep(0.01)
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal while it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it without asking."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkProvisioner(LocalProvisioner):  # type: ignore[misc, unused-ignore]
    """Hands the connection file to a waiting fork instead of starting a program."""

    def __init__(self, forked: ForkedKernel, **traits: Any) -> None:
        """Take the fork to use, and the provisioner's own traits."""
        super().__init__(**traits)
        self._forked = forked

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the fork on the connection file that jupyter_client wrote; `cmd` is not used."""
        manager: Any = self.parent
        where = str(kwargs.get("cwd") or Path.cwd())
        self._forked.start(
            os.path.realpath(manager.connection_file), where, dict(kwargs.get("env") or os.environ)
        )
        self.process = self._forked  # type: ignore[assignment, unused-ignore]
        self.pid = self.pgid = self._forked.pid
        self.cwd = where  # type: ignore[assignment, unused-ignore]
        return self.connection_info


class IpcKernelManager(AsyncKernelManager):
    """Talks over IPC sockets where the platform has them, so that kernels never race for a port."""

    def __init__(self, **traits: Any) -> None:
        """Choose the transport, and a private folder for the sockets; everything else is jupyter_client's."""
        self._folder = tempfile.TemporaryDirectory(prefix="parallax-")
        traits["connection_file"] = str(Path(self._folder.name) / "kernel.json")
        if os.name == "posix":
            traits |= {"transport": "ipc", "ip": str(Path(self._folder.name) / "socket")}
        super().__init__(**traits)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            self._folder.cleanup()

    cleanup_resources = _async_cleanup_resources


class ForkedKernelManager(IpcKernelManager):
    """Uses the fork in the class attribute `forked` for the first start, a fresh program for any later one."""

    forked: ClassVar[ForkedKernel | None] = None

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        forked, type(self).forked = self.forked, None
        if self.provisioner is None and forked is not None:
            self.provisioner = ForkProvisioner(
                forked, kernel_id=self.kernel_id or "", kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = _async_pre_start_kernel  # type: ignore[assignment]


def manager_class() -> type[IpcKernelManager]:
    """The kernel manager for one notebook; call it before anything in this process opens a socket or a thread."""
    if not CAN_FORK:
        return IpcKernelManager
    return type("OneKernelManager", (ForkedKernelManager,), {"forked": ForkedKernel()})


def _become_kernel(order: int) -> NoReturn:
    status = 1
    try:
        os.setsid()
        with os.fdopen(order, encoding="utf-8") as pipe:
            text = pipe.read()
        if text:
            _serve(json.loads(text))
        status = 0
    finally:
        os._exit(status)


def _serve(task: dict[str, Any]) -> None:
    """Run ipykernel in this process as a freshly started one would be: environment, folder, streams, warnings."""
    os.environ.clear()
    os.environ.update(task["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.environ["MPLBACKEND"] = INLINE
    os.chdir(task["cwd"])
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(quiet, 1)
    sys.argv = ["ipykernel_launcher.py", "-f", task["connection_file"]]
    default_warnings()
    if "matplotlib" in sys.modules:
        import matplotlib

        matplotlib.rcParams["backend"] = INLINE
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(["-f", task["connection_file"]])


def default_warnings() -> None:
    """The warning filters Python starts with, whatever the parent process had set."""
    warnings.resetwarnings()
    for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
