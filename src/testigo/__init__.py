"""Testigo: a citizen-security observatory in a box."""

__version__ = "0.1.0"
