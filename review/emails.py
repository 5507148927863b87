"""The letters of the review: what was decided, an award, a wish to publish, and a newer text to read."""

from django.db.models import QuerySet
from django.urls import reverse

from campaign.languages import foreign
from home.addresses import absolute
from home.contact import contact_address
from home.mail import Letter, letter
from home.models import Mail
from pledges import links, publishing
from pledges.models import Status, Submission
from review.decisions import LETTER_OF
from review.models import Award, Decision, Review
from review.sight import assigned_to, reviews_of_earlier_texts


def to_sender(mail: Mail, submission: Submission | None, template: str, **context) -> Letter | None:
    """A letter to the contact person, or None once that person was erased."""
    if submission is None or not submission.contact_email:
        return None
    about = {
        "submission": submission,
        "campaign": submission.campaign,
        "title": submission.screened.title if submission.screened else "",
        "url": links.own_url(submission, mail.language),
        "consents_url": links.consents_url(submission, mail.language),
        "contact": contact_address(),
    }
    return Letter(submission.contact_email, template, about | context)


def addressed() -> QuerySet[Submission]:
    """Submissions that can still be written about, with whether their giver allows the text."""
    submissions = Submission.objects.filter(erased_at__isnull=True).select_related("campaign", "screened")
    return submissions.annotate(may_be_published=publishing.lead_allows_the_text())


def decision_letter(mail: Mail) -> Letter | None:
    """What was decided; nothing where another decision has come before the letter left: that one has its own."""
    submission = addressed().filter(reference=mail.reference).first()
    decision = Decision.objects.filter(submission=submission).select_related("decided_by").first()
    if decision is None or LETTER_OF[Decision.Outcome(decision.outcome)] != mail.letter:
        return None
    written_in = foreign(decision.language) if decision.language else ""
    return to_sender(mail, submission, mail.letter, decision=decision, reasons_language=written_in)


for _name in LETTER_OF.values():
    letter(_name)(decision_letter)


@letter("award_given")
def award_given(mail: Mail) -> Letter | None:
    award = Award.objects.filter(pk=mail.data["award"]).select_related("category").first()
    if award is None:
        return None
    submission = addressed().filter(pk=award.submission_id).first()
    return to_sender(mail, submission, "award_given", award=award)


@letter("text_changed")
def text_changed(mail: Mail) -> Letter | None:
    """To a reviewer: a newer text has come. Nothing once it is not theirs any more or was handed in again."""
    review = Review.objects.filter(pk=mail.data["review"]).select_related("reviewer").first()
    submission = addressed().filter(reference=mail.reference, status=Status.IN_REVIEW).first()
    if review is None or submission is None:
        return None
    stale = reviews_of_earlier_texts(submission).filter(pk=review.pk).exists()
    if not stale or not assigned_to(review.reviewer).filter(pk=submission.pk).exists():
        return None
    about = {
        "campaign": submission.campaign,
        "title": submission.screened.title if submission.screened else "",
        "url": absolute(reverse("desk:review", args=[submission.reference])),
    }
    return Letter(review.reviewer.email, "text_changed", about)


@letter("consent_wanted")
def consent_wanted(mail: Mail) -> Letter | None:
    submission = addressed().filter(reference=mail.reference).first()
    return to_sender(mail, submission, "consent_wanted")
