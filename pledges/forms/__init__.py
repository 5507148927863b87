from .attachment import AddFileForm, DescribeForm
from .giver import AddressForm, ConsentForm, PeopleForm
from .partners import InviteForm, JoinForm, LeadForm, PartnerForm
from .translation import TranslationForm
from .whole import EditForm, EditWithGiverForm, EnterForm, SubmitForm

__all__ = [
    "AddFileForm",
    "AddressForm",
    "ConsentForm",
    "DescribeForm",
    "EditForm",
    "EditWithGiverForm",
    "EnterForm",
    "InviteForm",
    "JoinForm",
    "LeadForm",
    "PartnerForm",
    "PeopleForm",
    "SubmitForm",
    "TranslationForm",
]
