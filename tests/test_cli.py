"""The command: help, versions, and errors in one line with exit code 2."""

import gzip
import json

import pytest
from typer.testing import CliRunner

from helpers.cli import app

RUNNER = CliRunner()


def test_help_names_every_command():
    shown = RUNNER.invoke(app, ["--help"])
    assert shown.exit_code == 0
    assert all(word in shown.output for word in ("run", "report", "annotate", "--version"))


def test_the_version_is_shown():
    assert RUNNER.invoke(app, ["--version"]).output.startswith("parallax 0.1")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "no-such-folder", "--out", "out"], "no such file or folder"),
        (["run", ".", "--out", "../out", "-p", "novalue"], "-p novalue: write it as name=value"),
        (["run", ".", "--out", "../out", "--params", "none.yaml"], "--params none.yaml: cannot be read"),
        (["report", "."], "no run.json that can be read"),
        (
            ["annotate", "colour", "in.jsonl", "out.jsonl"],
            "unknown KIND 'colour'; choose language, sourcing, blame",
        ),
        (["annotate", "language", "none.jsonl", "out.jsonl"], "none.jsonl: cannot be read"),
    ],
)
def test_a_wrong_use_is_one_line_and_exit_code_two(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = RUNNER.invoke(app, arguments)
    assert shown.exit_code == 2
    assert message in shown.stderr
    assert shown.stderr.startswith("parallax: ")
    assert shown.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz"])
def test_annotate_keeps_ids_and_order(tmp_path, suffix):
    source, target = tmp_path / f"in.{suffix}", tmp_path / f"out.{suffix}"
    rows = [{"id": "b", "text": "The mayor said the bridge was safe."}, {"id": "a", "text": ""}]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    source.write_bytes(gzip.compress(text.encode()) if suffix.endswith("gz") else text.encode())
    shown = RUNNER.invoke(app, ["annotate", "sourcing", str(source), str(target)])
    assert shown.exit_code == 0, shown.output
    data = gzip.decompress(target.read_bytes()) if suffix.endswith("gz") else target.read_bytes()
    found = [json.loads(line) for line in data.decode().splitlines()]
    assert [row["id"] for row in found] == ["b", "a"]
    assert found[0]["attributions"][0]["source"] == [[0, 9]]
    assert found[1]["attributions"] == []


def test_a_broken_line_is_named_and_nothing_is_left_behind(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "Fine."}\n{oops\n', encoding="utf-8")
    shown = RUNNER.invoke(app, ["annotate", "language", str(source), str(target)])
    assert shown.exit_code == 2
    assert "line 2: not valid JSON" in shown.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
