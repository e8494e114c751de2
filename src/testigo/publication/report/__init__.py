"""The page that a journalist, a mayor's adviser and a mother read: one file, no network."""

from testigo.publication.report.page import render_report
from testigo.publication.report.question import headline

__all__ = ["headline", "render_report"]
