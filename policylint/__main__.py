"""`python -m policylint` is the same as `policylint`."""

from policylint.cli import main

if __name__ == "__main__":
    main()
