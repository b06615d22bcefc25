"""Train and export the language models: `python -m training.language`; goes on where it stopped."""

import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Train (arguments go to training.train), then export the parser and the sentence encoder."""
    root = Path(__file__).parents[1]
    for step in (["train", *sys.argv[1:]], ["export", "parser"], ["export", "sentence", "--block", "64"]):
        subprocess.run([sys.executable, "-m", f"training.{step[0]}", *step[1:]], cwd=root, check=True)


if __name__ == "__main__":
    main()
