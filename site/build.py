"""`python site/build.py OUT`: the website of a course."""

from website.cli import main

if __name__ == "__main__":
    main()
