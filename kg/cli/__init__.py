"""The command line: a command is one function of kg, parsed and printed.

Results go to stdout; progress, reports and errors to stderr. Exit codes: 0 done; 1 something was found (``--strict``,
``kg validate``), or an article failed; 2 the input or question cannot be used; 3 something is missing (model, store,
lock); 4 a query ran out of its time; 130 interrupted. Nothing heavy is imported before a command needs it, so that
``kg --help`` answers at once.
"""

from kg.cli import analyst_commands, build_commands, query_commands  # each puts its commands into the group
from kg.cli.group import main

__all__ = ["analyst_commands", "build_commands", "main", "query_commands"]
