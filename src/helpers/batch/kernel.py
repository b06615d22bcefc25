"""The kernels of a batch run: ordinary ipykernels, reached over IPC sockets so that none race for a port."""

import os
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class IpcKernelManager(AsyncKernelManager):
    """Talks over IPC sockets where the platform has them; everything else is jupyter_client's."""

    def __init__(self, **traits: Any) -> None:
        """Choose the transport, and a private folder for the sockets."""
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
