"""How what gives a giver away is found in a text: names, people, addresses, and the passages that were marked.

Each is a regular expression without nested repetition, so that no text that somebody sends makes it slow.
"""

import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from review.ties import host_of, mail_domain

# What stands at the end, or the beginning, of an organisation's name and says only of what form it is.
LEGAL_FORMS = frozenset(
    {
        "ry",
        "rf",
        "r",
        "y",
        "f",
        "oy",
        "oyj",
        "ab",
        "abp",
        "ay",
        "ky",
        "kb",
        "osk",
        "sr",
        "rs",
        "sa",
        "ltd",
        "inc",
    }
)
FORM_BEHIND = r"(?:\W{1,2}(?:r\.?y|r\.?f|oyj?|abp?|osk|sr|ltd|inc)\b\.?)?"
SHORT = 4


def pattern_of(
    *,
    names: Iterable[str],
    people: Iterable[str],
    websites: Iterable[str],
    emails: Collection[str],
    passages: Iterable[str],
    shared: Collection[str],
) -> re.Pattern[str] | None:
    """What finds all of these in a text; None where there is nothing to find."""
    domains = {host_of(website) for website in websites} | {mail_domain(email) for email in emails}
    found = {
        *(each for name in names for each in _of_name(name)),
        *(_of_words(person.split(), behind="") for person in people if " " in person.strip()),
        *(_of_page(website) for website in websites if host_of(website) in shared),
        *(_of_domain(domain) for domain in domains if domain and domain not in shared),
        *(_literally(passage) for passage in (*emails, *passages)),
    } - {""}
    if not found:
        return None
    return re.compile("|".join(sorted(found, key=len, reverse=True)), re.IGNORECASE)


def _of_name(name: str) -> list[str]:
    """A name without its legal form, in any case of the language, and written as one word, as in a hashtag."""
    words = re.findall(r"\w+", name)
    core = _without_form(words) or words
    if len(core) > 1:
        return [_of_words(core, behind=FORM_BEHIND), rf"(?<!\w){re.escape(''.join(core))}\w*"]
    if len("".join(core)) < SHORT:
        return [rf"(?<!\w){re.escape(each)}(?!\w){FORM_BEHIND}" for each in core]
    return [rf"(?<!\w){re.escape(each)}\w*{FORM_BEHIND}" for each in core]


def _without_form(words: list[str]) -> list[str]:
    first, last = 0, len(words)
    while first < last and words[last - 1].casefold() in LEGAL_FORMS:
        last -= 1
    while first < last and words[first].casefold() in LEGAL_FORMS:
        first += 1
    return words[first:last]


def _of_words(words: Iterable[str], *, behind: str) -> str:
    """Several words after each other, whatever their endings: Punainen Risti, Punaisen Ristin."""
    single = [word for each in words for word in re.findall(r"\w+", each)]
    return r"(?<!\w)" + r"\W{1,3}".join(map(_in_any_case, single)) + behind


def _in_any_case(word: str) -> str:
    """A word whose end may change: Finnish changes up to three letters of a long one. A short one stays as it is."""
    if len(word) < SHORT:
        return rf"{re.escape(word)}(?!\w)"
    changing = 3 if len(word) > 6 else 2 if len(word) > SHORT else 1
    return rf"{re.escape(word[:-changing])}\w*"


def _of_domain(domain: str) -> str:
    """An address on the web or of mail at this domain, or within it."""
    return rf"\S{{0,80}}?(?<![\w-]){re.escape(domain)}(?![\w-])(?:/\S{{0,300}})?"


def _of_page(website: str) -> str:
    """A page on a site that many share: that site's name tells nothing, the whole address does."""
    place = urlsplit(website).path.strip("/")
    return rf"\S{{0,80}}?{re.escape(f'{host_of(website)}/{place}')}\S{{0,300}}" if place else ""


def literally(passage: str) -> re.Pattern[str]:
    """A passage as it stands, in whatever letters, and wherever its lines are broken."""
    return re.compile(_literally(passage), re.IGNORECASE)


def _literally(passage: str) -> str:
    return r"\s+".join(re.escape(word) for word in passage.split())
