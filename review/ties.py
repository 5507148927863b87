"""What ties a person to a submission by rule: the organisations that take part, and the domains of their addresses."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from django.db.models import F, FilteredRelation, Q, QuerySet

from campaign.models import Campaign
from home.models import User
from pledges.models import Organisation, Participation, Status
from review.models import ConflictOfInterest, InterestDeclaration, Procedure
from review.permissions import bound

Source = ConflictOfInterest.Source
Pair = tuple[int, int]

FREE_MAIL = """
gmail.com googlemail.com hotmail.com hotmail.fi outlook.com live.com live.fi msn.com yahoo.com icloud.com me.com
aol.com gmx.com gmx.de proton.me protonmail.com mail.com mail.ru yandex.com luukku.com suomi24.fi kolumbus.fi
elisanet.fi saunalahti.fi welho.com dnainternet.net inet.fi pp.inet.fi netti.fi surffi.fi phnet.fi aland.net
"""
# Of the Finnish government, its regional offices and its courts, and of the parishes.
PUBLIC_BODIES = "gov.fi ely-keskus.fi avi.fi te-toimisto.fi oikeus.fi evl.fi"
OTHERS_SITES = """
facebook.com instagram.com linkedin.com x.com twitter.com youtube.com tiktok.com sites.google.com wordpress.com
wixsite.com blogspot.com github.io linktr.ee kotisivukone.com yhdistysavain.fi
"""
# Set apart for examples (RFC 2606).
EXAMPLES = "example.com example.net example.org"
# Domains under which many who have nothing to do with each other have their mail or their pages.
SHARED = frozenset(f"{FREE_MAIL} {PUBLIC_BODIES} {OTHERS_SITES} {EXAMPLES}".split())


def plain(name: str) -> str:
    """A name as it is compared: without regard to capitals and spaces."""
    return " ".join(name.casefold().split())


def mail_domain(address: str) -> str:
    return _domain(address.rpartition("@")[2])


def web_domain(website: str) -> str:
    return _domain(host_of(website))


def host_of(website: str) -> str:
    """The host of an address as it is written, without the www that most leave out."""
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname
    except ValueError:  # nothing that a browser would open
        return ""
    return (host or "").removeprefix("www.")


def _domain(host: str) -> str:
    name = host.strip().strip(".").casefold().removeprefix("www.")
    try:
        return name.encode("idna").decode()
    except UnicodeError:  # no name of a host: compared as it stands
        return name


def belong_together(one: str, other: str, shared: Collection[str]) -> bool:
    """Whether two domains are of one owner: the same, or one within the other (edu.hel.fi within hel.fi).

    Nobody needs a list of the registries' own domains for that: of two owners' domains, neither is within the other.
    One that is shared tells nothing; a domain within a shared one (intermin.gov.fi) stands for itself.
    """
    outer, inner = sorted((one, other), key=len)
    if "." not in outer or outer in shared or inner in shared:
        return False
    return inner == outer or inner.endswith(f".{outer}")


def shared_domains(procedure: Procedure) -> frozenset[str]:
    """The table's, and those that a coordinator has added."""
    return SHARED | {_domain(line.rpartition("@")[2]) for line in procedure.shared_domains.split()}


@dataclass
class Person:
    """Whom the rule looks at: the mail's domain, the employer, and what was declared beforehand, by id and by name."""

    pk: int
    domain: str
    employer: str
    declared: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Part:
    """One confirmed organisation of one submission."""

    submission: int
    organisation: int
    name: str
    domains: frozenset[str]


def parts(campaign: Campaign, *, submissions: Collection[int] | None = None) -> list[Part]:
    """Who takes part in what was sent, or in some of it."""
    rows = Participation.objects.filter(
        state=Participation.State.CONFIRMED, submission__campaign=campaign, submission__erased_at=None
    ).exclude(submission__status=Status.DRAFT)
    if submissions is not None:
        rows = rows.filter(submission__in=submissions)
    return [_part(*row) for row in rows.order_by().values_list(*PRINTED)]


PRINTED = (
    "submission",
    "organisation",
    "organisation__name",
    "organisation__website",
    "role",
    "contact_email",
    "submission__contact_email",
    "submission__second_email",
)


def _part(submission: int, organisation: int, name: str, website: str, role: str, *emails: str) -> Part:
    own = emails[1:] if role == Participation.Role.LEAD else emails[:1]
    domains = {web_domain(website), *map(mail_domain, own)} - {""}
    return Part(submission, organisation, plain(name), frozenset(domains))


