"""What the tests of the public side share."""

from tests.pages import pages

__all__ = ["pages"]
