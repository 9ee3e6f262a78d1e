"""Channel tiers. Made by `agm migrate new channel_tiers`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "channel" ADD "tier" VARCHAR(32);""",
        r"""ALTER TABLE "selectable_page" ADD "tier" VARCHAR(32);""",
    ],
    "postgres": [
        r"""ALTER TABLE "channel" ADD "tier" VARCHAR(32);""",
        r"""ALTER TABLE "selectable_page" ADD "tier" VARCHAR(32);""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "channel" DROP COLUMN "tier";""",
        r"""ALTER TABLE "selectable_page" DROP COLUMN "tier";""",
    ],
    "postgres": [
        r"""ALTER TABLE "channel" DROP COLUMN "tier";""",
        r"""ALTER TABLE "selectable_page" DROP COLUMN "tier";""",
    ],
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return await _execute(db, UPGRADE[db.capabilities.dialect])


async def downgrade(db: BaseDBAsyncClient) -> str:
    return await _execute(db, DOWNGRADE[db.capabilities.dialect])


async def _execute(db: BaseDBAsyncClient, statements: list[str | Exception]) -> str:
    for statement in statements:
        if isinstance(statement, Exception):
            raise statement
        await db.execute_query(statement)
    return "SELECT 1"


MODELS_STATE = (
    "eJztXVtz2ziy/isovSRTpbgSe5LJJmdPle3xbrybxKnYObO1ky0KIiGLY4rQEqQV7+z899"
    "MN3q8iaV0gBi+JRaJB8GsQ6Bu6fx8tuMUccXS6tP/OHkZvyO8jly4Y/FG4MyYjulym1/GC"
    "T6eObEqXtnEXNZoK36OmD5dn1BEMLllMmJ699G3uYuNTAk3JjHtk6fFbjy7EEZksPTazv0"
    "3IzHYtQWx/TCaCmR7zjTkV8wl5+u7D6fmz63enxy9f/YCE9wybvSX+nJGwJbEFcblPhM89"
    "Zh3hYCxuwmhs93bHzw1c+98BM3x+y6CdB0//9V9wGZ7BvjER/1zeGTObOVYOddvCDuR1w3"
    "9Yymtfvlz+/BfZEt9papjcCRZu2nr54M+5mzQPAts6Qhq8d8tc5lGfWRmGuIHjRKyLL4Uj"
    "hgu+F7BkqFZ6wWIzGjjI1tH/zALXRG6SZTB1bDEHgI9sSxy5bGXY1v9Go8xQGMbHqxvj+u"
    "LGMEalCYGjKfAqumRyFyeT7fqI2e9/hP2m2MirI3zA+bvTz09PXv0g0eDCv/XkTYnc6A9J"
    "SH0akkr8U8Dl/yXIz+fUq4Y8bl8AHQbaB+74Qop3+tXE8MUAbQHS0YJ+Mxzm3vpz+Hn8/H"
    "kDxv93+lnCDK0kzhw+8/Dz/xjdOg7vId4pvuEX1gXhlGIzGK+f0jtD+MWrFgC/eFWLL97K"
    "w5tZrbpgXCAb4GR+cfy6DdbHr+vBxnt5tBEv3OmMqmW6Hu0C2QDRfvVjC7Bf/ViLNd4qTG"
    "yTYx8llP92ffWxZk4nFAWALdv0yX8JbFX+AQLdACxigT0vhPi3kwX06YfTfxSxPn9/dVbc"
    "H7GDswLwsDAgOAb1y+D/DHd8e8GqGZCnLDIhIj2K/xgWK24uP1xc35x++JTjx8+nNxd451"
    "hefShcfVpc6JNOyC+XN+8I/iT/vPp4UWRb0u7mnyMcEw18brh8ZVAri0l8Ob6UYzP7trSh"
    "ux5szlNugM3Rfqy5vHkuO1T4RiB6fc5FWs1plTntsXt+14vPeUrNZZW5vOLenVhSk1VKoP"
    "WGgiLdJk0G6rJ3jVkAjTCzu0qrQIJXGeS/cI/Zt+7f2YOE+hIGQ12zyiYQWdB+yfZ1mOCm"
    "V9PP26OrxH5Vml+AArw78yUOn2Haf748vxlJxKfUvFtRzzJy0OMdfswLV5K25VuL40XxCn"
    "XprYQI3wVHHpswfZ8tlv6oyroZ3Ro3mjczjdaaN69cRkzqOMSfU58s6B0ThIaWMpOmVjNz"
    "TEy+WNjQtUWmbAaTiti+IDPbEz6ZPviMOIzeM1E2ZG7lCRUmy19HmT5Hcp4upnDrX9qWqa"
    "otM2RQCfRL168xZiYEBdzxSz+81QrGC/89O37x408/vj559eNraCIHmlz5qQH4y483BVWY"
    "LblZYVarhTNpr9GsQFP4bNnJRhm1H6C57OS4hbns5LjWXIa3/iiI//CaokL2r8c3QzJEiF"
    "s5M04anBknZWfG3PeXBsh7flBhmaxdFgpUvRYHxXSqTa8NPPBBWKlxxF3ANlWStXMIZ8hV"
    "nsrZce5/yWCexyuEhXoDe0LwKPu6YjN51+Z1VB+qtff6lTpL02t+K4b5tmc2rBJePxdGnl"
    "K7MJQ2hs1sFzS2XnwukGqjp8p8zpghOpo9y5Ta8FlYK7VFWVuUD9iiXLNObADkT/neBgpz"
    "eYVUynR/TpdfBBtVWO6jO+Mmw71Jl+jAbme4f8dXhM985hIBKpqPlmCyooKgB5ysbLxAqE"
    "vmPPCOyEQE09+Y6U8w+hdjgT/B+An3CDVNHrg+sX0i/xAYcTwmkvaBJJO6bNXf/eMrTf7M"
    "vbc97i5YaJWIo12j5+GfOALtA1DWB1BgYB9rSqELpS0qhbHuPyBXx5NvU7FPl6HWXoSUZI"
    "AQbyfKGVf4EsTNCnVMo00mSqvSIE108VzEzbU/M/JZlBS8PYnFc+q6zKmUi6NbzYJxplGL"
    "A3vmnAsQTJcwmDdkBbIiyJoyCCURmY7IZ7bg9yCqRl0LAsLFw1ietwPp0vbI3MYTcg9VB/"
    "M22v9X96v7xfVth0zgw/GFEeCPiRSTlw71gWIBkjXKxj4nc0Y9PL4n5W3szPZbHuH7fZQy"
    "q2wNiR6EfxfFqeiWEcnqSIFds29LGK8A0BP+JyH54TsbPJLW4u9Q9v4N2Ic/yC/vLj5fEC"
    "/EyaA+ubwmH7+8fx/qblo6V0E6z86LPqJ5ll5lcSY30P3LjXfwdn0hj2mVhjse5P6h1vrn"
    "fvXPqu2lg7pUQ64yD1RSnbT2v+UALOpaTieEU4rhRU5s5cA+vQfhxTMCzynDfAPSZjXMea"
    "ohQN2k9l/84yan8ZcCgxKt//3Vx7/GzYvRQsVECXxmO6wr8AUyjXx35H27Kmi+IRzLroyZ"
    "P0isty0OLik6sMronnHuMOrWzOmEqADxFKi2tTEmV3Y7o8+urt7nZvTZZXHKfvlwdgGSiE"
    "QdGtmha7YcRKtP7vdaUg7NhptaeLqyOU+pg97U5nJiu+zO5hyp5rPKfG5S0+tNsY3a+fcZ"
    "e5eXOm67xjNmSB4B5+F8KDpEVIeIqg3uNkJEo3VzAwCfc9dlJmB6mnY5UJzzm02bQFxYSz"
    "cA8TU8xpQ+609Rhwe5+q6PwU23nhy48PyMA3cPUQbFKV4VblDxGTTEHcStjcyH2C6nxtVp"
    "4M+JgAn0DKNZfUx5EfkqqlNkNBFgjMAEb8FIbBf0IRlIu5ozV6bIWDJPcJdgAiwStiK2Oy"
    "YTc87MO8MKmKSQzXNRBdAHFXfQmk55IINwXfbNJ08/cpe9+eoKzt0fjsgEOIMPtuiDmBAB"
    "/5I5X5EFRujitThZR9yOzyZj+RzmWoTP0vjgsfxzyq0HGSnsc8eSY4bXm1g2vXW5sOMnrO"
    "YPOB4+m8G7EYcJjBumuddl35bAm4Z0ILn9qU2EQyCYJ8MbdLSwjkfY656oWDyCdpIr4iSP"
    "V6hKJqzxkGdoVUZfu8eVxHcr7vG61CTtlpTaFCVK4Z0Z5v4X8luPuijOggi1sKPgzRL69R"
    "k1ash1/upHJNiQQLq3fVlSQ65Z8giW6FzT34MnQyoZoNeDbmn053h9L5r7KnPfYzPorV82"
    "liKt5rTKnM7azbpyukirOa0ypxMjYpnN9QGJOaIhhMjtOhxRWpn7hXHlKHUYl9IfV9aZ0I"
    "vRGVq9jKrM6cSP05XNOULN4wPgMfrvylyuPV9foNKZgctBzWF1mp7rZIlYf0Qqf0QRu+CF"
    "O2WpKJLtLlvF8wP5iPTJgO/i+9GBmjpQU8UAN6WrQ0URbPDqDXWiyo3GLeLcMKlmp+JRpy"
    "RKQB7HrR2RGyw078OcwOiysMY8wXrCzAqDwkx4OhGMOhh2hgFirvNA5NkPjPcCGvYN08fc"
    "RqXpC5l3tv24jml0IkFtXTqcEroo4UkGNCTGCd3G5M/kickXS5h9AMITnRtHnVg0+DKq6l"
    "HUR4ckBCqHK/QMD9l8QW0d6qdD/b7DUD8dErX74is+M1Bm6LKW56k2A/b6HfSAl3MQzGwP"
    "pCAj8OwuQBfpVJ7XPcE+ft42L05jYpxSdKXH/MADqHg3vDNEQ3CH7gbrUMUwUN0oo13vfC"
    "6QDQHvXbufdVm4NahvqSxcN5u3NnbXGrsPoGrvoUDZz+um3W2H4S5wGBWsX4qZAqnms8p8"
    "Vij8XjXFYUhs1k7e74LNuurp98HnPScGOxzOdshk5bHIdyg6wloi1MjqHGE69GTv4G4jR1"
    "j6rW8A4x5pwtRcH9YiXVoia3JZKZOO7UBxbsjGtveEYR6zmOvbtLoyWXp33Bg8lW/XKjvY"
    "PfMwVAjTY2HlsChAyed3zH0b3xSEeozAcxkwOApnmtu3cybiYrnVicQ21LfMOYap3mSuMU"
    "wJFhcvC/vC/vFHnLHM9gVzZmMC8LAotiqu9PtEEL5yQ7L6dF3QJElQEw1TZ+JSNvopy622"
    "sGdptOBUkEjjKV/Cs9YRkKHQBS8rvAGRc1UuOz2csgndIEIOdu6WVceIq6bgNAijj7bhfh"
    "ds1kn/ddJ/xdHUBj1t0FPR/KGT/u/dzHR+en1++vOFzvn/CHjrcv4n2O7Hgndxz6rz/Ic3"
    "xk12O5Y0WWuyu45T2GMSep/MpeFMGtUIJSKY/gZz4IhMYCW1kWRCuGdh3nqTLxa2jwcW5c"
    "OEPIJoC3Jrw08yfZAWMo859KFsytvRMzueeMTs+OPG047yqUbgusFiyjwmp0zTOcf4Bcjl"
    "dcYYrI18Khj5Yt6UYT+zb2vtUlmqjaSI2e/BmNAq9afj45OTn46fn7x6/fLHn356+fp5Yp"
    "4q32qyU51d/hVNVeOsLle2XUnASqg31HiN2g/CVrXts0jR6tlRU8hTaT2hqM7C7a7qbEqi"
    "1dliUkUKorvTEdA8lcY0jyk3zcDzelkrC6TaXKm0uVLbgrQtSEUlWum8Qn/hjsNXX5ajCm"
    "06uTduUqhnspURLNsp1RirEim4nEwZseIQExrqTiaVehSd+cyTdd9M6jjVIS/du5HRLXFl"
    "vLiWHiXIIWi2oA9hKTzTofYCqN6GATAcpnAU28LvmQfqtzyMNyGeLRh0Yvtzwqg5j+hQ85"
    "4xoBGoi3sPX12H4ihWnu2zMH6GRs+ArgTqzfnh4FBlrbywQF/4ggtqsZByEQifuNxPr65s"
    "GCA+djXngn11gcrkC5kcCdvdwYrpviWTwJV/iUkU7APdQXP5OAEjASnCchjcxSCh1VzWIo"
    "RlnLrPgiUMgt/Jtyczjy/CgoIpzmOA1QfkJnH8D5oj4MVIFDoEajDB+2MySQpT2Vb0zvAg"
    "fFl8FYQWz+km/cjihjNqO4HHWhoufh1lBhZ9cqH9okcSp2Ryt8ndFHYpLRpX2TjCzFPLQ/"
    "OpuGs/CpiOBl+GAQpdh6INLKoYWCTPS5C3y/US06qs8ieDVCTPS1+sE2KlwU5GuX+0cY0v"
    "g10fcxW31xkwuodaRdt1Ge76HBgZEl0p7BFpMHQOwK0aanU+hyGbaXTik42FOkeKUZeMPF"
    "kSDWg5dlwq412XngyZXntUXntiC0iHDyZLoj+Y4geTseZ0kYcKZEMQ/0sJB1tIRcfN6QZL"
    "SXp1zrs9CPv6sMN3sTXohDXfB5/LFvjWcSslSu0p1scxtAt+/+Bu4zhG5mvfAMif8r0NFO"
    "byCqlUrMOlxRZL7jPXfADOjSoiHgotxk1xD3ba1riLGq+NfvglcqtTx2EeoeKOWTK84E2Y"
    "i4OKOQYIYLyC7S4DXzr1C772KHwABh42LcdGbOshlfk7cksR4qCTd6jqdo5maVslPWo+QJ"
    "fF8cuXbbTzly/rtXO8V8zaB28q/M41RYp0A8R7C2WitBS/xSj0g7J47PJU0JAUYa2raV1N"
    "RSVC6XDpD8yy6akQrPL4ceZuo+qwwHYGTRq2qLg6sx0W595z7KlHvYcjEgZBo6DOF0yEkb"
    "nUJbAIYCQpxtDOmG/OQfyfPqRhzqs59mX7ZOmxJYWWVSVXt/689YG8WnFQRXHQ1Ql3HEfJ"
    "PfvWrrA71WsRKYXKIPfUH7YQFswDD3aYwKuoKdOQIjBHNQSv9a6DVnFbMeSPDnM7RzTE6d"
    "0qWOCkIVjgpBwssAAFy+iaTyBHNIT5Xajb2wroFw1AvygDPX3wmSHs/1QA3ZQuI0e2kXwZ"
    "+4Z6LxkzVrbld4kmTdoPCPKNRXPNQRudVxh9atFMCTScVXUJvdDOKLDogFVVqMHhtAbaKu"
    "ICyDOkPjyYGzD8+erL2fsL8unzxfnl9WUUzJVYzeRNvAQX7NgecPq+mFHbthiXtXXNLltf"
    "gWx4m9/mheiZB38YXuUBu4aZnSfTc7rFnBZzevzyVZfpnFIMbyZv3p1EHd/oenYxSzMEjH"
    "etCtZEM9cDXhfNrNFugfZh+fSUYYV26mmnnnbqDd6phzlrR5UOPXln3OzMS9q08OMtmSe4"
    "+0SQpUMxq1CcfkiCU+WIW0+wPiwvEHBZx+Wp6l7zuNPJShu3H6IpfONK6m/cdnvJPTlCfa"
    "ZHZakH17eOAk+GRMs6+hSPFiL3D+42TvFIyefx6H6JuhkosJnFUCnB/BN8TqMKsVxebxTK"
    "l3GLdidybEEEhdWJTGRonkw/SeX5eIyBm/z+dSSD9QCjr0CDC9mYfE0sgHgN/8dsl/INJm"
    "OU02VljprTOVt8oMxxyuX7Rbk8wzSfUTBfnHoBA/Iw7SZmJfWZi7lTxwR+47EglFRNB0aA"
    "h4WQavFWPkcmWJUNwpmKWUP9uceoNfnq5t5gFnioi5Al9Xwxli+UHTi+jHxxvBAmOr1nf0"
    "yip6yAEkeN/+L4Xe62T/5ZXCQw9adWdVRRdXaaIFDR5XhnNl/HdivSjNaDHbfX9vXuWMvV"
    "rAx2fW6WhEBnYnxEcpZon+sCfIZEp8Xpj/zM9oRvRHm+u6wyJUK93HRfbkKpq8u0Tyn0rH"
    "98Mqhpp5PUeapByDLbjsjw2L0tKnNv1AYjZkl2l6nvxbYA3nAwog4A6LV4H5wpfGn1ZHOe"
    "UrNZaTZrE7020atoSVY6ziObhKvKqpzP0dVgXC40bFXzCucdlnLCglJRwcYwH5PHV3G1o9"
    "/4tLrSVVvijvWtpNVY1qgKL+ELEllO5IhMZN4og94CtwvdhSEpYW2mFXVhEn91bRifZzNL"
    "mpBn0riM5luXrcZopQ5c33ZC+rgYFwzIlIZpeC+YIaE92vbbV9f66oZDb6qutUShkAfCCE"
    "/3phWnkuJSwDo3KkXtsBlAInjYBSWC+c9WMIiob5MCuh4zuWfJl5iDxsTh+ThCrNOF+hUW"
    "JJMKLlrGYVLIA+9uti6WGxruQ2O8bBJb4qkJzbGCt+1KS/wvJ+df3RvZ4jwikwMRaWWy8G"
    "i9y8NKaPgMbG49ylg+xjJVUYlW+SNfXrR3Ka1s4p0WxbRChpHLj+TpE4E5BQKHWU/G5Am8"
    "VBD+5THfe4AXx7+XHjfxwfDrh1LVLYdRwQw5B7uMUpJZXQYaZjiIh5TY6yuGlAG1w4hiqm"
    "kgHrY+LlyIkpoa/ca5Yz5XDr7DsAMXvk/4fBetuf5n8iRD9GRDbJ5Holu7AWDrTT3ZZcwS"
    "gJoPi1a0vbUbRIFwU+PBenfpfG0/nMwcXzNLklT0mTWv9ehWrjBiV3PTwIoP0YX51HRPxn"
    "yqNu6tT3WSpVfZzJcb6P5jNJl7b3vcrfYktEO+0IXS4BfG2jmLwas2SQyK1olMDoNXVUUS"
    "dX6fHU74glrSe7kpd6OwMy0ZLlGJFaC1iSo3QzsOpNRKz/10mPsHXIcA6RCgQWKtQ4B0CN"
    "B3hbwOAdIhQErjvpVZr+tu7w36xD7cp0ZrgVaf6FQ5viHvfOzK6zK15rbK3NYF34fMXV3w"
    "fWNBnFlHdsevpUCqPxmVPxkH3YSSY11KlReo9OdT/Hxm1HYCrxOmWRINaBFQ9PcvlqjKB1"
    "UWgFpUS3Qa2iK0utj7mkV9KxpmKRqkxID6Uz5VtEMwbBVqJ7bKoX/ckEP/uJxDf8m8Be3q"
    "q8gRDQHoXVsQo4idXuaUIq2WJ1WWJzOhyF1WtALZEL6x/GLWqg5sQxnYchVYfczuu/ig9D"
    "G774LN+VDhtoG4hQBjfcSuIHbUidYNRZtrJWoNpz4Kqo+CHvBR0OLKsAF04/SAAwU2sxi2"
    "wDTajDYA63na00CRzW/cqp5d/kS96qyYhSbjlmeYjWXcut1BZmiN51cpCeOJwtOytiA88N"
    "+SiWTxhDyPT7zKo8u2L5gzqznb/Lj+KrPfF05o30Eno3j66UT4yh6/ivnU1j4Rtx9EaPi2"
    "4+7DyV9Ct9ZHk7TfnW9mm+hu2D2TGPt7+gi0e0C7B7R7QLsHlDBzZYXBjoaZEqU2IzSbEQ"
    "qi6WNV3Xxvhwnweo23NMuU0s0+A+JngQUKyKhCLcvcHTdpZMg3Y5o2XKuMveMrsgjMOSpP"
    "mAzIsRe2VJwCwbCygAimvzEzzT0Ejx6TT/AKmJCJmjL2hoQUfDYmqznHfEqyaUNFsp09tV"
    "KxKxydl1DD/9FDtWqnrGqnUzzsN8VD/KX0AT6mVRpxmdUtXlfUwDxelSphrzmllJKojHZP"
    "5fDF8es2GB+/rgcZ75WUQ7NyVam1bGQotG2jwrbhMTw5JXqofXlKrfSprPTxqWDefS/tvk"
    "Cqg1iUY3RJAd2TZsRm8CLz0zDcf1SlHeVbNGtIYVuDZhq3KLns8zvmkog49C5hulUQdjyY"
    "j28I/F6gU0km16VRlTOZcRYUE8wBGHmnsJuqCs0b73995lat16ii10iuGXMqKk44NgTW5q"
    "gGKOltviAID3yT1+kwNdtUSjIE+/+2HYTRgtUnt0KOUosDyokD+aw9bl+vToFUy/cq89n0"
    "mIXJmGnn8OUioXbp6JBbHXK7f3C3EXKbfuwbwPg819lAQS4tjzmUz0+vz09/vtibK5It+D"
    "11RpWadnhr3Kxip41aqNYCpgezQPcFDoooijMOcRoTn6JizGHKvCETy76FJtItiMVTrt+d"
    "Pjt++SpbbsVjQPqADe5gT6tUtbf6PFk8xwRM8lViomo3JnUJFXdYqjzA6i61VXZgzsu6NV"
    "EUa1hUJqrWIkviZKq1cDJlX11JYUn/qOPAdaxbE8eJBYJ5MM/kc+DCLZfF2mVRHFn/B96x"
    "pc2gR8mWaDa0KeMRdqjrGqhppdB1DfaiUWun934dsOEe0MVklFJsBun1K80Bm+Rwr+wCbt"
    "xeQ7sW2lCgrEhUdca5w6hbM3tTqgLGUyBTZ6XYxG54dnX1PmeKObssxjR/+XB2ASuGhB0a"
    "2aGE3hDLHwlbXeZ0Fe3wjM1bCdzwmMnsfg7oAqm2OCttidTpXYfMXZMvlrjt9Mp5U6DVnF"
    "aN04oEklyDZGNKKxWGko8qzFuFFuMmK5dI2hrLuHELa1cxij0uE2zfus9sjOKYMU9Uma3a"
    "E1YGvUdkeD858RqLHdE9WbhSB4koan6pP9e83gBwCGeck0Hu3+RS9WH0Eefz5CqDr5JIX3"
    "/KoBruQzhZ0Dc+p9VB6JOGg9An5YPQYSGZLginFMPTSrdy1pzewyruGYFX4RCtP2yepxoC"
    "1Ds/be7xmQ0CWUfgC2Qa+d7n/CUYJeQb7Y0FSm1z7GBz9Di8foVDrnGqxyR6mvcrhcrgSb"
    "zL9pkjGgLqOxACfZtVFC5oCIaP2g8P3i2oN1zY1akj6k87Zkj0cceKpVgw1qfIXIZM+x+U"
    "s1vmRPoGU0C93avRAvB9hurqGGgdA616eG6PGOiMff2xAdDcdZkJmJ6mXQ4U5/zyqFIM9I"
    "1H3UjkqfATZe6Om3xEfr5dC/cQZg9GP48MSk4zVj2RR4H9QByR0+WSAVetNH43pBkTVyZB"
    "oo7PPGZVuZA22/n6aOFfK5JuxT4m7VRSwak0ZTNYnvq6lVJqhdWu0czji2iCq+FeojO/Tr"
    "ldj3lCrLK7Y+RzpRD3GBVV+m47yFNqpTFPh7l/wGGXqyo8WW+/SQhUhliZyN4DqIZ9QLab"
    "7mYbbbE5AIuNTki8OwODTkg8uITEX4TU6Uq6r7w+btJ6g7hFC303PBh7RK5hgsgDrS7BdD"
    "uCOMBw7y1ZsMUUmpAlByAJnn2tUmx79qJzZKm1wIwbNFUdFbbdkCW2oHZF0Ew9wAnB4E7i"
    "nRy3iro7boi6Oy7hq2v6DlboVOR4Q+qYqdi1c16b+q075yhav3/fzBnxmUtd/w3hK5h0aF"
    "s2Y/9FfFRBjGXBNUGoa8FWbNm0vIc/qie9j+t9/CBWuh3s47gHGP/hbieQc0S7Q3r05eZ8"
    "W7N363kL9H6u9/Ot7uenzLPNedVmHt1p3Mlp2mbdNl7P2A1vrPVlIqv21QrjdLQ5qqtHbM"
    "QyXb95Rrm+uyztGZIhbqEvX7bZQl++rN9C8V7BHwAfVQeEo+YDRPdFKwHlRYOA8qIsoMAT"
    "/cpcVn+7vvpYs2OmJMXt0jZ98l8CUvEhOrIawEUwcntk6fRC8aBCYfPDDs6qjPa73Mz++H"
    "+KWkDp"
)
