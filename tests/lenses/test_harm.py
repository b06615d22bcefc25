from helpers import tables
from helpers.codebook import load_codebooks
from helpers.lenses.harm import NO_ACTOR, agency, harm_rows
from helpers.lenses.harming import find_harm
from helpers.lenses.spans import PlainText
from tests.lenses.ud_trees import doc_of

BOOKS = load_codebooks()

ACTIVE = """
Forces force NOUN nsubj 2
killed kill VERB root 0
ten ten NUM nummod 4
miners miner NOUN obj 2
. . PUNCT punct 2
"""
PASSIVE = """
Ten ten NUM nummod 2
miners miner NOUN nsubj:pass 4
were be AUX aux:pass 4
killed kill VERB root 0
by by ADP case 6
raiders raider NOUN obl:agent 4
. . PUNCT punct 4
"""
AGENTLESS = """
Ten ten NUM nummod 2
miners miner NOUN nsubj:pass 4
were be AUX aux:pass 4
killed kill VERB root 0
. . PUNCT punct 4
"""
DIED = """
The the DET det 2
miner miner NOUN nsubj 3
died die VERB root 0
. . PUNCT punct 3
"""
NOUN = """
Bo Bo PROPN nsubj 2
mourned mourn VERB root 0
the the DET det 4
death death NOUN obj 2
of of ADP case 7
the the DET det 7
miner miner NOUN nmod 4
. . PUNCT punct 2
"""
TO_COME = """
Forces force NOUN nsubj 3
will will AUX aux 3
kill kill VERB root 0
miners miner NOUN obj 3
. . PUNCT punct 3
"""
FIGURE = """
Bo Bo PROPN nsubj 2
hit hit VERB root 0
Al Al PROPN obj 2
. . PUNCT punct 2
"""


def rows_of(*sentences):
    doc = doc_of(*sentences)
    rows = harm_rows(PlainText("a1", doc.text), doc, [], BOOKS)
    full = tables.make("harm_events", [{**row, "part": "body"} for row in rows])
    tables.check_offsets("harm_events", full, {"a1": doc.text})
    return full


def events(*sentences):
    columns = ["form", "victim", "number", "agent"]
    return rows_of(*sentences)[columns].to_numpy().tolist()


def test_every_form_with_its_slots():
    assert events(ACTIVE) == [["active", "ten miners", "ten", "Forces"]]
    assert events(PASSIVE) == [["passive_agent", "Ten miners", "Ten", "raiders"]]
    assert events(AGENTLESS) == [["passive_no_agent", "Ten miners", "Ten", ""]]
    assert events(DIED) == [["intransitive", "The miner", "", ""]]
    assert events(NOUN) == [["nominal", "the miner", "", ""]]


def test_what_is_to_come_and_figures_of_speech_are_left_out():
    assert events(TO_COME) == []
    assert events(FIGURE) == []


def test_a_loose_word_counts_beside_a_sign_of_violence():
    assert events(FIGURE.replace("Al Al PROPN", "soldiers soldier NOUN"))[0][0] == "active"


def test_shares_keep_their_base():
    shares = agency(rows_of(ACTIVE, PASSIVE, AGENTLESS, DIED), ["victim_actor"])
    [row] = shares.to_dict("records")
    assert (row["victim_actor"], row["events"], row["with_agent"], row["share"]) == (NO_ACTOR, 4, 2, 0.5)
    assert row["low"] < 0.5 < row["high"]


def test_no_events_give_an_empty_table():
    assert agency(tables.make("harm_events", []), ["article_id"]).empty


HELD_BY = """
Families family NOUN nsubj 7
of of ADP case 3
hostages hostage NOUN nmod 1
held hold VERB acl 1
by by ADP case 6
bandits bandit NOUN obl:agent 4
wept weep VERB root 0
. . PUNCT punct 7
"""

TENS_OF = """
Tens ten NOUN nsubj:pass 5
of of ADP case 3
thousands thousand NOUN nmod 1
were be AUX aux:pass 5
killed kill VERB root 0
. . PUNCT punct 5
"""


def test_who_holds_hostages_is_named_in_the_words_right_after():
    doc = doc_of(HELD_BY)
    [found] = find_harm(doc, BOOKS.harm, BOOKS.blame)
    assert (found.victim.text, found.agent.text) == ("hostages", "bandits")


def test_a_number_in_words_is_the_number_alone():
    doc = doc_of(TENS_OF)
    [found] = find_harm(doc, BOOKS.harm, BOOKS.blame)
    assert doc.text[slice(*found.number)] == "Tens of thousands"
