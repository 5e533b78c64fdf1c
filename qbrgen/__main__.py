"""`python -m qbrgen` is `qbrgen`."""

from qbrgen.cli.main import main

if __name__ == "__main__":
    main()
