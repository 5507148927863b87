from .award import Award, AwardCategory
from .criterion import Criterion, CriterionPoint
from .decision import Decision
from .how_we_choose import HowWeChoosePage
from .review import Assignment, ConflictOfInterest, Recommendation, Review, Score, Standing

__all__ = [
    "Assignment",
    "Award",
    "AwardCategory",
    "ConflictOfInterest",
    "Criterion",
    "CriterionPoint",
    "Decision",
    "HowWeChoosePage",
    "Recommendation",
    "Review",
    "Score",
    "Standing",
]
