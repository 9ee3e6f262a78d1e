"""Texts and what X makes of them, as `conformance/` of https://github.com/twitter/twitter-text states it (2026-11-26).

Of `validate.yml` the lengths of configuration 3, of `extract.yml` the addresses; where only the number of letters
counts, the letters are others.
"""

# ruff: noqa: RUF001 - characters that look alike are what is tested

import re

_TEN = "xxxxxxxxxx-"
_LONG_HOST = "https://" + "somesuperlongurl" * 200 + ".com/foo "
_KANA = "あいうえおかきくけこ"
_FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
_DOTTED = " ‐ ‑ ‒ – — ― ‖  ‗ ‘ ’ ‚ ‛ “ ” „ ‟ ′ ″ ‴ ‵ ‶ ‷"

WEIGHTS: list[tuple[str, int, bool]] = [
    ("", 0, False),
    ("Hi http://test.co", 26, True),
    ("http://test.co", 23, True),
    ("285 chars-" + _TEN * 25, 285, False),
    ("285 chars- http://www.twitter.com/jack " + _TEN * 24, 299, False),
    (_TEN * 24 + " http://www.twitter.com/jack ", 289, False),
    ("https://www.twitter.com/aloha " * 10, 240, True),
    ("文" * 160, 320, False),
    ("😷" * 160, 320, False),
    ("the" + "文" * 160, 323, False),
    ("A\u0301B", 2, True),
    ("A\ufb2c\u05bc", 5, True),
    ("282 chars-" + _TEN * 24 + "xxxxxA\u0301x", 281, False),
    (f"H🐱☺{_FAMILY}", 7, True),
    ("😷👾😡🔥💩", 10, True),
    ("🙋🏽👨\u200d🎤", 4, True),
    ("".join(map(chr, range(0x2000, 0x200C))) + _DOTTED, 57, True),
    (_LONG_HOST * 3 + "https://validurl.com", 3 * len(_LONG_HOST) + 23, False),
    ("randomurl" * 7 + "s.com", 68, True),
    (_KANA * 12 + " http://" + _KANA * 5 + "あいう.com", 358, False),
    (_KANA * 12 + " http://" + _KANA * 5 + "あい.com", 264, True),
    (_FAMILY * 140, 280, True),
    (_FAMILY * 141, 282, False),
    ("1\u20e3", 2, True),
    ("🤪; 🧕; 🧕🏾; \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 14, True),
    ("🤠; 💃; 💃🏾", 10, True),
    ("ABC\u202a\uffffABC\ufffe", 12, False),
    ("\u2066\u202ahttp://foobar.پاکستان/\u202c\u2069", 31, True),
    ("This is a test.", 15, True),
    ("Test https://test.com test https://test.com test.com test", 86, True),
    ("\U00010000\U0010ffff", 4, True),
    ("저찀쯿쿿", 8, True),
]
"""Each with its weight, and whether X takes it."""

_MARKED = """
«http://example.com»
«http://あ.com»
«http://あ-あ.com»
text «http://google.com»
text «http://foobar.com/#»
text «http://google.com/#foo»
text «http://google.com/#search?q=iphone%20-filter%3Alinks»
text «http://somedomain.com/index.php?path=/abc/def/»
text «http://www.boingboing.net/2007/02/14/katamari_damacy_phon.html»
text «http://somehost.com:3000»
text «http://xo.com/~matthew+%ff-x»
text «http://xo.com/~matthew+%ff-,.;x»
text «http://xo.com/,.;x»
text «http://en.wikipedia.org/wiki/Primer_(film)»
text «http://www.ams.org/bookstore-getitem/item=mbk-59»
text «http://✪df.ws/ejp»
test «http://example.com»だよね.comtest/hogehoge
text «http://chilp.it/?77e8fd»
text «http://x.com/oneletterdomain»
text «http://msdn.microsoft.com/ja-jp/library/system.net.httpwebrequest(v=VS.100).aspx»
text «https://www.youtube.com/watch?v=LOxOAuDHzaw&list=PLPoq910Q9jXhuH6pit_KwIsck9fEz_9U-»
text http://no-tld
text http://tld-too-short.x
(«http://twitter.com»
text «http://word-and-a-number-8-ftw.domain.com/»
text http://domain.com-that-you-should-have-put-a-space-after
text «http://foo.com?#foo» text
«foo.com» «foo.net» «foo.org» «foo.edu» «foo.gov»
foo.baz «foo.co.jp» www.xxxxxxx.baz «www.foo.co.uk» wwwww.xxxxxxx foo.comm foo.somecom foo.govedu «foo.jp»
«t.co/abcde» «bit.ly/abcde»
«http://foo.jp» «http://fooooo.jp»
Go to «http://example.com/a+» or «http://example.com/a-»
Go to «http://example.com/view/slug-url-?foo=bar»
Go to «https://en.m.wikipedia.org/wiki/Hatfield–McCoy_feud» please
@user Try http:// «example.com/path»
@user Try http://\u00a0«example.com/path»
これは日本語です。«example.com/path/index.html»中国語«example.com/path»한국
«twitter.com»これは日本語です。«example.com»中国語«t.co/abcde»한국«twitter.com» «example2.com»テスト«twitter.com/abcde»
«http://twitter.com/»これは日本語です。«example.com»中国語«http://t.co/abcde»한국«twitter.com»テスト«example2.com»テスト
Go to «http://twitter.com/Русские_слова»
«http://exampleこれは日本語です.com/path/index.html» http://LONG.com/path/index.html
«twitter.jp»日本語«it.so»中国語«foo.jp» «it.so» «foo.jp»
Hello http://xn--はじめよう.com/index.html
text http://domain-dash_2314352345_dfasd.foo-cow_4352.com
«MLB.tv» «vine.co» «twitch.tv» «t.co»
test «http://sub_domain-dash.twitter.com»
test «http://a.b.cd»
test «http://a_b.c-d.com»
test «http://a-b.c.com»
test «http://twitter-dash.com»
«http://www.bestbuy.com/site/Currie+Technologies+-+Ezip+400+Scooter/9885188.p?id=1218189013070&skuId=9885188»
test http://-leadingdash.twitter.com
test http://leadingdash.-twitter.com
test http://trailingdash-.twitter.com
test http://trailingdash.twitter-.com
test http://_leadingunderscore.twitter.com
test http://leadingunderscore._twitter.com
test http://trailingunderscore_.twitter.com
test http://trailingunderscore.twitter_.com
test http://-twitter.com
test http://twitter-.com
test http://twitter_underscore.com
test http://twitter.c_o_m
test «http://www.foo.com/foo/path-with-period./»
test «http://www.foo.org.za/foo/bar/688.1»
test «http://www.foo.com/bar-path/some.stm?param1=foo;param2=P1|0||P2|0»
test «http://foo.com/bar/123/foo_&_bar/»
test «http://www.cp.sc.edu/events/65» test
«http://www.andersondaradio.no.comunidades.net/» test test
test «ELPAÍS.com»
test «http://twitter.com/».
«http://tn.com.ar/show/1/la-estrella?fb_xd_fragment#?=&cb=fe17&relation=parent.parent&transport=fragment&ackdata»
text «http://tn.com.ar/show/1/la-estrella?fb_xd_fragment#?=&cb=fe17&relation=parent.parent&ackdata» text
a ton of periods «http://example.com/path»..........................................
a ton of commas «http://example.com/»,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
a ton of shouts «http://example.com/path/»!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
#test.com @test.com #http://test.com @http://test.com #t.co/abcde @t.co/abcde
I really like «http://t.co/pbY2NfTZ»'s website
Check this site out «http://t.co/FNkPfmii»- it's great
According to «http://t.co/ulYGBYSo»: the internet is cool
I really like «http://t.co/abcdefghijklmnopqrstuvwxyz0123456789»
I really like http://t.co/abcdefghijklmnopqrstuvwxyz012345678901234
«example.com»てすとです«twitter.みんな»です
$http://twitter.com $twitter.com $http://t.co/abcde $t.co/abcde $t.co $TVI.CA $RBS.CA
long.test.tar.bz2 test.tar.bz2 tar.bz2
john.doe.gov@mail.com
john.doe.jp@mail.com
Email me at name.al-lastname@foo.com or name.al+lastname@foo.com
Find my page at «name.al-lastname.com»
«https://t.co/slug»/https://t.co/slug
皆さん見てください！ «http://google.com»
«http://t.co/2vYHpAc5»; «http://t.co/8MkmHU0k»+c «http://t.co/TKLp64dY».x «http://t.co/8t7G3ddS»#a «http://t.co/FNkPfmii»-
«http://www.foo.com?referer=https://t.co/abcde» «http://t.co/xyzzy»
«http://t.co» «http://t.co»
test «http://xn--ls8h.XN--ls8h.la/»
test «http://foobar.みんな/» «http://foobar.中国/» «http://foobar.پاکستان/»
\u2066\u202atest «abcdef.com» پاکستان «http://twitter.com/»\u202c\u2069
test \u2066\u202a«twitter.com»\u202c\u2069 \u2066\u202a«http://foobar.پاکستان/»\u202c\u2069 قطر فلسطين عمان
text «https://t.co/UqIyJAJTfo?amp=1»
text «https://t.co/UqIyJAJTfo?type=js»
text «https://t.co/asdfdf?a=b#123»
text «https://t.co/sadfasdf?a=b&c=d»
«http://twitter.com»¶«http://example.com»¶«http://example.com/path»¶«example.com/path»¶«it.so»¶«it.so/abcde»
"""
_LINES = [line.replace("LONG", "あ" * 300).replace("¶", "\n") for line in _MARKED.strip("\n").split("\n")]
"""Texts with their addresses between « and »."""

PIECES = [
    *("a", "b1", "foo", "www", "x-y", "-", "_", ".", ".", ".", "/", "?", "#", "@", "$", ":", "!", "(", ")", "()"),
    *("(a)", "((a))", "(a(b)c)", "=", "&", "+", "%20", ",", ";", "~", "|", "'", '"', "`", "[", "]", " ", " ", "\n"),
    *("\t", "\u00a0", "\u3000", "\x01", "\x1c", "http://", "https://", "HTTP://", "http:", "com", "co", "net", "org"),
    *("みんな", "рф", "com", "jp", "community", "xn--p1ai", "xn--", "XN--ls8h", "vermögensberatung", "भारत", "भारतम्"),
    *("한국", "भारतx", "公司", "삼성", "日本", "中国", "の", "é", "ÿ", "ɓ", "ι", "ſ", "\u212a", "İ", "Ⱥ", "\u0301"),
    *("\u0344", "–", "—", "☃", "😀", "👍", "👍🏽", "👨\u200d👩\u200d👧\u200d👦", "👩\u200d❤\ufe0f\u200d💋\u200d👨"),
    *("👨\u200d⚕\ufe0f", "🏳\ufe0f\u200d🌈", "🏴\u200d☠\ufe0f", "🇩", "🇪", "🇫🇷", "🇦", "1\ufe0f\u20e3", "#\u20e3"),
    *("\u20e3", "\ufe0f", "\ufe0e", "\u200d", "🏽", "♂\ufe0f", "♀", "©", "®", "™\ufe0f", "☝", "✌\ufe0f", "❤"),
    *("🕵\ufe0f\u200d♀\ufe0f", "⛹🏽\u200d♂\ufe0f", "🧞\u200d♂\ufe0f", "🧑\u200d💻", "🫱🏽\u200d🫲🏿", "👁\u200d🗨"),
    *("\u202a", "\u2066", "\u200e", "\ufeff", "\uffff", "＠", "＃", "。", "．", "｡", "\U00020000", "\U00010400"),
    *("t.co", "t.co/", "t.co/abc", "https://t.co/abcdefghij", "https://t.co/" + "a" * 41, "example.com", "a.com"),
    *("example.com/path?q=1", "foo.co.uk", "bar_baz.com", "-a.com", "8080", ":80", "a" * 63, "a" * 64, "あ" * 30),
    *("あ" * 56, "б", "І", "ß", "ŉ", "ŉ.com", "À", "\u1e9e", "\u2c7e", "a" * 4090),
]
"""What hostile texts are put together from."""


def unmarked() -> list[str]:
    """Give the texts that have addresses."""
    return [*addresses_of()]


def addresses_of() -> dict[str, list[str]]:
    """Give each of those texts with its addresses."""
    return {re.sub("[«»]", "", one): re.findall("«(.*?)»", one, re.DOTALL) for one in _LINES}
