"""Hand-built parses: one line a word, "form lemma UPOS relation head"; heads count from 1, 0 is the root."""

import spacy
from spacy.tokens import Doc, Span

VOCAB = spacy.blank("en").vocab

NO_SPACE_BEFORE = {".", ",", ":", "”", "’s", "n't", "?"}
NO_SPACE_AFTER = {"“"}


def doc_of(*sentences: str, people: tuple[str, ...] = ()) -> Doc:
    words, lemmas, pos, deps, heads, starts = [], [], [], [], [], []
    for sentence in sentences:
        base = len(words)
        for number, line in enumerate(sentence.strip().splitlines()):
            form, lemma, tag, dep, head = line.split()
            words.append(form)
            lemmas.append(lemma)
            pos.append(tag)
            deps.append("ROOT" if head == "0" else dep)
            heads.append(base + (int(head) - 1 if head != "0" else number))
            starts.append(number == 0)
    after = [*words, "."][1:]
    spaces = [w not in NO_SPACE_AFTER and n not in NO_SPACE_BEFORE for w, n in zip(words, after, strict=True)]
    doc = Doc(
        VOCAB,
        words=words,
        spaces=spaces,
        lemmas=lemmas,
        pos=pos,
        deps=deps,
        heads=heads,
        sent_starts=starts,
    )
    doc.ents = [Span(doc, i, i + 1, "PER") for i, word in enumerate(words) if word in people]
    return doc


SAID_THAT = """
The the DET det 2
mayor mayor NOUN nsubj 3
said say VERB root 0
that that SCONJ mark 7
the the DET det 6
bridge bridge NOUN nsubj 7
held hold VERB ccomp 3
. . PUNCT punct 3
"""

QUOTE_FIRST = """
“ “ PUNCT punct 4
It it PRON nsubj 4
will will AUX aux 4
hold hold VERB ccomp 8
, , PUNCT punct 4
” ” PUNCT punct 4
Bo Bo PROPN nsubj 8
said say VERB root 0
. . PUNCT punct 8
"""

RUNS_ON = """
“ “ PUNCT punct 4
We we PRON nsubj 4
all all DET advmod 4
checked check VERB root 0
every every DET det 6
bolt bolt NOUN obj 4
. . PUNCT punct 4
” ” PUNCT punct 4
"""

URGED = """
Bo Bo PROPN nsubj 2
urged urge VERB root 0
the the DET det 4
crew crew NOUN obj 2
to to PART mark 6
stop stop VERB xcomp 2
. . PUNCT punct 2
"""

ACCORDING = """
According accord VERB case 3
to to ADP fixed 1
engineers engineer NOUN obl 7
, , PUNCT punct 3
the the DET det 6
bridge bridge NOUN nsubj 7
held hold VERB root 0
. . PUNCT punct 7
"""

BLAMED = """
The the DET det 2
union union NOUN nsubj 3
blamed blame VERB root 0
management management NOUN obj 3
for for ADP case 7
the the DET det 7
accident accident NOUN obl 3
. . PUNCT punct 3
"""

BLAMED_ON = """
The the DET det 2
accident accident NOUN nsubj:pass 4
was be AUX aux:pass 4
blamed blame VERB root 0
on on ADP case 6
speed speed NOUN obl 4
by by ADP case 8
police police NOUN obl:agent 4
. . PUNCT punct 4
"""

NOT_TO_BLAME = """
Bo Bo PROPN nsubj 2
said say VERB root 0
the the DET det 4
driver driver NOUN nsubj 8
is be AUX cop 8
not not PART advmod 8
to to PART mark 8
blame blame VERB ccomp 2
. . PUNCT punct 2
"""

TO_BLAME = """
The the DET det 2
driver driver NOUN nsubj 5
is be AUX cop 5
to to PART mark 5
blame blame VERB root 0
. . PUNCT punct 5
"""

WILL_BLAME = """
They they PRON nsubj 3
will will AUX aux 3
blame blame VERB root 0
us we PRON obj 3
. . PUNCT punct 3
"""

EACH_SIDE = """
Talks talk NOUN nsubj 2
ended end VERB root 0
, , PUNCT punct 7
with with SCONJ mark 7
each each DET det 6
side side NOUN nsubj 7
blaming blame VERB advcl 2
the the DET det 9
other other ADJ obj 7
. . PUNCT punct 2
"""

CONDEMNED_REMARKS = """
Bo Bo PROPN nsubj 2
condemned condemn VERB root 0
the the DET det 4
mayor mayor NOUN nmod:poss 6
’s 's PART case 4
remarks remark NOUN obj 2
. . PUNCT punct 2
"""

REJECTED_CLAIMS = """
Bo Bo PROPN nsubj 2
dismissed dismiss VERB root 0
accusations accusation NOUN obj 2
that that SCONJ mark 6
he he PRON nsubj 6
lied lie VERB acl 3
. . PUNCT punct 2
"""

QUESTION = """
Who who PRON nsubj 2
blames blame VERB root 0
him he PRON obj 2
? ? PUNCT punct 2
"""
