"""Running notebooks over a corpus: plan, prepare once, run in parallel, keep failures apart, go on where it stopped."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from helpers.errors import ParallaxError

RUN_FILE = "run.json"


def run(
    corpus: Path,
    out: Path,
    values: Mapping[str, object],
    notebooks: Sequence[str] | None = None,
    jobs: int | None = None,
) -> int:
    """Run notebooks over a corpus into a run folder and print a summary; 0 when all are done, 1 when any failed.

    Finished notebooks whose key (source, parameters, inputs, code, lock) is unchanged are skipped, failed ones are
    tried again. Raises ParallaxError before any kernel starts when a parameter or path is wrong.
    """
    begun = perf_counter()
    corpus, out = corpus.expanduser().resolve(), out.expanduser().resolve()
    jobs = jobs or os.cpu_count() or 1
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _check_folders(corpus, out)
    from helpers.batch.plan import find_notebooks, input_files

    paths = find_notebooks(notebooks)
    inputs = input_files(corpus)
    early = None if _all_there(out, paths, inputs) else _prepare_early(corpus, out)
    try:
        record, tasks = _plan(corpus, out, values, paths, inputs)
        todo = [task for task in tasks if not _finished(task, record, out)]
        if todo:
            _prepared(early, corpus, out)
            early = None
            _run_todo(todo, record, corpus, out, jobs)
    finally:
        if early is not None:
            early.stop()
    _save(out, record, jobs, perf_counter() - begun)
    skipped = {task.name for task in tasks} - {task.name for task in todo}
    print("\n".join(summary(record, [task.name for task in tasks], skipped)))
    return int(any(record["notebooks"][task.name]["status"] == "failed" for task in tasks))


def _check_folders(corpus: Path, out: Path) -> None:
    if not corpus.exists():
        raise ParallaxError(
            f"{corpus}: no such file or folder; give the folder or file that holds the articles"
        )
    if out == corpus or corpus in out.parents:
        raise ParallaxError(f"--out {out} lies inside the corpus; choose a folder outside it")
    if out.exists() and not out.is_dir():
        raise ParallaxError(f"--out {out} is a file; choose a folder")


def _all_there(out: Path, paths: Sequence[Path], inputs: list[dict[str, Any]]) -> bool:
    """Whether a look at run.json suggests that nothing is left to do; the keys decide later."""
    entries = _old_entries(out, inputs)
    return all(entries.get(path.stem, {}).get("status") == "done" for path in paths)


def _prepare_early(corpus: Path, out: Path) -> Any:
    from helpers.batch.pool import Job

    return Job(prepare, corpus, out)


def _prepared(job: Any, corpus: Path, out: Path) -> None:
    (job or _prepare_early(corpus, out)).result()


def prepare(corpus: Path, out: Path) -> None:
    """Read and parse the corpus once and write OUT/tables, before any kernel starts."""
    import importlib

    study = importlib.import_module("helpers.study")
    out.mkdir(parents=True, exist_ok=True)
    study.prepare(corpus, out)


def _plan(
    corpus: Path, out: Path, values: Mapping[str, object], paths: Sequence[Path], inputs: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[Any]]:
    from helpers.batch.execute import preload
    from helpers.batch.plan import plan, versions

    preload()
    tasks = plan(paths, values, corpus, out, inputs)
    record: dict[str, Any] = {
        "corpus": corpus.name,
        "inputs": inputs,
        "notebooks": _old_entries(out, inputs),
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "versions": versions(),
        "may_differ": {"seconds": _old_seconds(out)},
    }
    return record, tasks


def read_record(out: Path) -> dict[str, Any]:
    """The content of OUT/run.json; empty when there is none or it cannot be read."""
    import json

    try:
        found = json.loads((out / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _old_entries(out: Path, inputs: list[dict[str, Any]]) -> dict[str, Any]:
    old = read_record(out)
    return dict(old.get("notebooks", {})) if old.get("inputs") == inputs else {}


def _old_seconds(out: Path) -> dict[str, float]:
    return dict(read_record(out).get("may_differ", {}).get("seconds", {}))


def _finished(task: Any, record: dict[str, Any], out: Path) -> bool:
    from helpers.batch.plan import file_hash

    entry = record["notebooks"].get(task.name, {})
    there = out / "notebooks" / f"{task.name}.ipynb"
    if entry.get("status") != "done" or entry.get("key") != task.key or not there.is_file():
        return False
    return bool(file_hash(there) == entry.get("sha256"))


def _run_todo(todo: Sequence[Any], record: dict[str, Any], corpus: Path, out: Path, jobs: int) -> None:
    """Run the tasks and note each result in the record at once, so that a run that is cut off can go on."""
    from helpers.batch.execute import write_json

    _forget_strangers(out, record)
    for task in todo:
        record["notebooks"].pop(task.name, None)
    for task, result in _results(todo, corpus, out, jobs):
        record["may_differ"]["seconds"][task.name] = result.pop("seconds", 0.0)
        record["notebooks"][task.name] = result
        write_json(out / RUN_FILE, record)
    shutil.rmtree(out / ".work", ignore_errors=True)


def _results(todo: Sequence[Any], corpus: Path, out: Path, jobs: int) -> Iterator[tuple[Any, dict[str, Any]]]:
    from tqdm import tqdm

    from helpers.batch.execute import run_task
    from helpers.batch.pool import run_all

    tqdm.monitor_interval = 0  # no watching thread: processes are forked while the bar is shown
    with tqdm(total=len(todo), disable=None, unit="notebook", leave=False) as bar:
        for index, result in run_all([(run_task, (task, corpus, out)) for task in todo], jobs):
            task = todo[index]
            bar.set_postfix_str(task.name, refresh=False)
            bar.update()
            yield task, result if isinstance(result, dict) else _crashed(task, result)


def _crashed(task: Any, error: Exception) -> dict[str, Any]:
    lines = str(error).strip().splitlines()
    failure = {"cell": None, "name": "RuntimeError", "message": lines[-1] if lines else ""}
    return {
        "status": "failed",
        "key": task.key,
        "parameters": task.parameters,
        "sha256": "",
        "error": failure,
    }


def _forget_strangers(out: Path, record: dict[str, Any]) -> None:
    """Remove executed notebooks of another corpus, which the record no longer knows."""
    for folder in ("notebooks", "failed"):
        for path in (out / folder).glob("*.ipynb"):
            if path.stem not in record["notebooks"]:
                path.unlink()


def _save(out: Path, record: dict[str, Any], jobs: int, seconds: float) -> None:
    import platform

    from helpers.batch.execute import write_json

    times = record["may_differ"]["seconds"]
    record["may_differ"] = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "jobs": jobs,
        "platform": platform.platform(),
        "seconds": {name: times[name] for name in sorted(times) if name in record["notebooks"]},
        "seconds_in_all": round(seconds, 3),
    }
    write_json(out / RUN_FILE, record)


def summary(record: Mapping[str, Any], names: Sequence[str], skipped: set[str]) -> list[str]:
    """The lines of the table printed at the end: notebook, what became of it, seconds, error."""
    width = max([len(name) for name in names] + [8])
    lines = [f"{'notebook':<{width}}  {'result':<9}  {'seconds':>7}"]
    for name in names:
        entry = record["notebooks"][name]
        status = "unchanged" if name in skipped else entry["status"]
        seconds = record["may_differ"]["seconds"].get(name, 0.0)
        line = f"{name:<{width}}  {status:<9}  {seconds:7.1f}"
        lines.append(line + (f"  {describe(entry['error'])}" if entry.get("error") else ""))
    return lines


def describe(error: Mapping[str, Any]) -> str:
    """An error of a notebook in one line."""
    place = f"In [{error['cell']}]: " if error.get("cell") else ""
    return f"{place}{error['name']}: {error['message']}"
