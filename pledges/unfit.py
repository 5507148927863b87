"""Why a file is not taken."""


class Unfit(Exception):
    """A file that cannot be kept; its text is a sentence for the reader."""
