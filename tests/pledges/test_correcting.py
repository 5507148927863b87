"""A return opens the parts that the coordinator named, and nothing else, whatever is sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.mail import compose
from home.models import Mail
from pledges import actors, correcting, links, versions
from pledges.lifecycle import Refused, perform
from pledges.models import Status, Submission, Version
from pledges.revisions import correct, revise
from pledges.versions import ActionRow
from tests.factories import CampaignFactory, SubmissionFactory, UserFactory, laid_around
from tests.pledges.form import filled, rows

KEY = "k" * 32


@pytest.fixture
def campaign(db):
    """Its call is over, so that only the return lets anything be changed."""
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now(), on="review"))


@pytest.fixture
def returned(campaign) -> Submission:
    return give_back("title", "actions", campaign=campaign)


def give_back(*parts: str, **fields) -> Submission:
    """A submission that was returned for these parts."""
    at = timezone.now()
    submission = SubmissionFactory(form_key=KEY, **fields)
    return perform(
        submission,
        "return",
        by=actors.coordinator(UserFactory()),
        at=at,
        reason="Say how many.",
        correction_until=at + timedelta(days=7),
        returned_fields=correcting.fields_of(parts),
    )


def edit(submission: Submission) -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/edit/"


def text_of(submission: Submission) -> versions.Text:
    return versions.read(Submission.objects.get(pk=submission.pk).latest)


def test_the_form_shows_only_what_was_named_and_the_rest_as_text(client, returned):
    page = client.get(edit(returned)).content.decode()
    form, left = page.split('aria-labelledby="left-heading"')
    assert 'name="title"' in form
    assert 'name="actions-0-what"' in form
    for name in (
        "summary",
        "description",
        "theme",
        "needs-0-what",
        "contact_name",
        "organisation_name",
        "kind",
    ):
        assert f'name="{name}"' not in page
    assert returned.latest.summary in left
    assert returned.latest.title not in left
    assert "Title, Actions" in form


def test_the_form_of_a_returned_initiative_asks_no_more_than_that_either(client, campaign):
    submission = give_back("title", campaign=campaign, kind="initiative")
    page = client.get(edit(submission)).content.decode()
    assert 'name="title"' in page
    assert 'name="novelty"' not in page


def test_what_was_named_is_corrected_and_everything_else_stays(client, returned):
    before = text_of(returned)
    sent = {"title": "A better title"} | rows("actions", {"what": "Train twenty", "target": "20"})
    assert client.post(edit(returned), sent).status_code == 302
    after = text_of(returned)
    assert correcting.differing(before, after) == {"title", "actions"}
    assert (after.title, after.actions[0].what) == ("A better title", "Train twenty")
    kept = Submission.objects.get()
    assert (kept.contact_name, kept.kind) == (returned.contact_name, returned.kind)


def test_what_was_named_is_corrected_and_sent_with_one_button(client, returned):
    assert "Save and send" in client.get(edit(returned)).content.decode()
    sent = {"title": "A better title", "send": "1"} | rows("actions")
    assert "Your submission is with us." in client.post(edit(returned), sent, follow=True).content.decode()
    corrected = Submission.objects.get()
    assert (corrected.status, corrected.latest.title) == (Status.SUBMITTED, "A better title")


@pytest.mark.parametrize(
    "forged", [{"summary": "Other words"}, {"contact_name": "Somebody else"}, {"kind": "initiative"}]
)
def test_a_forged_field_beside_the_named_ones_changes_nothing(client, returned, forged):
    before = Submission.objects.values().get()
    answer = client.post(edit(returned), {"title": "A better title"} | rows("actions") | forged)
    assert answer.status_code == 200
    assert "Something needs correcting" in answer.content.decode()
    assert Submission.objects.values().get() == before
    assert Version.objects.count() == 1


def whole_form(submission: Submission, **changes) -> dict:
    """What the edit page sent before the return: the whole text as it is, but for some changes."""
    text, lead = text_of(submission), submission.participations.get().organisation
    return (
        filled(submission.latest.theme)
        | {
            name: getattr(text, name)
            for name in ("title", "summary", "description", "novelty", "language", "scope")
        }
        | {"kind": submission.kind, "contact_name": submission.contact_name}
        | {"organisation_name": lead.name, "organisation_kind": lead.kind}
        | changes
    )


def test_a_page_opened_before_the_return_may_change_what_was_named(client, returned):
    assert client.post(edit(returned), whole_form(returned, title="Better")).status_code == 302
    assert text_of(returned).title == "Better"


def test_a_page_opened_before_the_return_keeps_its_words_where_they_are_refused(client, returned):
    answer = client.post(edit(returned), whole_form(returned, title="Better", summary="My longer summary"))
    page = answer.content.decode()
    assert "Only this can be corrected now: Title, Actions." in page
    assert "My longer summary" in page
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "taken"),
    [({"title": "Better"}, True), ({"summary": "Other"}, False), ({"contact_name": "X"}, False)],
)
def test_the_first_form_sent_again_changes_no_more_than_that(client, returned, changes, taken):
    whole = whole_form(returned, form_key=KEY, contact_email=returned.contact_email, **changes)
    client.post("/en/submit/", whole)
    assert (Submission.objects.get().latest.number == 2) is taken
    assert Submission.objects.get().contact_name == returned.contact_name


def test_organisation_and_kind_open_when_they_are_named(client, campaign):
    submission = give_back("kind", "organisation", campaign=campaign)
    page = client.get(edit(submission)).content.decode()
    for name in ("kind", "novelty", "organisation_name", "business_id"):
        assert f'name="{name}"' in page
    sent = {
        "kind": "initiative",
        "novelty": "All of it",
        "organisation_name": "New",
        "organisation_kind": "company",
    }
    assert client.post(edit(submission), sent).status_code == 302
    kept = Submission.objects.get()
    assert (kept.kind, kept.participations.get().organisation.name) == ("initiative", "New")


def test_kind_and_organisation_are_not_offered_after_screening(campaign):
    assert {"kind", "organisation"} <= set(correcting.offered(SubmissionFactory(campaign=campaign)))
    screened = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    assert not {"kind", "organisation"} & set(correcting.offered(screened))


def test_a_return_that_names_nothing_opens_everything(client, campaign):
    submission = give_back(campaign=campaign)
    page = client.get(edit(submission)).content.decode()
    for name in ("title", "summary", "contact_name", "organisation_name"):
        assert f'name="{name}"' in page


# Files have a page of their own.
@pytest.mark.parametrize("part", sorted(correcting.PARTS.keys() - {"files"}))
def test_each_part_opens_its_fields_and_shuts_all_others(client, campaign, part):
    submission = give_back(part, campaign=campaign)
    assert part in {name for name, each in correcting.PARTS.items() if each in correcting.opened(submission)}
    page = client.get(edit(submission)).content.decode()
    for other in correcting.PARTS.values():
        for name in other.fields:
            is_open = name in correcting.PARTS[part].fields
            assert (f'name="{name}' in page) is is_open, name


def test_the_text_itself_refuses_what_was_not_named(returned, campaign):
    text = text_of(returned)
    at = timezone.now()
    with pytest.raises(Refused, match="Only this can be corrected now: Title, Actions."):
        revise(returned, versions.replace(text, summary="Other"), base=None, at=at)
    with pytest.raises(Refused, match="Only this"):
        correct(returned, text, people={}, giver={"name": "Other"}, base=None, at=at)
    done = revise(returned, versions.replace(text, actions=(ActionRow(what="Train"),)), base=None, at=at)
    assert done.is_new


def test_it_is_corrected_until_its_own_end_to_the_second(returned):
    text = versions.replace(text_of(returned), title="Better")
    until = returned.correction_until
    with pytest.raises(Refused, match="The time for correcting this submission has ended."):
        revise(returned, text, base=None, at=until)
    assert revise(returned, text, base=None, at=until - timedelta(seconds=1)).is_new


def test_sending_it_again_shuts_the_return(returned):
    sent = perform(returned, "submit", by=actors.OWNER, at=timezone.now())
    assert (sent.returned_fields, correcting.in_words(sent)) == ([], "")


def test_letter_and_page_name_what_is_to_be_corrected(client, returned):
    page = client.get(f"/en/mine/{links.token(returned, links.OWN)}/").content.decode()
    assert "<strong>Title, Actions</strong>" in page
    assert "Change the contact persons" in page
    message = compose(Mail.objects.get(letter="returned"))
    assert "To be corrected: Title, Actions. The rest stays as you sent it." in message.body
    assert "Title, Actions" in message.alternatives[0][0]


def test_no_script_is_needed_to_add_a_row(client, returned):
    answer = client.post(
        edit(returned), {"title": "Better", "add_row": "actions"} | rows("actions", {"what": "One"})
    )
    page = answer.content.decode()
    assert 'name="actions-1-what"' in page
    assert 'name="summary"' not in page
