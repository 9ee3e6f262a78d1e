"""Little text, for whatever people write."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.linkedin.little import render

RESERVED = r"\|{}@[]()<>#*_~"
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]))


def escaped(text: str) -> str:
    return "".join(f"\\{one}" if one in RESERVED else one for one in text)


@given(ANYTHING)
def test_what_is_escaped_is_read_as_it_was(text: str):
    found = render(escaped(text), {})

    assert (found.text, found.cut_at, found.hashtags) == (text, None, ())


@given(
    ANYTHING.filter(lambda text: not set(text) & set(RESERVED)), st.sampled_from(RESERVED.replace("#", "")), ANYTHING
)
def test_what_is_not_escaped_ends_the_text(before: str, reserved: str, after: str):
    found = render(f"{before}{reserved} {after}", {})

    assert (found.text, found.cut_at) == (before, len(before))


@given(st.text(st.characters(categories=["L"]), min_size=1))
def test_both_spellings_of_a_hashtag_live(word: str):
    raw, template = render(f"#{word}", {}), render(rf"{{hashtag|\#|{word}}}", {})

    assert raw.hashtags == template.hashtags == (word,)
    assert raw.text == template.text == f"#{word}"
    assert raw.canonical == template.canonical == rf"{{hashtag|\#|{word}}}"
