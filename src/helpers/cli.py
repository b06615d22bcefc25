"""The command `parallax`: run notebooks over a corpus, make the report, annotate rows of text."""

import sys
from functools import partial
from importlib import import_module, metadata
from pathlib import Path
from typing import Annotated, Any

import typer

from helpers.errors import ParallaxError

KINDS = {
    "language": ("helpers.annotate", "annotate_language"),
    "sourcing": ("helpers.lenses.annotate", "annotate_sourcing"),
    "blame": ("helpers.lenses.annotate", "annotate_blame"),
    "portrayal": ("helpers.lenses.portrayal", "annotate_portrayal"),
    "loaded": ("helpers.lenses.annotate_wording", "annotate_loaded"),
    "directed-sentiment": ("helpers.lenses.directed", "annotate_directed"),
    "frames": ("helpers.lenses.framing_annotate", "annotate_frames"),
}


class Group(typer.core.TyperGroup):
    """Shows a ParallaxError as one line on stderr, with exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ParallaxError as error:
            typer.echo(f"parallax: {' '.join(str(error).split())}", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="How several articles tell one story: framing, sourcing, blame, readability, each number with its evidence.",
    epilog="Example: parallax run seeds --out build, then parallax report build, then open build/report/index.html.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"parallax {metadata.version('parallax-media')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """How several articles tell one story: framing, sourcing, blame and readability, each number with its evidence."""


@app.command()
def run(
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="Folder or file with the articles.", show_default=False)
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="Run folder for notebooks, tables and report.", show_default=False
        ),
    ],
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "-p", metavar="NAME=VALUE", help="Set a parameter in every notebook that has it; repeatable."
        ),
    ] = None,
    params: Annotated[
        Path | None,
        typer.Option("--params", metavar="FILE", help="YAML file with parameters; -p wins over it."),
    ] = None,
    notebooks: Annotated[
        str | None,
        typer.Option("--notebooks", metavar="NAMES", help="Only these, as in 01_framing,03_blame."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", metavar="N", min=1, help="Notebooks at once.", show_default="one per processor"
        ),
    ] = None,
) -> None:
    """Run the notebooks over CORPUS into a run folder.

    What is finished and unchanged is skipped, what failed is tried again. Exit code: 0 all done, 1 a notebook failed,
    2 wrong use.
    """
    from helpers import batch

    values = _from_file(params) | _from_options(parameter or [])
    raise typer.Exit(batch.run(corpus, out, values, notebooks.split(",") if notebooks else None, jobs))


@app.command()
def report(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A run folder made by `parallax run`.", show_default=False)
    ],
) -> None:
    """Make the HTML report of a run folder; it opens from DIR/report/index.html without a network."""
    from helpers.report import glance, render

    index = render(folder)
    typer.echo("\n".join([*glance(folder), str(index)]))


@app.command()
def annotate(
    kind: Annotated[
        str,
        typer.Argument(help=f"One of {', '.join(KINDS)}.", show_default=False),
    ],
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN.jsonl[.gz]", help='Rows such as {"id": ..., "text": ...}.', show_default=False
        ),
    ],
    target: Annotated[
        Path,
        typer.Argument(
            metavar="OUT.jsonl[.gz]", help="Where the findings go, a row for each.", show_default=False
        ),
    ],
    codebook: Annotated[
        str, typer.Option("--codebook", metavar="NAME", help="For frames: gvfc, nfc or policy.")
    ] = "",
) -> None:
    """Write a lens's findings for rows of text, ids kept, to score the suite on annotated data of your own."""
    from helpers.rows import annotate_file

    if kind not in KINDS:
        raise ParallaxError(f"unknown KIND {kind!r}; choose {', '.join(KINDS)}")
    if codebook and kind != "frames":
        raise ParallaxError(f"--codebook is for frames: leave it out for {kind}")
    module, name = KINDS[kind]
    chosen = {"codebook": codebook} if kind == "frames" else {}
    count = annotate_file(partial(getattr(import_module(module), name), **chosen), source, target)
    typer.echo(f"{count} rows written to {target}", err=True)


def _from_options(given: list[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign or not name.strip().isidentifier():
            raise ParallaxError(f"-p {item}: write it as name=value")
        values[name.strip()] = value
    return values


def _from_file(path: Path | None) -> dict[str, object]:
    if path is None:
        return {}
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ParallaxError(f"--params {path}: cannot be read ({type(error).__name__})") from None
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f" in line {place.line + 1}" if place else ""
        raise ParallaxError(f"--params {path}: not valid YAML{line}") from None
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise ParallaxError(f"--params {path}: must hold lines of the form name: value")
    return dict(found)


if __name__ == "__main__":
    sys.exit(app())
