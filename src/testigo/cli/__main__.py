"""`python -m testigo.cli`, for computers on which the command `testigo` is not on the path."""

from testigo.cli.entry import main

if __name__ == "__main__":
    main()
