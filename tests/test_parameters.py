"""Parameters are checked against the model and the notebook's own cell."""

from pathlib import Path

import pytest

from helpers.batch.plan import plan
from helpers.errors import ParallaxError
from helpers.parameters import NOTEBOOKS, FramingParameters, check, declared

ROOT = Path(__file__).parents[1]
SHIPPED = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("notebook", SHIPPED, ids=lambda path: path.stem)
def test_a_notebook_declares_what_its_model_holds_with_the_same_defaults_and_a_comment(notebook):
    cell, model = declared(notebook), NOTEBOOKS[notebook.stem]
    assert set(cell) == set(model.model_fields)
    for name, found in cell.items():
        assert found["default"].strip("\"'") == str(model.model_fields[name].default)
        assert found["inferred_type_name"] in ("str", "int", "float")
        assert found["help"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"treshold": 1}, "unknown parameter 'treshold'; allowed: codebook"),
        ({"threshold": "high"}, "threshold must be a number, got 'high'"),
        ({"threshold": 1.5}, "threshold should be less than or equal to 1"),
        ({"seed": True}, "seed must be a whole number"),
        ({"resamples": "1.5"}, "resamples must be a whole number"),
        ({"codebook": 3}, "codebook must be text"),
        ({"codebook": "none"}, "codebook must be one of generic, gvfc, peace_journalism, policy"),
    ],
)
def test_what_does_not_fit_is_named_in_one_line(values, message):
    with pytest.raises(ParallaxError, match=message) as error:
        check(ROOT / "notebooks" / "01_framing.ipynb", values)
    assert "\n" not in str(error.value)


def test_an_unknown_measure_is_refused_and_a_known_one_is_not():
    notebook = ROOT / "notebooks" / "04_readability.ipynb"
    assert check(notebook, {"measure": "mtld"}).measure == "mtld"
    with pytest.raises(ParallaxError, match="measure must be one of"):
        check(notebook, {"measure": "ease"})


def test_text_from_the_command_line_is_converted():
    assert check(ROOT / "notebooks" / "01_framing.ipynb", {"threshold": "0.7", "seed": "3"}).seed == 3


def test_a_notebook_of_ones_own_is_checked_by_its_cell():
    own = ROOT / "tests" / "notebooks" / "fine.ipynb"
    assert check(own, {"limit": "4"}).limit == 4
    with pytest.raises(ParallaxError, match="limit must be a whole number"):
        check(own, {"limit": "many"})


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "bad.ipynb"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ParallaxError, match=r"bad\.ipynb: cannot be read as a notebook"):
        declared(path)


def test_a_codebook_of_ones_own_may_be_chosen(tmp_path):
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "frames_rain.yaml").write_text(
        "name: rain\ntitle: Rain\ncitation: none\n"
        "frames:\n- {frame: rain, definition: Rain is spoken of., questions: [rain]}\n",
        encoding="utf-8",
    )
    values = {"corpus": str(tmp_path), "codebook": "rain"}
    assert FramingParameters.model_validate(values).codebook == "rain"
    named = {"codebooks": str(tmp_path / "codebooks"), "codebook": "rain"}
    assert FramingParameters.model_validate(named).codebook == "rain"


OWN = """
name: rain
title: Rain
citation: none
frames:
- {frame: rain, definition: Rain is spoken of., questions: ["Does it rain?"], lemmas: [rain]}
"""


def planned(corpus, **values):
    [task] = plan([ROOT / "notebooks" / "01_framing.ipynb"], values, corpus, corpus.parent / "out", [])
    return task


def test_a_run_knows_the_codebooks_beside_its_articles_and_those_of_a_named_folder(tmp_path):
    corpus, books = tmp_path / "corpus", tmp_path / "books"
    for folder in (corpus / "codebooks", books):
        folder.mkdir(parents=True)
        (folder / "frames_rain.yaml").write_text(OWN, encoding="utf-8")
    assert planned(corpus, codebook="rain").parameters["codebook"] == "rain"
    before = planned(corpus, codebook="rain", codebooks=str(books)).key
    (books / "frames_rain.yaml").write_text(OWN.replace("[rain]", "[rain, hail]"), encoding="utf-8")
    assert planned(corpus, codebook="rain", codebooks=str(books)).key != before
    with pytest.raises(
        ParallaxError, match="codebook must be one of generic, gvfc, peace_journalism, policy, rain"
    ):
        planned(corpus, codebook="hail")
