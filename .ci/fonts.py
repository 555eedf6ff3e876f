"""Make nnlab/letters/*.otf: of Noto Sans CJK the letters that the lessons' figures have in Chinese and in Japanese.

Run it after a translation: `python .ci/fonts.py`. Needs Debian's fonts-noto-cjk, or the path of a NotoSansCJK-Regular.ttc.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from grader.authoring import build, catalogues, conversion, shown
from grader.course import current
from nnlab.words import WORDS

TTC = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FOLDER = Path(__file__).parents[1] / "nnlab" / "letters"
# language -> (the name of the file, the place of its font in the collection).
FONTS = {"zh_CN": ("zh", 2), "ja": ("ja", 0)}


def letters(language: str) -> set[str]:
    """What the cells of the lessons print and draw in a language, without what every font has."""
    return {letter for text in texts(language) for letter in text if ord(letter) > 0x2E7F}


def texts(language: str) -> Iterator[str]:
    """What the cells of the lessons print and draw in a language, and the words that figures have of their own."""
    yield from WORDS[FONTS[language][0]].values()
    for name in current().lessons:
        lesson = current().declared(name)
        source = conversion.read_source(lesson, build.source_of(lesson).read_text(encoding="utf-8"))
        code = [cell.source for cell in source.cells if cell.cell_type == "code" and not cell.metadata.get("nbgrader")]
        said, names = catalogues.translations_in(lesson, language), shown.names_in(code)
        yield from (said.get(text.said, "") for cell in code for text in shown.texts(cell, names))


def main() -> None:
    """Write a font for each language."""
    collection = Path(sys.argv[1]) if len(sys.argv) > 1 else TTC
    FOLDER.mkdir(exist_ok=True)
    for language, (stem, number) in FONTS.items():
        font = TTFont(collection, fontNumber=number, recalcTimestamp=False)
        options = subset.Options(hinting=False, desubroutinize=True, layout_features=[], name_IDs=[0, 1, 2, 13, 14])
        maker = subset.Subsetter(options)
        maker.populate(text="".join(sorted(letters(language))))
        maker.subset(font)
        # A part of a font is another font: it has a name of its own.
        for record in font["name"].names:
            if record.nameID == 1:
                record.string = f"nnlab letters {stem}"
        if "CFF " in font:
            font["CFF "].cff.fontNames[0] = f"nnlab-letters-{stem}"
        font.save(FOLDER / f"{stem}.otf")
        print(FOLDER / f"{stem}.otf", (FOLDER / f"{stem}.otf").stat().st_size)


if __name__ == "__main__":
    main()
