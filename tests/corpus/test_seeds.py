"""What cleaning makes of the five seeds, as checked by eye: every block, every removal."""

from functools import lru_cache
from pathlib import Path

import pytest

from helpers.corpus import Article, read_corpus
from helpers.corpus.reuse import text_reuse

SEEDS = Path(__file__).parents[2] / "seeds"

BLOCKS = {
    "000": [
        ("body", "Nearly 20 months into", "campaign against the group."),
        ("body", "Despite renewed mediation efforts", "permanent end to hostilities."),
        ("body", "Israel, led by Prime", "for an immediate breakthrough."),
        ("heading", "Core Dispute Stymies Negotiations", "Core Dispute Stymies Negotiations"),
        ("body", "The central issue continues", "under President Donald Trump."),
        ("body", "Hamas proposed a clause", "to dismantle Hamas militarily."),
        ("body", "Netanyahu called Hamas’s demands", "week if progress is made."),
        ("body", "Hamas responded by affirming", "Israeli withdrawal from Gaza."),
        ("heading", "Humanitarian Crisis Deepens", "Deepens Amid Stalemate"),
        ("body", "As negotiations stall, the", "but provided no specifics."),
        ("body", "Recent displacement orders", "aid distribution system."),
        ("body", "Updates indicate rising", "to stabilize its position."),
        ("heading", "Did You Know?", "Did You Know?"),
        ("body", "Since October 2023, over", "Israeli military operations."),
        ("heading", "Political Pressures and", "and Military Fatigue"),
        ("body", "The U.S. plays a pivotal", "with the White House."),
        ("body", "Israeli officials have hinted", "faces growing exhaustion."),
        ("body", "Many reservists, absent", "if the conflict drags on."),
    ],
    "001": [
        ("headline", "Cease-Fire Talks in Gaza", "Amid Rising Tensions"),
        ("standfirst", "After nearly 20 months", "a lasting peace plan."),
        ("standfirst", "Negotiations for a cease-fire", "at odds over terms."),
        ("body", "Since the onset of the", "point in the negotiations."),
        ("body", "Recently, after renewed", "“totally unacceptable.”"),
        ("body", "Nevertheless, the talks", "seem difficult to cross."),
        ("body", "Israeli officials have indicated", "opposed to disarmament."),
        ("body", "While political negotiations", "securing their return."),
        ("body", "As the stalemate persists", "this prolonged conflict."),
    ],
    "002": [
        ("body", "Ceasefire negotiations between", "stalled once again."),
        ("body", "Israeli leadership insists", "without further negotiations."),
        ("body", "Officials on the Israeli side", "next round of violence."),
        ("body", "On the other hand,", "and political limbo."),
        ("body", "Behind the scenes,", "facing extreme hardship."),
        ("body", "Meanwhile, international actors", "communications to break down."),
        ("body", "Despite the bleak outlook", "— but increasingly urgent."),
    ],
    "003": [
        ("headline", "Gaza Ceasefire Talks Stall", "Between Israel and Hamas"),
        ("body", "Efforts to broker a ceasefire", "half hours of discussions."),
        ("body", "Mediators from Qatar and", "disagreements remain unchanged."),
        ("body", "Hamas insists on a full", "can no longer threaten Israel."),
        ("body", "Despite the deadlock,", "the October 2023 attacks."),
        ("body", "Back in Israel, the", "Hamas is fully defeated."),
        ("body", "As the negotiations move", "to soften their demands."),
        ("body", "For now, both the people", "another false dawn."),
    ],
    "004": [
        ("headline", "Israel-Hamas Talks Stumble", "Hostage Release at Stake"),
        ("heading", "Israel-Hamas War Impasse", "Ceasefire Negotiations Stall"),
        ("body", "In a recent turn of events", "in a state of “crisis.”"),
        ("body", "For several months, negotiations", "with a “positive spirit.”"),
        ("heading", "The Rafah Issue", "A Major Stumbling Block"),
        ("body", "Despite these positive", "their loved ones’ freedom."),
        ("body", "The primary obstacle", "progress in negotiations."),
        ("body", "Senior Hamas official Mousa", "release of its hostages."),
        ("heading", "US Involvement in the Talks", "US Involvement in the Talks"),
        ("body", "On the other hand, the", "holding up the agreement."),
        ("body", "Despite the departure of", "“permanent and fixed.”"),
        ("heading", "What Lies Ahead", "What Lies Ahead"),
        ("body", "As the complex and volatile", "is likely to escalate."),
    ],
}

