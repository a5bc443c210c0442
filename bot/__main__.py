"""`python -m bot` and the `matchbook` command."""

from __future__ import annotations

from bot.cli import app


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
