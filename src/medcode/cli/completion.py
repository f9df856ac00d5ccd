"""print the script that completes commands, options and values in a shell

Add the line for your shell to its startup file; for fish, write the script to a
file.

Examples:
  eval "$(medcode completion bash)"
  eval "$(medcode completion zsh)"
  medcode completion fish > ~/.config/fish/completions/medcode.fish
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]

SHELLS = ("bash", "zsh", "fish")
"""Each is a module `medcode.cli.complete_<shell>` with a function `script`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    from medcode.cli.completing import described

    print(import_module(f"medcode.cli.complete_{args.shell}").script(described()), end="")
    return 0
