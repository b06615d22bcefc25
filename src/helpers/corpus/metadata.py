"""What an article says of itself: its date, byline and credit; nothing is guessed, unknown is empty."""

import re
from datetime import date

FIELDS = ("title", "outlet", "published", "url", "author")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
DATE = re.compile(
    rf"\b{_WEEKDAY}(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"
    rf"|(?P<m1>{_MONTH})\s+(?P<d1>{_DAY}),?\s+(?P<y1>\d{{4}})\b"
    rf"|(?P<d2>{_DAY})\s+(?P<m2>{_MONTH}),?\s+(?P<y2>\d{{4}})\b)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\bat\s+)?\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?\s*(?:\(?\b(?:[A-Z]{1,4}T|UTC|IST)\b\)?)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:(?:first|last)\s+)?(?:published|posted|updated|modified|date)(?:\s+on)?\b\s*:?", re.IGNORECASE
)
_READING_TIME = re.compile(r"\b\d{1,2}\s+min(?:ute)?s?\s+read\b", re.IGNORECASE)
_FILLING = re.compile(r"[\s|•·,;/()–—-]+")

_NAME_WORD = (
    r"(?:[A-Z][\w'’.-]*|(?:al|bin|bint|da|de|del|den|der|di|el|la|le|ibn|van|von)(?:-[A-Z][\w'’-]*)?)"
)
_NAME = rf"[A-Z][\w'’.-]*(?:\s+{_NAME_WORD}){{1,4}}"
BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Ww]ritten by|[Rr]eported by)\s*:?\s+"
    rf"(?P<names>{_NAME}(?:(?:,?\s+and\s+|\s*[,&]\s*){_NAME})*)"
)


def parse_date(value: str) -> str:
    """The ISO date of "July 7, 2025", "7 Jul 2025" or "2025-07-07T10:00Z", "" if none or unclear.

    Dates in figures alone, as 07/08/2025, are not guessed at; a year or a year and month in ISO form stay.
    """
    value = value.strip()
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        return value
    match = DATE.search(value)
    return _iso(match) if match else ""


def date_line(line: str) -> str:
    """The ISO date of a line that holds dates, times and labels such as "Updated" alone, else ""."""
    match = DATE.search(line)
    if match is None:
        return ""
    rest = DATE.sub(" ", line)
    for pattern in (_TIME, _LABEL, _READING_TIME, _FILLING):
        rest = pattern.sub(" ", rest)
    return "" if rest.strip() else _iso(match)


def has_date_label(line: str) -> bool:
    """Whether the line begins with a label such as "Published:" or "Last updated"."""
    return _LABEL.match(line.strip()) is not None


def byline(line: str) -> str:
    """The names in a line that is a byline and nothing else ("By Ana Moreno and Tom Reed"), else ""."""
    match = BYLINE.fullmatch(line.strip())
    return match["names"] if match else ""


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        numbers = [int(part) for part in match["iso"].split("-")]
    else:
        month = (match["m1"] or match["m2"])[:3].lower()
        day = re.sub(r"\D", "", match["d1"] or match["d2"])
        numbers = [int(match["y1"] or match["y2"]), MONTHS.index(month) + 1, int(day)]
    try:
        return date(*numbers).isoformat()
    except ValueError:
        return ""
