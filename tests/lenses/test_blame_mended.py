"""Constructions of blame that were once misread, and the candidates of implied blame, on hand-built parses."""

import pytest

from helpers.codebook import load_codebooks
from helpers.lenses.blame import blame_rows
from helpers.lenses.blaming import set_against
from helpers.lenses.blaming_implied import features, find_hints, marks
from helpers.lenses.sourcing import attribution_rows
from helpers.lenses.spans import PlainText
from tests.lenses.ud_trees import doc_of

BOOKS = load_codebooks()

GAPPED = """
Bo Bo PROPN nsubj 2
accused accuse VERB root 0
Ann Ann PROPN obj 2
of of ADP case 5
theft theft NOUN nmod 3
and and CCONJ cc 7
Ivo Ivo PROPN conj 5
of of ADP case 9
fraud fraud NOUN nmod 7
. . PUNCT punct 2
"""

EARLY_OBJECT = """
Bo Bo PROPN nsubj 2
blasted blast VERB root 0
Ann Ann PROPN obj 5
for for SCONJ mark 5
closing close VERB advcl 2
pools pool NOUN obj 5
. . PUNCT punct 2
"""

CLEARED = """
The the DET det 2
court court NOUN nsubj 3
exonerated exonerate VERB root 0
the the DET det 5
pilot pilot NOUN obj 3
. . PUNCT punct 3
"""

WHICH_SAID = """
There there PRON expl 2
is be VERB root 0
the the DET det 4
union union NOUN nsubj 2
, , PUNCT punct 7
which which PRON nsubj 7
said say VERB acl:relcl 4
little little ADJ obj 7
and and CCONJ cc 10
accused accuse VERB conj 2
Ann Ann PROPN obj 10
of of ADP case 13
theft theft NOUN obl 10
. . PUNCT punct 2
"""

TOOK_ON = """
We we PRON nsubj 2
saw see VERB root 0
the the DET det 4
toll toll NOUN obj 2
it it PRON nsubj 6
took take VERB acl:relcl 4
on on ADP compound:prt 6
Ann Ann PROPN obj 6
. . PUNCT punct 2
"""

CRITICISM_THAT = """
Bo Bo PROPN nsubj 2
answered answer VERB root 0
criticism criticism NOUN obj 2
from from ADP case 5
nurses nurse NOUN obl 2
that that SCONJ mark 9
the the DET det 8
mayor mayor NOUN nsubj 9
dithered dither VERB acl 3
. . PUNCT punct 2
"""

FOUND = """
Bo Bo PROPN nsubj 2
said say VERB root 0
auditors auditor NOUN nsubj 4
found find VERB ccomp 2
the the DET det 6
bank bank NOUN nsubj 7
hid hide VERB ccomp 4
losses loss NOUN obj 7
. . PUNCT punct 2
"""

RIFT = """
The the DET det 2
rift rift NOUN nsubj 3
caused cause VERB root 0
delays delay NOUN obj 3
. . PUNCT punct 3
"""

THE_ONE = """
Bo Bo PROPN nsubj 2
said say VERB root 0
Ann Ann PROPN nsubj 9
, , PUNCT punct 6
not not ADV advmod 6
Ivo Ivo PROPN appos 3
is be AUX cop 9
the the DET det 9
one one NOUN ccomp 2
holding hold VERB acl 9
up up ADP compound:prt 10
pay pay NOUN obj 10
. . PUNCT punct 2
"""

BECAUSE_OF = """
The the DET det 2
bridge bridge NOUN nsubj 3
fell fall VERB root 0
because because ADP case 8
of of ADP fixed 4
the the DET det 7
firm firm NOUN nmod:poss 8
neglect neglect NOUN obl 3
. . PUNCT punct 3
"""


def ties(sentence, **more):
    doc = doc_of(sentence, **more)
    article = PlainText("a1", doc.text)
    rows = blame_rows(article, doc, attribution_rows(article, doc, [], BOOKS), [], BOOKS)
    return [(r["blamer"], r["target"], r["issue"], r["negated"]) for r in rows]


def hints(sentence):
    doc = doc_of(sentence)
    rows = attribution_rows(PlainText("a1", doc.text), doc, [], BOOKS)
    return find_hints(doc, BOOKS.blame, BOOKS.verbs, rows)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (GAPPED, [("Bo", "Ann", "theft", False), ("Bo", "Ivo", "fraud", False)]),
        (CLEARED, [("The court", "the pilot", "", True)]),
        (WHICH_SAID, [("the union", "Ann", "theft", False)]),
        (TOOK_ON, []),
        (CRITICISM_THAT, [("nurses", "the mayor", "dithered", False)]),
    ],
)
def test_ties(sentence, expected):
    found = [(b, t, i.split(" and ")[0], n) for b, t, i, n in ties(sentence)]
    assert found == expected


def test_an_object_the_parse_gives_to_the_next_clause_is_the_target():
    assert [row[:2] for row in ties(EARLY_OBJECT)] == [("Bo", "Ann")]


def test_an_issue_is_no_part_of_the_target():
    assert "theft" not in ties(GAPPED)[0][1]


def test_a_source_within_anothers_words_is_the_nearer_one():
    [bank] = [h for h in hints(FOUND) if h.target.text == "bank"]
    assert (bank.kind, bank.attributed, bank.act) == ("clause", True, "Someone hid losses")


def test_because_of_blames_the_owner_of_the_act():
    [found] = [h for h in hints(BECAUSE_OF) if h.kind == "because"]
    assert (found.target.text, found.attributed) == ("firm", False)
    assert found.act.startswith("Someone's neglect caused")


def test_who_is_the_one_doing_it_is_the_target_and_the_contrast_spared():
    [ann] = [h for h in hints(THE_ONE) if h.kind == "cause"]
    assert (ann.target.text, ann.act) == ("Ann", "Someone holding up pay")
    assert set_against(ann.target).text == "Ivo"


def test_a_rift_answers_for_nothing():
    assert hints(RIFT) == []
    assert [h.target.text for h in hints(RIFT.replace("rift rift", "mayor mayor"))] == ["mayor"]


def test_every_candidate_has_the_same_marks():
    class Nothing:
        def encode(self, texts):
            import numpy as np

            return np.zeros((len(list(texts)), 384), np.float32)

    found = [*hints(FOUND), *hints(BECAUSE_OF)]
    lengths = {len(marks(h, BOOKS.blame)) for h in found}
    assert len(lengths) == 1
    assert features(found, BOOKS.blame, Nothing()).shape == (len(found), 2 * 384 + lengths.pop())
