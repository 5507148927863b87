"""The letters of the review: what was decided, an award, a wish to publish, and a newer text to read."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from campaign.languages import foreign
from campaign.models import Campaign
from home.addresses import absolute
from home.contact import contact_address
from home.mail import Letter, letter
from home.models import Mail
from pledges import links, publishing
from pledges.models import Status, Submission
from review import feedback
from review.decisions import LETTER_OF
from review.models import Award, Decision, Procedure, Review
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
    }
    return Letter(submission.contact_email, template, about | context)


def addressed() -> QuerySet[Submission]:
    """Submissions that can still be written about, with whether their giver allows the text."""
    submissions = Submission.objects.filter(erased_at__isnull=True).select_related("campaign", "screened")
    return submissions.annotate(may_be_published=publishing.lead_allows_the_text())


@dataclass(frozen=True)
class Terms:
    """What all letters of decision of one campaign have in common."""

    procedure: Procedure
    contact: str

    @classmethod
    def of(cls, campaign: Campaign) -> "Terms":
        return cls(Procedure.of(campaign), contact_address())


def told(rows: QuerySet[Decision]) -> list[Decision]:
    """Decisions with what their letters speak of: in as few queries for many as for one, without those erased."""
    decisions = list(rows.select_related("decided_by").prefetch_related("earlier"))
    submissions = addressed().in_bulk([row.submission_id for row in decisions])
    comments = feedback.chosen(submissions)
    found = [row for row in decisions if row.submission_id in submissions]
    for row in found:
        row.submission = submissions[row.submission_id]
        row.comments = comments.get(row.submission_id, [])
    return found


def of_decision(mail: Mail, decision: Decision, terms: Terms) -> Letter | None:
    """The letter of one of the decisions that `told()` gives, in the mail's language, which is the active one."""
    written_in = foreign(decision.language) if decision.language and decision.reasons else ""
    latest = list(decision.earlier.all())[-1:]
    return to_sender(
        mail,
        decision.submission,
        LETTER_OF[Decision.Outcome(decision.outcome)],
        decision=decision,
        correction=next((row for row in latest if row.because), None),
        reasons_language=written_in,
        comments=decision.comments if terms.procedure.gives_feedback else [],
        procedure=terms.procedure,
        contact=terms.procedure.contact or terms.contact,
    )


def decision_letter(mail: Mail) -> Letter | None:
    """What was decided; nothing where another decision has come before the letter left: that one has its own."""
    rows = told(Decision.objects.filter(submission__reference=mail.reference))
    if not rows or LETTER_OF[Decision.Outcome(rows[0].outcome)] != mail.letter:
        return None
    if mail.data.get("number", rows[0].letters_sent) != rows[0].letters_sent:
        return None
    return of_decision(mail, rows[0], Terms.of(rows[0].submission.campaign))


for _name in LETTER_OF.values():
    letter(_name)(decision_letter)


@letter("award_given")
def award_given(mail: Mail) -> Letter | None:
    award = Award.objects.filter(pk=mail.data["award"]).select_related("category").first()
    if award is None:
        return None
    submission = addressed().filter(pk=award.submission_id).first()
    return to_sender(mail, submission, "award_given", award=award, contact=contact_address())


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
    return to_sender(mail, submission, "consent_wanted", contact=contact_address())
