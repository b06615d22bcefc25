"""Running one notebook with papermill in a process of its own, and keeping what came of it."""

import json
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from helpers.batch.plan import Task, file_hash
from helpers.batch.scrub import replace, replacements, scrub
from helpers.paths import project_root

ANSI = re.compile(r"\x1b\[[0-9;]*m")
START_TRIES = 2


def preload() -> None:
    """Import papermill once, before workers are forked, rather than in each of them."""
    import papermill  # noqa: F401


def run_task(task: Task, corpus: Path, out: Path) -> dict[str, Any]:
    """Execute one notebook and file the result under OUT/notebooks or OUT/failed; never raises for a failed notebook.

    The result has status ("done" or "failed"), key, parameters, sha256 of the executed notebook, error, seconds.
    """
    started = time.perf_counter()
    paths = replacements(corpus, out, project_root(), Path(sys.prefix), Path.home())
    work = out / ".work" / f"{task.name}.ipynb"
    work.parent.mkdir(parents=True, exist_ok=True)
    work.unlink(missing_ok=True)
    error = _execute(task, work)
    if error:
        error = {
            name: replace(value, paths) if isinstance(value, str) else value for name, value in error.items()
        }
    target = _file(task, work, out, failed=error is not None, paths=paths)
    return {
        "status": "failed" if error else "done",
        "key": task.key,
        "parameters": task.parameters,
        "sha256": file_hash(target),
        "error": error,
        "seconds": round(time.perf_counter() - started, 3),
    }


def _execute(task: Task, work: Path) -> dict[str, Any] | None:
    """Run the notebook to `work`; the error as a dict with cell (its In [n], None if outside a cell), name, message."""
    from papermill import PapermillExecutionError, execute_notebook

    from helpers.batch.kernel import IpcKernelManager

    for attempt in range(START_TRIES):
        try:
            execute_notebook(
                str(task.notebook),
                str(work),
                parameters=task.inject,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                cwd=str(project_root()),
                kernel_manager_class=IpcKernelManager,
                extra_arguments=[
                    "--IPKernelApp.log_level=50"
                ],  # else each shutdown is logged as an interrupt
            )
            return None
        except PapermillExecutionError as error:
            return {
                "cell": error.exec_count,
                "name": error.ename,
                "message": _line(error.evalue),
            }
        except RuntimeError as error:
            if "Kernel died before replying" not in str(error) or attempt == START_TRIES - 1:
                return {"cell": None, "name": type(error).__name__, "message": _line(str(error))}
        except Exception as error:
            return {"cell": None, "name": type(error).__name__, "message": _line(str(error))}
    return None


def _line(message: str) -> str:
    lines = [line.strip() for line in ANSI.sub("", message).splitlines() if line.strip()]
    return lines[0][:500] if lines else ""


def _file(task: Task, work: Path, out: Path, *, failed: bool, paths: list[tuple[str, str]]) -> Path:
    source = json.loads(task.notebook.read_text(encoding="utf-8"))
    ran = json.loads(work.read_text(encoding="utf-8")) if work.is_file() else _upgraded(source)
    ids = [cell["id"] for cell in source["cells"] if "id" in cell]
    clean = scrub(ran, ids, paths)
    good, bad = out / "notebooks" / f"{task.name}.ipynb", out / "failed" / f"{task.name}.ipynb"
    target, other = (bad, good) if failed else (good, bad)
    write_json(target, clean, indent=1)
    other.unlink(missing_ok=True)
    work.unlink(missing_ok=True)
    return target


def _upgraded(source: dict[str, Any]) -> dict[str, Any]:
    for cell in source["cells"]:
        cell.setdefault("metadata", {})
    return source


def write_json(target: Path, value: object, indent: int = 2) -> None:
    """Write JSON with sorted keys to a temporary name in the same folder, then rename."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_text(
        json.dumps(value, indent=indent, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    draft.replace(target)
