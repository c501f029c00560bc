"""``python -m bot`` is ``jubo``."""

from bot.cli import main

if __name__ == "__main__":
    main()
