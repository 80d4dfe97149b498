"""`python -m narrate`."""

from __future__ import annotations

from narrate.cli import main

main()
