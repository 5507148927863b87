from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaign.models import PublicAward, PublicItem, StreamItem
from home.mail import compose
from home.models import Mail, Picture
from pledges import actors, consent, links, pictures, publishing
from pledges.lifecycle import Refused, perform
from pledges.models import Purpose, Status
from review import awards
from review.award_forms import AwardForm
from review.models import Award
from tests import factories

CITATIONS = {"fi": "Rohkea ja kopioitavissa.", "sv": "", "en": "Brave, and easy to copy."}


@pytest.fixture
def wordings(db):
    for purpose in Purpose:
        factories.ConsentWordingFactory(purpose=purpose)


@pytest.fixture
def category(campaign):
    return factories.AwardCategoryFactory(
        campaign=campaign, name_fi="Vuoden kotolupaus", name_en="Pledge of the year"
    )


@pytest.fixture
def selected(campaign, at, wordings):
    submission = factories.SubmissionFactory(
        campaign=campaign, status=Status.SELECTED, consents=[Purpose.TEXT, Purpose.SOCIAL]
    )
    publishing.refresh(submission, at=at)
    return submission


@pytest.fixture
def award(category, selected, coordinator, at) -> Award:
    return awards.give(category, selected, citations=CITATIONS, by=coordinator, at=at)


def say(submission, purposes, at) -> None:
    consent.record(submission.participations.get(), purposes, language="en", at=at)


def public() -> list:
    return list(PublicAward.objects.values_list("category_en", "citation_en", "citation_fi"))


PUBLIC = [("Pledge of the year", "Brave, and easy to copy.", "Rohkea ja kopioitavissa.")]


def test_an_award_is_nobodys_business_before_it_is_announced(award):
    assert public() == []
    assert not Mail.objects.exists()


def test_before_announcing_the_languages_without_a_citation_are_named(award, signed_in, coordinator, at):
    desk, page = signed_in(coordinator), reverse("desk:awards")
    assert "1 award to announce has no citation in this language: Swedish." in desk.get(page).content.decode()
    awards.give(
        award.category, award.submission, citations=CITATIONS | {"sv": "Modigt."}, by=coordinator, at=at
    )
    assert "no citation in this language" not in desk.get(page).content.decode()


@pytest.mark.parametrize(("reader", "language"), [("fi", "fi"), ("sv", "fi"), ("en", "en")])
def test_a_citation_is_marked_with_the_language_that_it_is_read_in(
    reader, language, award, campaign, coordinator, client, at
):
    awards.announce(campaign, by=coordinator, at=at)
    type(campaign).objects.update(is_current=False)
    factories.CampaignFactory(is_current=True)
    marked = f'<p lang="{language}" dir="auto">{CITATIONS[language]}</p>'
    assert marked in client.get(f"/{reader}/c/{campaign.slug}/awards/").content.decode()
    page = f"/{reader}/pledges/{award.submission.reference}/"
    assert marked in client.get(page, follow=True).content.decode()


def test_announcing_tells_the_public_the_stream_and_the_winner_once(award, campaign, coordinator, at):
    assert awards.announce(campaign, by=coordinator, at=at) == 1
    assert awards.announce(campaign, by=coordinator, at=at) == 0
    assert public() == PUBLIC
    assert PublicItem.objects.get().awarded
    assert StreamItem.objects.filter(kind=StreamItem.Kind.AWARD).count() == 1
    letter = compose(Mail.objects.get())
    assert letter.subject == "Award for you: Pledge of the year"
    assert "Brave, and easy to copy." in letter.body


def test_a_conflict_of_interest_leaves_an_award_for_somebody_else(
    award, selected, campaign, coordinator, administrator, signed_in, at
):
    factories.ConflictFactory(submission=selected, person=coordinator)
    told = signed_in(coordinator).post(reverse("desk:announce_awards"), follow=True).content.decode()
    assert "Somebody else must announce it." in told
    assert not Mail.objects.exists()
    assert awards.announce(campaign, by=administrator, at=at) == 1


def test_new_words_of_a_category_reach_what_was_announced(
    award, category, campaign, coordinator, signed_in, at
):
    awards.announce(campaign, by=coordinator, at=at)
    names = {f"name_{code}": "Deed of the year" for code in ("fi", "sv", "en")}
    texts = {f"description_{code}": category.description for code in ("fi", "sv", "en")}
    url = reverse("award_categories:edit", args=[category.pk])
    response = signed_in(coordinator).post(url, names | texts | {"campaign": campaign.pk, "position": 0})
    assert response.status_code == 302, response.context["form"].errors
    assert PublicAward.objects.get().category_en == "Deed of the year"


def test_an_erased_submission_wins_nothing(category, selected, coordinator, at):
    selected.erased_at = at
    selected.save()
    with pytest.raises(Refused, match="in review or selected"):
        awards.give(category, selected, citations=CITATIONS, by=coordinator, at=at)


