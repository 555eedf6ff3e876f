"""`python site/build_site.py OUT`: the website of a course."""

from website.cli import main

if __name__ == "__main__":
    main()
