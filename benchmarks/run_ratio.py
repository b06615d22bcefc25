"""Wall time of `parallax run` against the same notebooks one after the other by the papermill command line.

    .venv/bin/python benchmarks/run_ratio.py [CORPUS]

Both start with an empty cache, in turns, in one run; the ratio of the sums is what counts.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ROUNDS = 2


def seconds(commands: list[list[str]], cache: Path) -> float:
    """How long the commands take, one after the other."""
    started = time.perf_counter()
    for command in commands:
        environment = {**os.environ, "PARALLAX_CACHE": str(cache)}
        subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
    return time.perf_counter() - started


def one_round(corpus: str, folder: Path) -> tuple[float, float]:
    """Seconds of `parallax run` and of papermill one by one."""
    ours = seconds([[str(BIN / "parallax"), "run", corpus, "--out", str(folder / "run")]], folder / "cache_a")
    papermill = [
        [
            str(BIN / "papermill"),
            str(path),
            str(folder / path.name),
            "-p",
            "corpus",
            corpus,
            "--no-progress-bar",
        ]
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    ]
    return ours, seconds(papermill, folder / "cache_b")


def main() -> None:
    """Run and print."""
    corpus = str(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "seeds").resolve())
    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            times.append(one_round(corpus, Path(name)))
    ours, theirs = (sum(column) for column in zip(*times, strict=True))
    print(
        f"parallax run {ours / ROUNDS:.1f} s, papermill one by one {theirs / ROUNDS:.1f} s, ratio {ours / theirs:.2f}"
    )


if __name__ == "__main__":
    main()
