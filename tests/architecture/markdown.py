"""Reading the project's own Markdown: tables, code blocks, links."""

import re
from pathlib import Path


def blocks(text: str, language: str = "") -> list[str]:
    """List the code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def table(text: str, first_column: str) -> dict[str, list[str]]:
    """Read the table whose first column has this heading: its rows by their first cell, without backticks."""
    match = re.search(rf"^ *\| {first_column} \|.*\n *\|[-| ]+\|\n((?: *\|.*\n)+)", text, re.MULTILINE)
    assert match, f"there is no table with the column {first_column}"
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]] for line in match[1].splitlines()]
    return {row[0].strip("`"): row[1:] for row in rows}


def links(text: str) -> list[str]:
    """List what the text links to inside this project."""
    return [found for found in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in found]


def missing(page: Path) -> list[str]:
    """List the links of a page that lead nowhere."""
    return [found for found in links(page.read_text()) if not (page.parent / found).exists()]
