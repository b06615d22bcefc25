"""The rules of cleaning as data: what a line of web furniture looks like, and the reason it is taken out.

A rule holds for a whole paragraph, never for a part of one, and only up to its number of words: a missed
line of furniture is a smaller harm than a lost line of the article.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A reason, the pattern a whole paragraph must match, and the most words it may have."""

    reason: str
    pattern: re.Pattern[str]
    words: int = 14

    def holds(self, paragraph: str) -> bool:
        """Whether the paragraph is this kind of furniture from its first to its last character."""
        return len(paragraph.split()) <= self.words and self.pattern.fullmatch(paragraph) is not None


def _rule(reason: str, pattern: str, words: int = 14) -> Rule:
    return Rule(reason, re.compile(pattern, re.IGNORECASE), words)


_SEP = r"(?:\s*[|:»›>]+\s*|\s+[–—-]+\s+)"
_END = r"[.!…]*"
_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|threads|bluesky"
    r"|e-?mail|print|copy link|youtube|tiktok|flipboard|google news)"
)
_NETWORKS = rf"{_NETWORK}(?:(?:,| and| or|,? &)? {_NETWORK})*"
_OR_JOIN = r"(?: (?:or|/|&) (?:register|sign ?up|subscribe|create an? account))?"

ANYWHERE: tuple[Rule, ...] = (
    _rule("comment widget", rf"(?:comments?\s*[(\[]\s*\d+\s*[)\]]|\d+\s+comments?|comments?){_END}"),
    _rule("comment widget", r"no comments(?: yet)?[.!]?(?:\s+be the first to .{1,60})?"),
    _rule("comment widget", rf"be the first to (?:comment|share your (?:thoughts|views?|opinion)){_END}"),
    _rule("comment widget", rf"(?:leave|post|add|write) a (?:comment|reply)(?: below)?{_END}|cancel reply"),
    _rule("comment widget", rf"(?:view|show|read|load)(?: all| more)?(?: \d+)? comments{_END}"),
    _rule("comment widget", rf"join the (?:conversation|discussion){_END}"),
    _rule("comment widget", r"your e-?mail address will not be published\..{0,60}", 20),
    _rule(
        "sign-in line",
        r"(?:please |you must |you need to )?(?:be )?(?:(?:sign|log)(?:ged)? ?in|register|subscribe)"
        rf"{_OR_JOIN} to (?:leave|post|add|write|read|view|continue|comment|save)\b[^.!?]{{0,60}}{_END}",
    ),
    _rule("sign-in line", rf"(?:sign|log) ?in{_OR_JOIN}{_END}|create (?:a free|an|your) account{_END}"),
    _rule("sign-in line", rf"already (?:a subscriber|have an account)\?(?: (?:sign|log) ?in{_END})?"),
    _rule(
        "also-read link",
        r"(?:also read|read also|also see|see also|must read|read more|read next|read this"
        r"|recommended(?: for you)?|related(?: read(?:ing)?| stor(?:y|ies)| articles?| news)?"
        rf"|don['’]t miss|more on this){_SEP}\S.*",
        30,
    ),
    _rule(
        "also-read link",
        r"(?:also read|read also|see also|read more|read next|related (?:stories|articles|news|posts|content)"
        r"|recommended for you|you (?:may|might) also like|more from (?:this|the) (?:author|section))"
        r"\s*[:.…»›>]*",
    ),
    _rule(
        "share or download link",
        r"(?:share|print|save|bookmark)(?: (?:this|the))?(?: (?:article|story|page|post|news))?"
        rf"(?: (?:on|via|with) {_NETWORKS}| with friends)?[:.…!]*",
    ),
    _rule(
        "share or download link", rf"{_NETWORK}(?:(?:\s*[,|/•·]\s*|\s+){_NETWORK})+|copy link|link copied!?"
    ),
    _rule(
        "share or download link",
        r"download(?:\s+(?:this|the|our|as|a|free|full|article|page|story|pdf|ipfs|epub|image|audio|app))+[.!]?",
        6,
    ),
    _rule("share or download link", rf"follow us(?: on (?:{_NETWORKS}|social media))?{_END}"),
    _rule(
        "share or download link",
        rf"listen to (?:this|the) (?:article|story)(?:\s*\(?\d+ min(?:ute)?s?\)?)?{_END}",
    ),
    _rule(
        "newsletter line",
        r"(?:subscribe|sign ?up)(?: (?:now|here|today))?(?: (?:to|for) (?:our|the|your)"
        rf"(?: (?:free|daily|weekly|morning|evening|email))* (?:newsletters?|updates|channel))?{_END}",
    ),
    _rule("advertisement mark", r"advertis(?:ement|ing)|sponsored(?: content| post)?"),
    _rule("advertisement mark", r"story continues below(?: (?:this )?advertisement)?"),
    _rule("navigation line", rf"skip to (?:main )?(?:content|navigation)|back to (?:top|home)|loading{_END}"),
    _rule("navigation line", r"home\s*[>»›/]\s*.+"),
    _rule("category line", r"(?:filed under|posted in|categor(?:y|ies)|tags?|topics?)\s*:\s*[^.!?]+"),
    _rule("copyright line", r"(?:©|\(c\)\s*(?:\d{4}|copyright)|copyright\s+(?:©|\(c\)|\d{4})).*", 30),
    _rule("copyright line", r"all rights reserved\.?"),
)