REMOVALS = {
    "000": [
        (1411, "also-read link", "ALSO READ | UK Commits"),
        (3253, "comment widget", "Comments (0)"),
        (3266, "sign-in line", "Please sign in to leave a comment"),
        (3300, "comment widget", "No comments yet. Be the first to share your thoughts!"),
    ],
    "001": [
        (391, "duplicate headline", "Cease-Fire Talks in Gaza Stall Again Amid Rising Tensions"),
        (2435, "credit line", "Aaron Boxerman and Rawan Sheikh Ahmad contributed"),
        (2623, "repeated paragraph", "Recently, after renewed"),
        (3013, "repeated paragraph", "Nevertheless, the talks"),
        (3326, "repeated paragraph", "Israeli officials have indicated"),
        (3599, "repeated paragraph", "While political negotiations"),
        (3976, "repeated paragraph", "As the stalemate persists"),
        (4155, "repeated paragraph", "Aaron Boxerman and Rawan Sheikh Ahmad contributed"),
    ],
    "002": [],
    "003": [
        (0, "masthead", "OpenVoiceNews U.S."),
        (20, "masthead tagline", "Transparent. Unbiased. Yours."),
        (125, "date line", "July 7, 2025"),
        (139, "category line", "Categories: Defence & Security"),
        (2631, "share or download link", "Download IPFS"),
    ],
    "004": [],
}


@lru_cache
def seeds() -> dict[str, Article]:
    corpus = read_corpus(SEEDS)
    assert corpus.left_out == ()
    return {article.article_id[:3]: article for article in corpus.articles}


@pytest.mark.parametrize("seed", sorted(BLOCKS))
def test_the_blocks_are_those_seen_by_eye(seed: str) -> None:
    article = seeds()[seed]
    blocks = [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
    assert [kind for kind, _ in blocks] == [kind for kind, _, _ in BLOCKS[seed]]
    for (_, text), (_, first, last) in zip(blocks, BLOCKS[seed], strict=True):
        assert text.startswith(first)
        assert text.endswith(last)


@pytest.mark.parametrize("seed", sorted(REMOVALS))
def test_the_removals_are_those_seen_by_eye(seed: str) -> None:
    article = seeds()[seed]
    assert [(r.start, r.reason) for r in article.removed] == [(s, reason) for s, reason, _ in REMOVALS[seed]]
    raw = (SEEDS / article.file).read_bytes().decode("utf-8")
    for removal, (_, _, first) in zip(article.removed, REMOVALS[seed], strict=True):
        assert removal.text.startswith(first)
        assert raw[removal.start : removal.end] == removal.text


def test_a_sentence_broken_over_a_blank_line_is_joined() -> None:
    assert "maintaining that Hamas must first be dismantled as a military threat." in seeds()["003"].text


def test_what_a_text_says_of_itself_is_read_and_the_rest_is_empty() -> None:
    found = {key: (a.title, a.outlet, a.published, a.url, a.author) for key, a in seeds().items()}
    assert found == {
        "000": ("", "", "", "", ""),
        "001": ("Cease-Fire Talks in Gaza Stall Again Amid Rising Tensions", "", "", "", ""),
        "002": ("", "", "", "", ""),
        "003": (
            "Gaza Ceasefire Talks Stall as Divisions Persist Between Israel and Hamas",
            "OpenVoiceNews U.S.",
            "2025-07-07",
            "",
            "",
        ),
        "004": ("Israel-Hamas Talks Stumble: Ceasefire and Hostage Release at Stake", "", "", "", ""),
    }
    assert seeds()["001"].credit.startswith(
        "Aaron Boxerman and Rawan Sheikh Ahmad contributed to this report"
    )
    assert all(not seeds()[key].credit for key in ("000", "002", "003", "004"))


def test_the_texts_alone_say_as_much_as_the_sidecar(tmp_path: Path) -> None:
    for file in SEEDS.glob("*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert read_corpus(tmp_path).articles == read_corpus(SEEDS).articles


def test_quotes_and_encoding_stay_as_they_are() -> None:
    assert "“totally unacceptable.”" in seeds()["001"].text
    assert "Israel's goals" in seeds()["003"].text
    assert {(a.encoding, a.language) for a in seeds().values()} == {("utf-8", "en")}


def test_what_the_seeds_share() -> None:
    rows = text_reuse(seeds().values())
    found = [(r["article_a"][:3], r["article_b"][:3], r["text_a"], r["similarity"], r["words"]) for r in rows]
    assert found == [
        ("000", "001", "renewed mediation efforts led by U.S. envoy Steve Witkoff", 1.0, 9),
        ("000", "001", "a permanent truce if Hamas disarms and its leaders", 0.8889, 9),
    ]
