"""The observatory room."""

__all__: list[str] = []