def test_what_is_not_selected_yet_is_not_announced(category, in_review, campaign, coordinator, at):
    awards.give(category, in_review, citations=CITATIONS, by=coordinator, at=at)
    assert awards.announce(campaign, by=coordinator, at=at) == 0


def test_an_award_without_consent_to_publish_is_told_to_the_winner_only(
    award, selected, campaign, coordinator, at
):
    say(selected, [], at)
    awards.announce(campaign, by=coordinator, at=at)
    assert public() == []
    assert Mail.objects.filter(letter="award_given").exists()


def test_an_award_goes_with_the_consent_and_comes_back_with_it(award, selected, campaign, coordinator, at):
    awards.announce(campaign, by=coordinator, at=at)
    say(selected, [], at)
    assert (public(), StreamItem.objects.count()) == ([], 0)
    say(selected, [Purpose.TEXT, Purpose.SOCIAL], at)
    assert public() == PUBLIC
    assert PublicItem.objects.get().awarded
    assert StreamItem.objects.filter(kind=StreamItem.Kind.AWARD).count() == 1
    assert Award.objects.get().public == PublicAward.objects.get()


def test_withdrawing_the_submission_takes_its_award_from_the_public(
    award, selected, campaign, coordinator, at
):
    awards.announce(campaign, by=coordinator, at=at)
    perform(selected, "withdraw", by=actors.OWNER, at=at)
    assert public() == []
    assert Award.objects.get().public is None


def test_a_changed_citation_changes_in_public_and_nothing_is_doubled(
    award, category, selected, campaign, coordinator, at
):
    awards.announce(campaign, by=coordinator, at=at)
    awards.give(category, selected, citations={"en": "Even braver."}, by=coordinator, at=at)
    assert public() == [("Pledge of the year", "Even braver.", "")]
    assert StreamItem.objects.filter(kind=StreamItem.Kind.AWARD).count() == 1
    assert Mail.objects.filter(letter="award_given").count() == 1


def test_an_award_is_taken_back_only_before_it_is_announced(award, campaign, coordinator, at):
    awards.take_back(award, by=coordinator, at=at)
    assert not Award.objects.exists()


def test_an_announced_award_stays(award, campaign, coordinator, at):
    awards.announce(campaign, by=coordinator, at=at)
    with pytest.raises(Refused, match="announced"):
        awards.take_back(Award.objects.get(), by=coordinator, at=at)


def test_an_award_needs_a_citation_and_a_submission_that_can_win(
    category, selected, campaign, coordinator, at
):
    declined = factories.SubmissionFactory(campaign=campaign, status=Status.DECLINED)
    elsewhere = factories.SubmissionFactory(status=Status.SELECTED)
    for submission, citations in ((selected, {"fi": ""}), (declined, CITATIONS), (elsewhere, CITATIONS)):
        with pytest.raises(Refused):
            awards.give(category, submission, citations=citations, by=coordinator, at=at)


def test_awards_are_announced_at_the_set_moment_once_and_by_who_set_it(award, campaign, coordinator, at):
    moment = at + factories.DAY
    assert awards.set_moment(campaign, moment, by=coordinator, at=at) == 1
    assert awards.announce_due(moment - timedelta(seconds=1)) == 0
    assert [awards.announce_due(moment), awards.announce_due(moment)] == [1, 0]
    assert public() == PUBLIC
    assert Mail.objects.filter(letter="award_given").count() == 1


def test_at_the_moment_nothing_is_announced_that_may_not_be(award, category, campaign, coordinator, at):
    """One whose selection nobody knows waits, and one in which who set the moment has a conflict by then."""
    in_review = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    awards.give(category, in_review, citations=CITATIONS, by=coordinator, at=at)
    awards.set_moment(campaign, at + factories.DAY, by=coordinator, at=at)
    factories.ConflictFactory(submission=award.submission, person=coordinator)
    assert awards.announce_due(at + factories.DAY) == 0
    assert not Award.objects.filter(announced_at__isnull=False).exists()


@pytest.mark.parametrize("lost", ["account", "right"])
def test_nothing_is_announced_in_the_name_of_who_may_not_any_more(lost, award, campaign, coordinator, at):
    awards.set_moment(campaign, at + factories.DAY, by=coordinator, at=at)
    if lost == "account":
        coordinator.is_active = False
        coordinator.save()
    else:
        coordinator.groups.clear()
    assert awards.announce_due(at + factories.DAY) == 0
    assert Award.objects.filter(announced_at=None, announce_at=None, announce_by=None).count() == 1
    line = ModelLogEntry.objects.get(action="review.hold_announcing")
    assert (line.data, line.user) == ({"awards": 1}, coordinator)


def test_a_moment_can_be_taken_back_and_is_never_in_the_past(award, campaign, coordinator, at):
    awards.set_moment(campaign, at + factories.DAY, by=coordinator, at=at)
    awards.set_moment(campaign, None, by=coordinator, at=at)
    assert awards.announce_due(at + 2 * factories.DAY) == 0
    with pytest.raises(Refused):
        awards.set_moment(campaign, at, by=coordinator, at=at)


