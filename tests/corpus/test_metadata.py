"""Dates and bylines as pages write them."""

import pytest

from helpers.corpus.metadata import byline, date_line, parse_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("July 7, 2025", "2025-07-07"),
        ("7 July 2025", "2025-07-07"),
        ("Mon, 7th Jul. 2025", "2025-07-07"),
        ("Sept. 3 2024", "2024-09-03"),
        ("2025-07-07", "2025-07-07"),
        ("2025-07-07T10:00:00Z", "2025-07-07"),
        ("2025-07", "2025-07"),
        ("2025", "2025"),
        ("February 30, 2025", ""),
        ("2025-13-01", ""),
        ("2025-13", ""),
        ("07/08/2025", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates(written: str, expected: str) -> None:
    assert parse_date(written) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("July 7, 2025", "2025-07-07"),
        ("Published: Monday, 7 July 2025 at 10:30 GMT", "2025-07-07"),
        ("July 7, 2025 | Updated July 8, 2025, 9:15 p.m. ET", "2025-07-07"),
        ("7 July 2025 · 4 min read", "2025-07-07"),
        ("The talks ended on July 7, 2025", ""),
        ("July 7", ""),
        ("Updated", ""),
    ],
)
def test_date_lines(line: str, expected: str) -> None:
    assert date_line(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Moreno", "Ana Moreno"),
        ("BY Ana Moreno and Tom de la Cruz", "Ana Moreno and Tom de la Cruz"),
        ("Written by: Ana Moreno, Tom Reed & Bo Lind", "Ana Moreno, Tom Reed & Bo Lind"),
        ("By Land and Sea", ""),
        ("By Monday the wall was gone.", ""),
        ("By the time Ana Moreno came", ""),
    ],
)
def test_bylines(line: str, expected: str) -> None:
    assert byline(line) == expected
