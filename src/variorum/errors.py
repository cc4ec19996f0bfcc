"""What can go wrong, said so that the user knows which file and what to do."""

from __future__ import annotations


class VariorumError(Exception):
    """Base of every error that is meant for the user.

    Args:
        message: One line that names the file or value at fault.
        remedy: One line that says what to do about it; may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message


class InputError(VariorumError):
    """An input, or a file of the user's, that cannot be used."""


class DossierError(VariorumError):
    """A dossier that is missing, damaged, locked, or of another version."""


class StageError(VariorumError):
    """A chain of stages that does not fit together, or a stage that broke its contract."""


class PageRefused(Exception):  # noqa: N818 - a verdict on one page, not an error of the program
    """A page that cannot be read or cleaned; becomes a record with this reason, never a stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