def test_a_picture_is_shown_with_the_award_and_goes_with_the_consent(
    category, selected, coordinator, signed_in, campaign, client, at
):
    new = SimpleUploadedFile("hall.png", factories.PICTURE, "image/png")
    words = {"citation_en": "Brave.", "upload": new, "shows": "A full hall"}
    given = {"category": category.pk, "reference": selected.reference} | words
    assert signed_in(coordinator).post(reverse("desk:awards"), given).status_code == 303
    awards.announce(campaign, by=coordinator, at=at)
    page = f"/en/c/{campaign.slug}/awards/"
    type(campaign).objects.update(is_current=False)
    assert 'alt="A full hall"' in client.get(page).content.decode()
    picture = Award.objects.get().picture
    assert picture.renditions.exists()
    say(selected, {}, at)
    assert "A full hall" not in client.get(page).content.decode()
    assert not picture.renditions.exists()


def test_a_new_picture_is_described(category, selected, coordinator, signed_in):
    new = SimpleUploadedFile("hall.png", factories.PICTURE, "image/png")
    given = {"category": category.pk, "reference": selected.reference, "citation_en": "Brave.", "upload": new}
    answer = signed_in(coordinator).post(reverse("desk:awards"), given)
    assert answer.status_code == 422
    assert "Say in a few words what the picture shows." in answer.content.decode()


def sent_picture(shows: str = "A full hall") -> awards.NewPicture:
    return awards.NewPicture(made=pictures.made_anew(factories.PICTURE), shows=shows)


def test_a_refused_award_leaves_no_picture_behind(category, campaign, coordinator, at):
    declined = factories.SubmissionFactory(campaign=campaign, status=Status.DECLINED)
    with pytest.raises(Refused):
        awards.give(category, declined, citations=CITATIONS, picture=sent_picture(), by=coordinator, at=at)
    assert not Picture.objects.exists()


def test_a_picture_that_was_sent_for_an_award_goes_with_it_and_an_editor_s_stays(
    category, selected, coordinator, at
):
    def give(picture):
        return awards.give(category, selected, citations=CITATIONS, picture=picture, by=coordinator, at=at)

    first = give(sent_picture()).picture
    assert give(first).owns_picture
    second = give(sent_picture()).picture
    assert list(Picture.objects.all()) == [second]
    awards.take_back(Award.objects.get(), by=coordinator, at=at)
    assert not Picture.objects.exists()
    editors = Picture.objects.create(title="Hall", file=first.file.name, width=1, height=1)
    awards.take_back(give(editors), by=coordinator, at=at)
    assert list(Picture.objects.all()) == [editors]


def test_an_award_that_was_just_announced_is_not_taken_back(award, campaign, coordinator, at):
    stale = Award.objects.get()
    awards.announce(campaign, by=coordinator, at=at)
    with pytest.raises(Refused):
        awards.take_back(stale, by=coordinator, at=at)
    assert public() == PUBLIC


def test_the_newest_images_and_the_chosen_one_are_offered(campaign, monkeypatch):
    monkeypatch.setattr(AwardForm, "MOST_PICTURES", 1)
    rows = [Picture.objects.create(title=name, file="x.png", width=1, height=1) for name in "abc"]
    form = AwardForm(campaign=campaign, submissions=None, initial={"picture": rows[0].pk})
    offered = [title for pk, title in form.fields["picture"].widget.choices if pk]
    assert offered == ["c", "a"]


def test_the_badge_may_be_embedded_anywhere_and_is_gone_with_the_consent(
    award, category, campaign, coordinator, client, at
):
    category.name_en = "Deed & <Door>"
    category.save()
    badge = f"/en/pledges/{award.submission.reference}/badge.svg"
    assert client.get(badge).status_code == 404
    awards.announce(campaign, by=coordinator, at=at)
    answer = client.get(badge)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "max-age=300" in answer.headers["Cache-Control"]
    assert not answer.cookies
    words = "".join(ElementTree.fromstring(answer.content).itertext())
    assert "Deed & <Door>" in words
    assert "Vuoden kotolupaus" in client.get(badge.replace("/en/", "/fi/")).content.decode()
    say(award.submission, {}, at)
    assert client.get(badge).status_code == 404


def test_the_winner_finds_the_badge_to_copy(award, campaign, coordinator, client, at):
    own = f"/en/mine/{links.token(award.submission, links.OWN)}/"
    assert "Your badge" not in client.get(own).content.decode()
    awards.announce(campaign, by=coordinator, at=at)
    page = client.get(own).content.decode()
    assert "Your badge" in page
    assert f"/en/pledges/{award.submission.reference}/badge.svg&quot; alt=&quot;Pledge of the year" in page
