from .assignment import Assignment, AssignmentProposal
from .award import Award, AwardCategory, JuryVote, Nominee
from .conflict import ConflictOfInterest, InterestDeclaration, Redaction
from .criterion import Criterion, CriterionPoint
from .decision import Decision, EarlierDecision, Reasoned
from .how_we_choose import HowWeChoosePage
from .meeting import Meeting, MeetingCase
from .procedure import Procedure, ReasonPhrase
from .review import Recommendation, Review, Score, Standing
from .reviewer import ReviewerProfile

__all__ = [
    "Assignment",
    "AssignmentProposal",
    "Award",
    "AwardCategory",
    "ConflictOfInterest",
    "Criterion",
    "CriterionPoint",
    "Decision",
    "EarlierDecision",
    "HowWeChoosePage",
    "InterestDeclaration",
    "JuryVote",
    "Meeting",
    "MeetingCase",
    "Nominee",
    "Procedure",
    "ReasonPhrase",
    "Reasoned",
    "Recommendation",
    "Redaction",
    "Review",
    "ReviewerProfile",
    "Score",
    "Standing",
]
