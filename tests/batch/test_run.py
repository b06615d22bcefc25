"""A run end to end on small notebooks: results, failures kept apart, resuming, same bytes."""

import json

import pytest

from helpers import batch
from helpers.batch import pool
from helpers.errors import ParallaxError
from tests.batch.conftest import use


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def test_a_failure_is_kept_apart_and_the_rest_goes_on(corpus, notebooks, prepared, out, capsys):
    use(notebooks, "fine", "breaks", "odd")
    assert batch.run(corpus, out, {"limit": "5"}, jobs=2) == 1
    assert [path.name for path in (out / "notebooks").glob("*.ipynb")] == ["fine.ipynb"]
    assert sorted(path.name for path in (out / "failed").glob("*.ipynb")) == ["breaks.ipynb", "odd.ipynb"]
    entries = read(out / "run.json")["notebooks"]
    assert entries["breaks"]["error"]["name"] == "ZeroDivisionError"
    assert entries["fine"]["parameters"] == {"limit": 5, "outlet": "x"}
    printed = capsys.readouterr().out
    assert "breaks    failed" in printed
    assert "ZeroDivisionError: division by zero" in printed
    assert prepared.read_text(encoding="utf-8").splitlines() == ["my corpus"]


def test_what_is_finished_is_skipped_and_what_changed_runs_again(corpus, notebooks, prepared, out, capsys):
    use(notebooks, "fine")
    assert batch.run(corpus, out, {}) == 0
    assert batch.run(corpus, out, {}) == 0
    assert "unchanged" in capsys.readouterr().out
    (corpus / "two.txt").write_text("The council of Exampleton met.\n", encoding="utf-8")
    assert batch.run(corpus, out, {}) == 0
    assert "unchanged" not in capsys.readouterr().out
    assert len(read(out / "run.json")["inputs"]) == 2


def test_two_runs_give_the_same_bytes_but_for_what_may_differ(corpus, notebooks, prepared, tmp_path):
    use(notebooks, "fine", "chart")
    for name in ("a", "b"):
        assert batch.run(corpus, tmp_path / name, {}) == 0
    for name in ("fine", "chart"):
        one, two = (tmp_path / run / "notebooks" / f"{name}.ipynb" for run in ("a", "b"))
        assert one.read_bytes() == two.read_bytes()
        assert str(tmp_path) not in one.read_text(encoding="utf-8")
    records = [read(tmp_path / run / "run.json") for run in ("a", "b")]
    assert all(record.pop("may_differ") for record in records)
    assert records[0] == records[1]


def test_unknown_parameters_are_named_before_a_kernel_starts(corpus, notebooks, prepared, out):
    use(notebooks, "fine")
    with pytest.raises(ParallaxError, match=r"unknown parameter 'speed'.*allowed: limit, outlet"):
        batch.run(corpus, out, {"speed": "1"})
    assert not (out / "run.json").exists()


@pytest.mark.parametrize("name", ["corpus", "out"])
def test_corpus_and_out_are_not_parameters_of_the_command(corpus, notebooks, prepared, out, name):
    use(notebooks, "fine")
    with pytest.raises(ParallaxError, match="is set by"):
        batch.run(corpus, out, {name: "x"})


def test_a_run_folder_inside_the_corpus_is_refused(corpus, notebooks):
    with pytest.raises(ParallaxError, match="inside the corpus"):
        batch.run(corpus, corpus / "out", {})


def test_a_corpus_that_is_not_there_is_named(tmp_path, notebooks):
    with pytest.raises(ParallaxError, match="nothing-here: no such file or folder"):
        batch.run(tmp_path / "nothing-here", tmp_path / "out", {})


def fail(kind):
    raise kind("told")


def test_a_job_hands_back_its_value_or_what_went_wrong():
    assert pool.Job(sum, [1, 2]).result() == 3
    with pytest.raises(ParallaxError, match="told"):
        pool.Job(fail, ParallaxError).result()
    with pytest.raises(RuntimeError, match="told"):
        pool.Job(fail, ValueError).result()


def test_results_come_with_their_place():
    calls = [(abs, (-number,)) for number in range(5)]
    assert dict(pool.run_all(calls, jobs=2)) == {number: number for number in range(5)}


def test_an_empty_choice_of_notebooks_is_refused(corpus, notebooks, prepared, out):
    use(notebooks, "fine")
    with pytest.raises(ParallaxError, match="--notebooks names none; there are: fine"):
        batch.run(corpus, out, {}, [" "])
