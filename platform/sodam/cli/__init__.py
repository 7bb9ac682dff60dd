"""The command line: `sodam <noun> <verb>`. Each noun is a module here; Django loads when needed."""

from sodam.cli.commands import main

__all__ = ["main"]
