"""Dates in English as Europe writes them; Django's own "en" is American."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = "j F Y, G.i"
SHORT_DATETIME_FORMAT = "j M Y, G.i"
MONTH_DAY_FORMAT = "j F"
FIRST_DAY_OF_WEEK = 1
