from .assignment import Assignment, AssignmentProposal
from .award import Award, AwardCategory, JuryVote, Nominee
from .conflict import ConflictOfInterest, InterestDeclaration, Redaction
from .criterion import Criterion, CriterionPoint
from .decision import Decision
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
    "HowWeChoosePage",
    "InterestDeclaration",
    "JuryVote",
    "Meeting",
    "MeetingCase",
    "Nominee",
    "Procedure",
    "ReasonPhrase",
    "Recommendation",
    "Redaction",
    "Review",
    "ReviewerProfile",
    "Score",
    "Standing",
]
