"""`python site/update_words.py`: the site's new sentences go into its catalogues; prints those without a translation."""

from website.words import update

if __name__ == "__main__":
    print(*update(), sep="\n")
