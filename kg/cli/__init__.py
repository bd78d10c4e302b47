"""The command line: each command parses its options, calls one function of kg and prints the result.

Results go to stdout; progress, reports and errors to stderr. Exit codes: 0 success; 1 problems were found (``--strict``,
``kg validate``) or an article failed; 2 invalid input or query; 3 something is missing (model, store, lock); 4 query timed
out; 130 interrupted. Nothing heavy is imported before a command needs it, so that ``kg --help`` answers at once.
"""

from kg.cli import analyst_commands, build_commands, query_commands  # importing a module registers its commands
from kg.cli.group import main

__all__ = ["analyst_commands", "build_commands", "main", "query_commands"]