CREDIT_WORDS = 60
_CONTRIBUTED = re.compile(
    r"(?P<who>.{2,200}?)\bcontributed (?:reporting|to this (?:report|article|story))"
    r"(?=\s*[.,;]|\s*$|\s+(?:from|in)\b).*"
)
_CREDIT_WORD = r"(?:[A-Z][\w'’.-]*|and|in|by|from|for|of|the|with|additional|reporting|writing|editing|at)"
_BY = re.compile(
    r"(?:[Aa]dditional |[Ww]ith )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) (?:by|from) "
    rf"{_CREDIT_WORD}(?:[\s,;&]+{_CREDIT_WORD})*\.?"
)
_SENTENCE_BREAK = re.compile(r"(?<!\b[A-Z])[.!?]\s+[A-Z]")

_OUTLET_WORD = (
    r"(?:News|Times|Post|Herald|Tribune|Gazette|Journal|Observer|Daily|Press|Chronicle|Telegraph|Broadcasting"
    r"|Newswire|Courier|Examiner|Dispatch|Inquirer|Sentinel|Mirror|Monitor|Weekly|Bulletin)"
)
_EDITION = (
    r"(?:U\.?S\.?A?\.?|U\.?K\.?|EU|Europe|Asia|Africa|World|Global|International|Online|Edition|English)"
)
OUTLET = re.compile(
    rf"(?:The\s+)?(?:[A-Z][\w&'’.-]*\s+){{0,3}}(?:[A-Z]\w*)?{_OUTLET_WORD}(?:\s+{_EDITION}){{0,2}}"
    r"|[\w-]+\.(?:com|org|net|news|info|co\.[a-z]{2})"
)
TAGLINE = re.compile(r"(?:[A-Z][\w'’-]*(?:\s+[\w'’-]+){0,2}\.\s*){2,4}")


def furniture(paragraph: str) -> str:
    """The reason why this paragraph is furniture wherever it stands, "" when it is not."""
    return next((rule.reason for rule in ANYWHERE if rule.holds(paragraph)), "")


def is_credit(paragraph: str) -> bool:
    """Whether the paragraph is one sentence that says who else reported, wrote or edited."""
    bare = paragraph.strip("()[]* ")
    if len(bare.split()) > CREDIT_WORDS:
        return False
    if _BY.fullmatch(bare):
        return True
    match = _CONTRIBUTED.fullmatch(bare)
    if match is None or _SENTENCE_BREAK.search(bare):
        return False
    capitals = [word for word in match["who"].split() if word[0].isupper()]
    return len(capitals) >= 2


def is_outlet(paragraph: str) -> bool:
    """Whether the line has the form of a news outlet's name (used only for a line above the headline)."""
    return len(paragraph.split()) <= 6 and OUTLET.fullmatch(paragraph) is not None


def is_tagline(paragraph: str) -> bool:
    """Whether the line has the form of a masthead's motto: a few words, each a sentence."""
    return len(paragraph.split()) <= 9 and TAGLINE.fullmatch(paragraph) is not None
