"""Short names of articles for tables and figures."""

from collections import Counter
from collections.abc import Iterable

LONGEST = 24


def short_labels(ids: Iterable[str]) -> dict[str, str]:
    """Each article id with a short name no other has: its part before the first "_", else the id cut at its end."""
    known = sorted(set(ids))
    heads = {key: key.split("_", 1)[0] or key for key in known}
    cut = {key: key if len(key) <= LONGEST else f"{key[: LONGEST - 1]}…" for key in known}
    for names in (heads, cut):
        if max(Counter(names.values()).values(), default=0) < 2 and all(
            len(n) <= LONGEST for n in names.values()
        ):
            return names
    return {key: key for key in known}
