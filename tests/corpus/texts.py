"""Plainly invented news for the tests of the corpus."""

FIRST = (
    "The council of Norwick met on Monday to settle a quarrel over the old harbour wall. Its members spoke "
    "for three hours, and nobody in the hall was pleased with the outcome of the meeting."
)
SECOND = (
    "The mayor said that the wall would stand until the spring. Residents had asked for a new one, and they "
    "were told to wait for another year before any work begins on the quay."
)
THIRD = (
    "Fishermen who keep their boats behind the wall fear another winter of storms. “We have lost two boats "
    "already,” one of them said, adding that the council had never asked them."
)
STORY = "\n\n".join((FIRST, SECOND, THIRD))
GERMAN = (
    "Der Stadtrat von Norwick hat am Montag über die alte Hafenmauer gestritten. Die Sitzung dauerte "
    "drei Stunden, und niemand im Saal war mit dem Ergebnis zufrieden."
)