def people(campaign: Campaign, who: QuerySet[User]) -> list[Person]:
    """Those of the people whom a conflict of interest binds, with what they said of themselves."""
    own = FilteredRelation("reviewer_profiles", condition=Q(reviewer_profiles__campaign=campaign))
    rows = (
        who.order_by("pk")
        .annotate(own=own, employer=F("own__employer"))
        .values_list("pk", "email", "employer")
    )
    found = {pk: Person(pk, mail_domain(email), plain(employer or "")) for pk, email, employer in rows}
    for pk, ids, names in _declared(campaign, found):
        found[pk].declared, found[pk].names = ids, names
    return list(found.values())


def _declared(campaign: Campaign, people: Collection[int]) -> Iterator[tuple[int, set[int], set[str]]]:
    """What each has declared beforehand; a merged organisation counts with the one that stands for it."""
    said = InterestDeclaration.organisations.through.objects.filter(
        interestdeclaration__campaign=campaign, interestdeclaration__person__in=people
    )
    checked: dict[int, dict[int, str]] = {}
    merged: set[int] = set()
    columns = (
        "interestdeclaration__person",
        "organisation",
        "organisation__name",
        "organisation__merged_into",
    )
    for person, organisation, name, into in said.values_list(*columns):
        checked.setdefault(person, {})[organisation] = name
        merged |= {organisation} if into else set()
    for person, rows in checked.items():
        known = rows | (_standing_for(merged & rows.keys()) if merged else {})
        yield person, set(known), {plain(name) for name in known.values() if name}


def _standing_for(merged: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    while rows := dict(
        Organisation.objects.filter(merged__in=merged).exclude(pk__in=found).values_list("pk", "name")
    ):
        found |= rows
        merged = rows.keys()
    return found


@dataclass
class Lookups:
    """The people by what ties them: each part is looked up, and not compared with everybody."""

    declared: dict[int, set[int]] = field(default_factory=dict)
    named: dict[str, set[int]] = field(default_factory=dict)
    employed: dict[str, set[int]] = field(default_factory=dict)
    mailed: dict[str, set[int]] = field(default_factory=dict)
    within: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Person]) -> "Lookups":
        found = cls()
        for one in people:
            for organisation in one.declared:
                found.declared.setdefault(organisation, set()).add(one.pk)
            for name in one.names:
                found.named.setdefault(name, set()).add(one.pk)
            if one.employer:
                found.employed.setdefault(one.employer, set()).add(one.pk)
            found.mailed.setdefault(one.domain, set()).add(one.pk)
            for outer in _with_outer(one.domain):
                found.within.setdefault(outer, set()).add(one.domain)
        return found

    def beforehand(self, part: Part) -> Iterable[int]:
        yield from self.declared.get(part.organisation, ())
        yield from self.named.get(part.name, ())

    def near(self, domain: str) -> set[str]:
        """The people's domains that are the same, or one within the other."""
        return self.within.get(domain, set()) | {
            outer for outer in _with_outer(domain) if outer in self.mailed
        }


def _with_outer(domain: str) -> list[str]:
    """A domain, and those that it is within."""
    labels = domain.split(".")
    return [".".join(labels[place:]) for place in range(len(labels))]


def between(
    campaign: Campaign, *, submissions: Collection[int] | None = None, person: User | None = None
) -> dict[Pair, Source]:
    """Every tie of the campaign, or those of some submissions or one person: by submission and person, with its source."""
    whom = bound().filter(pk=person.pk) if person else bound()
    taking_part = parts(campaign, submissions=submissions)
    looked_at = Lookups.of(people(campaign, whom) if taking_part else [])

    @cache
    def shared() -> frozenset[str]:
        return shared_domains(Procedure.of(campaign))

    @cache
    def of_domain(domain: str) -> frozenset[int]:
        near = [one for one in looked_at.near(domain) if belong_together(one, domain, SHARED)]
        of_one_owner = [one for one in near if belong_together(one, domain, shared())]
        return frozenset(pk for one in of_one_owner for pk in looked_at.mailed[one])

    found: dict[Pair, Source] = {}
    for part in taking_part:
        found |= {(part.submission, pk): Source.BEFOREHAND for pk in looked_at.beforehand(part)}
        for pk in looked_at.employed.get(part.name, set()).union(*map(of_domain, part.domains)):
            found.setdefault((part.submission, pk), Source.FOUND)
    return found
