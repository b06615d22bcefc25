"""What is taken out of an executed notebook."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from helpers.batch.scrub import replace, replacements, scrub

PATHS = replacements(
    Path("/data/corpus"), Path("/data/out"), Path("/code/parallax"), Path("/opt/python"), Path("/people/ann")
)


def test_paths_get_their_stand_ins_longest_first():
    text = "/data/out/tables /data/corpus/a.txt /opt/python/lib /people/ann/x /data/outer"
    assert replace(text, PATHS) == "./tables corpus/a.txt (python)/lib ~/x /data/outer"


def test_kernel_files_are_called_cell():
    assert replace('File "/data/scratch/ipykernel_123/456.py", line 1', PATHS) == 'File "(cell)", line 1'


@given(st.text(alphabet="abc +/=<>\"'", max_size=200))
def test_other_text_is_left_alone(text):
    assert replace(text, PATHS) == text


def test_a_long_payload_is_scrubbed_in_passing():
    payload = "A" * 2_000_000
    assert replace(payload, PATHS) == payload


def test_streams_are_joined_times_dropped_and_added_cells_get_ids_of_their_own():
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "a <object at 0x7f00deadbeef>"},
        {"output_type": "stream", "name": "stdout", "text": ["b"]},
    ]
    cell = {"cell_type": "code", "id": "rnd", "source": "1", "execution_count": 1, "outputs": outputs,
            "metadata": {"papermill": {"duration": 1.0}, "tags": ["injected-parameters"]}}  # fmt: skip
    made = scrub(
        {"cells": [cell], "metadata": {"papermill": {}, "kernelspec": {"name": "python3"}}}, [], PATHS
    )
    only = made["cells"][0]
    assert only["outputs"] == [{"output_type": "stream", "name": "stdout", "text": "a <object at 0x0>b"}]
    assert (only["id"], only["metadata"]) == ("added-00", {"tags": ["injected-parameters"]})
    assert made["metadata"] == {"kernelspec": {"name": "python3"}}
