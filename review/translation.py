"""Names and texts kept in Finnish, Swedish and English (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Award, AwardCategory, Criterion, CriterionPoint, Procedure, ReasonPhrase


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("name", "question")


@register(CriterionPoint)
class CriterionPointTranslation(TranslationOptions):
    fields = ("guidance",)


@register(AwardCategory)
class AwardCategoryTranslation(TranslationOptions):
    fields = ("name", "description", "prize", "payer")


@register(Award)
class AwardTranslation(TranslationOptions):
    fields = ("citation",)


@register(Procedure)
class ProcedureTranslation(TranslationOptions):
    fields = ("decider", "presenter", "contact", "remedy")


@register(ReasonPhrase)
class ReasonPhraseTranslation(TranslationOptions):
    fields = ("text",)
