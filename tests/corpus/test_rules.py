"""Lines of web furniture go, and lines that only look like them stay."""

import pytest

from helpers.corpus import rules

FURNITURE = {
    "comment widget": [
        "Comments (0)",
        "12 comments",
        "No comments yet. Be the first to share your thoughts!",
        "Leave a comment",
        "View all 14 comments",
        "Your email address will not be published. Required fields are marked *",
    ],
    "sign-in line": [
        "Please sign in to leave a comment",
        "Log in",
        "Sign in or register",
        "You must be logged in to post a comment.",
        "Subscribe to continue reading",
        "Already a subscriber? Log in",
    ],
    "also-read link": [
        "ALSO READ | Norwick Pays for Six New Lamps",
        "Read more: The wall that would not fall",
        "Related: Storms on the coast",
        "See also – Harbour in pictures",
        "Related stories",
        "You may also like",
    ],
    "share or download link": [
        "Download IPFS",
        "Download PDF",
        "Share this article",
        "Share on Facebook",
        "Facebook Twitter WhatsApp Email",
        "Copy link",
        "Follow us on Facebook and Twitter",
        "Listen to this article (4 min)",
    ],
    "newsletter line": ["Sign up for our daily newsletter", "Subscribe"],
    "advertisement mark": ["Advertisement", "ADVERTISEMENT", "Story continues below"],
    "navigation line": ["Skip to main content", "Home > World > Coast", "Back to top"],
    "category line": ["Categories: Defence & Security", "Tags: harbour, council", "Filed under: Coast"],
    "copyright line": ["© 2025 Norwick Post. All rights reserved.", "Copyright 2024 Norwick Post"],
}

TEXT = [
    "Comments by the mayor angered the fishermen.",
    "No comment.",
    "Please sign in at the desk, the guard told visitors.",
    "Related-party deals were the heart of the inquiry into the harbour company, said the auditor.",
    "Also read into the record were three letters from the port.",
    "Share prices fell on Monday.",
    "Download speeds in Norwick have doubled.",
    "Follow us, the soldiers told the villagers.",
    "Subscribe to that theory and the wall is doomed.",
    "Register to vote before Friday, officials said.",
    "Home was a tent by the harbour.",
    "Topics ranged from fish to fog: nobody was bored.",
    "Print newspapers are sold at the quay.",
    "See also what the neighbours did.",
    "Advertisement rates rose.",
    "Copyright law was changed in the spring.",
    "Loading docks were closed by the storm.",
    "What Lies Ahead",
    "Did You Know?",
]


@pytest.mark.parametrize(("reason", "line"), [(r, line) for r, lines in FURNITURE.items() for line in lines])
def test_furniture_is_known_with_its_reason(reason: str, line: str) -> None:
    assert rules.furniture(line) == reason


@pytest.mark.parametrize("line", TEXT)
def test_text_is_not_furniture(line: str) -> None:
    assert rules.furniture(line) == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ana Moreno and Tom Reed contributed to this report.", True),
        ("Ana Moreno contributed reporting from Norwick.", True),
        ("(Reporting by Ana Moreno in Norwick; Editing by Tom Reed)", True),
        ("Additional reporting by Tom Reed", True),
        ("Poor planning contributed to this report being late, officials said.", False),
        ("Ana Moreno and Tom Reed contributed to this report's third chapter.", False),
        ("Reporting by Norwick Radio found that the wall was hollow.", False),
        ("He won the vote. Ana Moreno contributed to this report.", False),
        ("The Norwick Fund contributed to the new wall.", False),
    ],
)
def test_credit_lines(line: str, expected: bool) -> None:
    assert rules.is_credit(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("OpenVoiceNews U.S.", True),
        ("The Norwick Post", True),
        ("Norwick Daily Herald", True),
        ("norwickpost.com", True),
        ("Harbour wall to stand until spring", False),
        ("Mayor Reads the News", False),
        ("Good News for the harbour at last", False),
    ],
)
def test_lines_with_the_form_of_an_outlets_name(line: str, expected: bool) -> None:
    assert rules.is_outlet(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Transparent. Unbiased. Yours.", True),
        ("Clear. Calm.", True),
        ("He won.", False),
        ("Harbour Wall", False),
    ],
)
def test_mottos(line: str, expected: bool) -> None:
    assert rules.is_tagline(line) is expected
