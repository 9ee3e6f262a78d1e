"""Files and functions that fit into a head."""

from tests.architecture.source import code_lines, module, product

LONGEST_FILE = 400
LONGEST_FUNCTION = 35
"""Thirty is long; docstrings do not count."""
LONGER: dict[str, int] = {}
"""Functions that are longer all the same, as `file:function`, with how long they may be."""


def test_files_are_short():
    longer = {found.name: found.lines for found in product() if found.lines > LONGEST_FILE}

    assert longer == {}, "split them by noun"


def test_functions_are_short():
    lengths = {f"{found.name}:{name}": code_lines(node) for found in product() for name, node in found.functions()}
    longer = {name: lines for name, lines in lengths.items() if lines > LONGER.get(name, LONGEST_FUNCTION)}

    assert longer == {}
    assert set(LONGER) <= set(lengths), "functions that are gone, or no longer too long"


LONG = '''class A:
    def long(self):
        """Says.

        More.
        """
        return (
            1
        )
'''


def test_the_measure_counts_what_a_reader_has_to_read():
    ((name, function),) = module("a.py", LONG).functions()

    assert (name, code_lines(function)) == ("A.long", 4)
