"""Whatever sequence of acts: the last one of each giver and purpose holds, and nothing else is public."""

from datetime import timedelta
from itertools import count

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.models import PublicItem
from pledges import consent, publishing
from pledges.models import Consent, ConsentWording, Participation, Purpose, Status
from pledges.renewing import renew
from pledges.surfaces import agreements, in_force, opened
from tests.factories import CampaignFactory, PartnerFactory, SubmissionFactory, laid_around

LEAD, PARTNER = range(2)
SECRETS = {"text": "Secretive title", "lead": "Secretive lead", "partner": "Secretive partner"}

givers = st.sampled_from([LEAD, PARTNER])
purposes = st.frozensets(st.sampled_from(list(Purpose)))
acts = st.one_of(
    st.tuples(st.just("says"), givers, purposes),
    st.tuples(st.just("says in older words"), givers, purposes),
    st.tuples(st.just("reword"), st.sampled_from(list(Purpose)), st.none()),
    st.tuples(st.just("publish"), st.none(), st.none()),
)


class Ledger:
    """What is expected, kept beside what is stored."""

    def __init__(self, campaign, at) -> None:
        self.at, self.ticks = at, count(1)
        self.submission = SubmissionFactory(
            campaign=campaign,
            status=Status.IN_REVIEW,
            organisation__name=SECRETS["lead"],
            text__title=SECRETS["text"],
        )
        self.parts = [
            self.submission.participations.get(),
            PartnerFactory(
                submission=self.submission,
                state=Participation.State.CONFIRMED,
                organisation__name=SECRETS["partner"],
            ),
        ]
        self.opening = consent.current_wordings()
        self.expected: dict[int, dict[Purpose, ConsentWording]] = {part.pk: {} for part in self.parts}
        self.rows: list[tuple] = []

    def do(self, act: str, who, what) -> None:
        at = self.at + timedelta(minutes=next(self.ticks))
        if act == "reword":
            newest = consent.current_wordings()[who]
            ConsentWording.objects.create(purpose=who, number=newest.number + 1, text="New words")
        elif act == "publish":
            publishing.refresh(self.submission, at=at)
        else:
            words = self.opening if "older" in act else consent.current_wordings()
            part = self.parts[who]
            consent.record(part, what, wordings=words, language="en", at=at)
            self.expected[part.pk] = {purpose: words[purpose] for purpose in what}

    def check(self) -> None:
        rows = list(Consent.objects.order_by("pk").values_list())
        assert rows[: len(self.rows)] == self.rows, "a row was changed or taken away"
        self.rows = rows
        stored = agreements(self.submission)
        assert {
            part.pk: {purpose: act.wording for purpose, act in stored.get(part.pk, {}).items()}
            for part in self.parts
        } == self.expected, "the last row of each giver, purpose and wording holds"

    def check_the_public_side(self) -> None:
        given = {part.pk: frozenset(self.expected[part.pk]) for part in self.parts}
        lead, partner = (given[part.pk] for part in self.parts)
        assert in_force(self.submission) == {pk: purposes for pk, purposes in given.items() if purposes}
        text = str(list(PublicItem.objects.values()))
        assert (SECRETS["text"] in text) == (Purpose.TEXT in lead)
        assert (SECRETS["lead"] in text) == ("names" in opened(lead))
        assert (SECRETS["partner"] in text) == (Purpose.TEXT in lead and Purpose.ORGANISATION in partner)
        item = PublicItem.objects.first()
        assert (item is not None) == (Purpose.TEXT in lead)
        if item:
            assert item.shareable == (Purpose.SOCIAL in lead)
            assert item.reusable == (Purpose.REUSE in lead)

    def check_that_none_is_renewed(self) -> None:
        """Who begins anew in a later round is asked for every consent anew."""
        at = self.at + timedelta(days=90)
        later = CampaignFactory(phases=laid_around(at))
        begun = renew(self.submission, later, language="en", at=at)
        assert not [name for name, _value in begun.data if name.startswith(("consent_", "wording_"))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(acts, max_size=8))
def test_the_last_act_of_each_giver_holds_in_the_ledger_and_in_public(campaign, at, sequence):
    with transaction.atomic():
        ledger = Ledger(campaign, at)
        for act in sequence:
            ledger.do(*act)
            ledger.check()
            ledger.check_the_public_side()
        publishing.refresh(ledger.submission, at=at + timedelta(days=1))
        ledger.check_the_public_side()
        ledger.check_that_none_is_renewed()
        transaction.set_rollback(True)
