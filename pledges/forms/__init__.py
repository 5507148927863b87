from .giver import AddressForm, ConsentForm, PeopleForm
from .whole import EditForm, EditWithGiverForm, SubmitForm

__all__ = ["AddressForm", "ConsentForm", "EditForm", "EditWithGiverForm", "PeopleForm", "SubmitForm"]
