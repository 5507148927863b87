from tests.pages import pages

__all__ = ["pages"]
