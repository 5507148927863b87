from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from home.models import User
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review.log_lines import Recomputed
from review.sight import in_conflict, without_conflict
from review.viewsets import ReviewViewSetGroup

ACTIONS = {
    "review.assign": (_("Assign"), _("Given to reviewers")),
    "review.accept_proposal": (_("Accept a proposal"), _("Proposal of assignments accepted")),
    "review.discard_proposal": (_("Discard a proposal"), _("Proposal of assignments discarded")),
    "review.change_profile": (_("Change a profile"), _("Reviewer's profile changed")),
    "review.drop_out": (_("Drop out"), _("Reviewer has dropped out")),
    "review.come_back": (_("Come back"), _("Reviewer has come back")),
    "review.unassign": (_("Take back"), _("Taken back from a reviewer")),
    "review.conflict": (_("Declare a conflict"), _("Conflict of interest declared")),
    "review.find_conflict": (_("Find a conflict"), _("Conflict of interest found by rule")),
    "review.redact": (_("Hide a passage"), _("Passage hidden from reviewers")),
    "review.show_again": (_("Show a passage again"), _("Passage shown to reviewers again")),
    "review.change_procedure": (_("Change the procedure"), _("Procedure of the review changed")),
    "review.declare_interests": (_("Declare ties"), _("Ties to organisations declared beforehand")),
    "review.lift_conflict": (_("Lift a conflict"), _("Conflict of interest lifted")),
    "review.save": (_("Save a review"), _("Draft of a review saved")),
    "review.skip": (_("Skip a review"), _("Put at the end of the reviewer's queue")),
    "review.take_up": (_("Take up a skipped review"), _("Back at its place in the reviewer's queue")),
    "review.abstain": (_("Abstain from a review"), _("Reviewer abstained")),
    "review.resume": (_("Take back an abstention"), _("Abstention taken back")),
    "review.hand_in": (_("Hand in a review"), _("Review handed in")),
    "review.change_in_sight": (
        _("Change a review in sight of others"),
        _("Review changed when other reviews could be seen"),
    ),
    "review.decide": (_("Decide"), _("Decision stored, pending")),
    "review.undo_decision": (_("Undo a decision"), _("Pending decision taken away")),
    "review.change_decision": (_("Change a decision"), _("Released decision changed")),
    "review.decide_by_rule": (_("Decide by a rule"), _("Decisions stored by a rule, pending")),
    "review.correct_decision": (_("Correct a decision"), _("Released decision corrected")),
    "review.edit_letter": (_("Edit a letter"), _("Letter of decision edited")),
    "review.choose_feedback": (_("Choose comments"), _("Comments for the letter chosen")),
    "review.take_out_feedback": (
        _("Take a comment out of a letter"),
        _("Comment taken out of the letter, because its reviewer changed it"),
    ),
    "review.move_in_reserve": (_("Move in the reserve"), _("Moved in the reserve")),
    "review.order_reserve": (_("Order the reserve"), _("Reserve put into the order of the ranking")),
    "review.order_release": (_("Order a release"), _("Release of decisions ordered")),
    "review.hold_release": (
        _("Hold a decision back"),
        _("Decision could not be released and is pending again"),
    ),
    "review.release_decisions": (_("Release decisions"), _("Decisions released")),
    "review.ask_for_consent": (_("Ask for consent"), _("Asked for consent by mail")),
    "review.give_award": (_("Give an award"), _("Award given or changed")),
    "review.take_back_award": (_("Take back an award"), _("Award taken back")),
    "review.end_awards": (_("End awards"), _("Awards ended with the selection")),
    "review.make_meeting": (_("Make a meeting"), _("Meeting of the panel made")),
    "review.change_meeting": (_("Change a meeting"), _("Meeting of the panel changed")),
    "review.open_meeting": (_("Open a meeting"), _("Meeting of the panel opened")),
    "review.close_meeting": (_("Close a meeting"), _("Meeting of the panel closed")),
    "review.add_case": (_("Take to a meeting"), _("Taken to a meeting of the panel")),
    "review.drop_case": (_("Take off a meeting"), _("Taken off a meeting of the panel")),
    "review.reveal_case": (_("Show the scores"), _("Scores shown at a meeting")),
    "review.record_case": (_("Record a case"), _("Recorded at a meeting")),
    "review.take_minutes": (_("Take the minutes"), _("Minutes taken as a document")),
    "review.set_announcing": (_("Set when to announce"), _("Moment of announcing awards set")),
    "review.nominate": (_("Nominate"), _("Put on the shortlist of an award")),
    "review.drop_nominee": (_("Drop a nominee"), _("Taken from the shortlist of an award")),
    "review.set_jury": (_("Set the jury"), _("Jury of an award set")),
    "review.vote": (_("Vote"), _("Jury voted")),
    "review.hold_announcing": (
        _("Hold an announcement back"),
        _("Awards could not be announced and wait for a new moment"),
    ),
    "review.announce_award": (_("Announce an award"), _("Award announced")),
    "review.export": (_("Export"), _("Records taken out as files")),
    "review.handle_reports": (_("Handle reports"), _("Readers' reports handled")),
}


@hooks.register("register_admin_viewset")
def register_review() -> ReviewViewSetGroup:
    return ReviewViewSetGroup()


@hooks.register("hidden_references")
def of_own_conflicts(user: User) -> QuerySet[Submission]:
    return in_conflict(user).values("reference")


@hooks.register("narrow_register")
def without_own_conflicts(submissions: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
    return without_conflict(submissions, user)


@hooks.register("register_log_actions")
def register_actions(actions) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
    actions.register_action("review.recompute")(Recomputed)
