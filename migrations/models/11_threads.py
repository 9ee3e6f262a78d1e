"""Threads. Made by `agm migrate new threads`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "post" ADD "thread" JSON;""",
        r"""ALTER TABLE "publication" ADD "thread" JSON;""",
    ],
    "postgres": [
        r"""ALTER TABLE "post" ADD "thread" JSONB;""",
        r"""ALTER TABLE "publication" ADD "thread" JSONB;""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "post" DROP COLUMN "thread";""",
        r"""ALTER TABLE "publication" DROP COLUMN "thread";""",
    ],
    "postgres": [
        r"""ALTER TABLE "post" DROP COLUMN "thread";""",
        r"""ALTER TABLE "publication" DROP COLUMN "thread";""",
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
    "ohQN2k9l/84yan8ZcCgxKt//3Vx7/GzYvRQsVECXxmO6wr8AUyjXwP5Ck6Wcqgn3HuMOrW"
    "4J4QFSCfAtW2Fu/kym5RP7u6ep9D/eyyCOuXD2cXsFtKFkAjO3QflgM99enyXtP+0OyMqR"
    "WiK5vzlDowS20uJ/a17mzOkWo+q8znJlWy3lzYqEF+n/FheanjtmvMXYbkEXAezoeiwxh1"
    "GKPa4G4jjDFaNzcA8Dl3XWYCpqdplwPFOb/ZtAkWhbV0AxBfw2NM6Vf9FHV4kKvv+jjRdO"
    "vJgQvPzzgZ9+AJL07xKpd4xWfQ4BuPWxuZD7Fd3oer08CfEwET6BlGXPqYliGyp1encWgi"
    "QD/2BG/BSGwX9CEZ7LmaM1emcVgyT3CXYJImErYitjsmE3POzDvDCpikkM1znm/og4o7aE"
    "2nPJCBoi775pOnH7nL3nx1BefuD0dkApzBB1v0QUyIgH/JnK/IAqNI8VqcUCJux2eTsXwO"
    "cy3CZ2kM61j+OeXWg4xm9bljyTHD600sm966XNjxE1bzBxwPn83g3YjDBMa20tzrsm9L4E"
    "1Dyorc/tTGCx8I5kkXvI5o1T7zve6JivnMtSNXEUduvEJVMmGNFzdDqzL62oWrJL5bceHW"
    "pc9ot6TUptFQCu/MMPe/kN961EVxFkSohR0FGJbQr8/6UEOucyw/IgmEBNK97cuSGnLNkk"
    "ewROdD/h48GVLJAL0edEujP8fre9HcV5n7HptBb/0yhhRpNadV5nTWbtaV00VazWmVOZ0Y"
    "Ectsrg+ayxHpkLnuIXPSytwvjCtHqcO4lP64ss6EXozO0OplVGVOJ36crmzOEWoeHwCP0X"
    "9X5nLtGfAClc5eWw5qDiuo9FwnS8T6I1L5I4rYBS/cKZNCkWx3GRWeH8hHpE8GfBffjw7U"
    "1IGaKga4KV3BKIpgg1dvqGVUbjRuEeeGiR87FTg6JVGS7Dhu7YjcYDF0H+YERpeFddAJ1r"
    "xlVhgUZsLTiWDUwbAzDBBznQciz35gvBfQsG+Y4uS2umz7th/XMdVLJKitS9lSQhclPMmA"
    "huQtoduY/Jk8MfliCbMPQHii87eoE4sGX0ZVzYT66JCEQOVwhZ7hIZsv+qxD/XSo33cY6q"
    "dDonZfIMRnBsoMXdbyPNVmwF6/gx7wcg6Cme2BFGQEnt0F6CKdyvO6J9jHz9vmbmlM3lKK"
    "rvSYH3gAFe+Gd4ZoCO7Q3WAdqhgGqhtltOudzwWyIeC9a/ezLl22BvUtlS7rZvPWxu5aY/"
    "cBVJY9FCj7ed20u+0w3AUOo4L1SzFTINV8VpnPCoXfq6Y4DInN2sn7XbBZV+b8Pvi858Rg"
    "h8PZDpmsPBb5DkVHWEuEGlmdI0yHnuwd3G3kCEu/9Q1g3CNNmJrrw1qkS0tkTS4rZdKxHS"
    "jODdnY9p4wzGMWc32bVlfPSu+OG4On8u1aZQe7Zx6GCmF6LKxuFQUo+fyOuW/jm4JQjxF4"
    "LgMGR+FMc/t2zkRc0LU6kdiG+pY5xzDVm8w1hinB4gJbYV/YP/6IM5bZvmDObEwAHhbFVs"
    "XVaJ8IwlduSFafrguaJAlqomHqTFzKRj9ludUW9iyNFpwKEmk85Ut41joCMhS6KGOFNyBy"
    "rsplp4dTNqEbRMjBzt2y6hhx1RScBmH00Tbc74LNOum/TvqvOJraoKcNeiqaP3TS/72bmc"
    "5Pr89Pf77QOf8fAW9dzv8E2/1Y8C7uWXWe//DGuMlux5Ima01213EKe0xC75O5NJxJoxqh"
    "RATT32AOHJEJrKQ2kkwI9yzMW2/yxcL28cCifJiQRxBtQW5t+EmmD9JC5jGHPpRNeTt6Zs"
    "cTj+sL1MunGoHrBosp85icMk3nHOMX0CXq1TPyxbwpw35m39bapbJUG0kRs9+DMaFV6k/H"
    "xycnPx0/P3n1+uWPP/308vXzxDxVvtVkpzq7/CuaqsZZXa5su5KAlVCvP7YRtx+ErWrbZ5"
    "Gi1bOjppCn0npCUZ2F213V2ZREq7PFpIoURHenI6B5Ko1pHlNumoHn9bJWFki1uVJpc6W2"
    "BWlbkIpKtNJ5hf7CHYevvixHFdp0cm/cpFDPZCsjWLZTqjFWJVJwOZkyYsUhJjTUnUwq9S"
    "g685kn676Z1HGqQ166dyOjW+LKeHEtPUqQQ9BsQR/CUnimQ+0FUL0NA2A4TOEotoXfMw/U"
    "b3kYb0I8WzDoxPbnhFFzHtGh5j1jQCNQF/cevroOxVGsPNtnYfwMjZ4BXQnUm/PDwaHKWn"
    "lhgb7wBRfUYiHlIhA+cbmfXl3ZMEB87GrOBfvqApXJFzI5Era7gxXTfUsmgSv/EpMo2Ae6"
    "g+bycQJGAlKE5TC4i0FCq7msRQjLOHWfBUsYBL+Tb09mHl+EBQVTnMcAqw/ITeL4HzRHwI"
    "uRKHQI1GCC98dkkhSmsq3oneFB+LL4KggtntNN+pHFDWfUdgKPtTRc/DrKDCz65EL7RY8k"
    "TsnkbpO7KexSWjSusnGEmaeWh+ZTcdd+FDAdDb4MAxS6DkUbWFQxsEielyBvl+slplVZ5U"
    "8GqUiel75YJ8RKg52Mcv9o4xpfBrs+5ipurzNgdA+1irbrMtz1OTAyJLpS2CPSYOgcgFs1"
    "1Op8DkM20+jEJxsLdY4Uoy4ZebIkGtBy7LhUxrsuPRkyvfaovPbEFpAOH0yWRH8wxQ8mY8"
    "3pIg8VyIYg/pcSDraQio6b0w2WkvTqnHd7EPb1YYfvYmvQCWu+Dz6XLfCt41ZKlNpTrI9j"
    "aBf8/sHdxnGMzNe+AZA/5XsbKMzlFVKpWIdLiy2W3Geu+QCcG1VEPBRajJviHuy0rXEXNV"
    "4b/fBL5FanjsM8QsUds2R4wZswFwcVcwwQwHgF210GvnTqF3ztUfgADDxsWo6N2NZDKvN3"
    "5JYixEEn71DV7RzN0rZKetR8gC6L45cv22jnL1/Wa+d4r5i1D95U+J1rihTpBoj3FspEaS"
    "l+i1HoB2Xx2OWpoCEpwlpX07qaikqE0uHSH5hl01MhWOXx48zdRtVhge0MmjRsUXF1Zjss"
    "zr3n2FOPeg9HJAyCRkGdL5gII3OpS2ARwEhSjKGdMd+cg/g/fUjDnFdz7Mv2ydJjSwotq0"
    "qubv156wN5teKgiuKgqxPuOI6Se/atXWF3qtciUgqVQe6pP2whLJgHHuwwgVdRU6YhRWCO"
    "aghe610HreK2YsgfHeZ2jmiI07tVsMBJQ7DASTlYYAEKltE1n0COaAjzu1C3txXQLxqAfl"
    "EGevrgM0PY/6kAuildRo5sI/ky9g31XjJmrGzL7xJNmrQfEOQbi+aagzY6rzD61KKZEmg4"
    "q+oSeqGdUWDRAauqUIPDaQ20VcQFkGdIfXgwN2D489WXs/cX5NPni/PL68somCuxmsmbeA"
    "ku2LE94PR9MaO2bTEua+uaXba+AtnwNr/NC9EzD/4wvMoDdg0zO0+m53SLOS3m9Pjlqy7T"
    "OaUY3kzevDuJOr7R9exilmYIGO9aFayJZq4HvC6aWaPdAu3D8ukpwwrt1NNOPe3UG7xTD3"
    "PWjiodevLOuNmZl7Rp4cdbMk9w94kgS4diVqE4/ZAEp8oRt55gfVheIOCyjstT1b3mcaeT"
    "lTZuP0RT+MaV1N+47faSe3KE+kyPylIPrm8dBZ4MiZZ19CkeLUTuH9xtnOKRks/j0f0SdT"
    "NQYDOLoVKC+Sf4nEYVYrm83iiUL+MW7U7k2IIICqsTmcjQPJl+ksrz8RgDN/n960gG6wFG"
    "X4EGF7Ix+ZpYAPEa/o/ZLuUbTMYop8vKHDWnc7b4QJnjlMv3i3J5hmk+o2C+OPUCBuRh2k"
    "3MSuozF3Onjgn8xmNBKKmaDowADwsh1eKtfI5MsCobhDMVs4b6c49Ra/LVzb3BLPBQFyFL"
    "6vliLF8oO3B8GfnieCFMdHrP/phET1kBJY4a/8Xxu9xtn/yzuEhg6k+t6qii6uw0QaCiy/"
    "HObL6O7VakGa0HO26v7evdsZarWRns+twsCYHOxPiI5CzRPtcF+AyJTovTH/mZ7QnfiPJ8"
    "d1llSoR6uem+3IRSV5dpn1LoWf/4ZFDTTiep81SDkGW2HZHhsXtbVObeqA1GzJLsLlPfi2"
    "0BvOFgRB0A0GvxPjhT+NLqyeY8pWaz0mzWJnptolfRkqx0nEc2CVeVVTmfo6vBuFxo2Krm"
    "Fc47LOWEBaWigo1hPiaPr+JqR7/xaXWlq7bEHetbSauxrFEVXsIXJLKcyBGZyLxRBr0Fbh"
    "e6C0NSwtpMK+rCJP7q2jA+z2aWNCHPpHEZzbcuW43RSh24vu2E9HExLhiQKQ3T8F4wQ0J7"
    "tO23r6711Q2H3lRda4lCIQ+EEZ7uTStOJcWlgHVuVIraYTOARPCwC0oE85+tYBBR3yYFdD"
    "1mcs+SLzEHjYnD83GEWKcL9SssSCYVXLSMw6SQB97dbF0sNzTch8Z42SS2xFMTmmMFb9uV"
    "lvhfTs6/ujeyxXlEJgci0spk4dF6l4eV0PAZ2Nx6lLF8jGWqohKt8ke+vGjvUlrZxDstim"
    "mFDCOXH8nTJwJzCgQOs56MyRN4qSD8y2O+9wAvjn8vPW7ig+HXD6WqWw6jghlyDnYZpSSz"
    "ugw0zHAQDymx11cMKQNqhxHFVNNAPGx9XLgQJTU1+o1zx3yuHHyHYQcufJ/w+S5ac/3P5E"
    "mG6MmG2DyPRLd2A8DWm3qyy5glADUfFq1oe2s3iALhpsaD9e7S+dp+OJk5vmaWJKnoM2te"
    "69GtXGHEruamgRUfogvzqemejPlUbdxbn+okS6+ymS830P3HaDL33va4W+1JaId8oQulwS"
    "+MtXMWg1dtkhgUrROZHAavqook6vw+O5zwBbWk93JT7kZhZ1oyXKISK0BrE1VuhnYcSKmV"
    "nvvpMPcPuA4B0iFAg8RahwDpEKDvCnkdAqRDgJTGfSuzXtfd3hv0iX24T43WAq0+0alyfE"
    "Pe+diV12VqzW2Vua0Lvg+Zu7rg+8aCOLOO7I5fS4FUfzIqfzIOugklx7qUKi9Q6c+n+PnM"
    "qO0EXidMsyQa0CKg6O9fLFGVD6osALWolug0tEVodbH3NYv6VjTMUjRIiQH1p3yqaIdg2C"
    "rUTmyVQ/+4IYf+cTmH/pJ5C9rVV5EjGgLQu7YgRhE7vcwpRVotT6osT2ZCkbusaAWyIXxj"
    "+cWsVR3YhjKw5Sqw+pjdd/FB6WN23wWb86HCbQNxCwHG+ohdQeyoE60bijbXStQaTn0UVB"
    "8FPeCjoMWVYQPoxukBBwpsZjFsgWm0GW0A1vO0p4Eim9+4VT27/Il61VkxC03GLc8wG8u4"
    "dbuDzNAaz69SEsYThadlbUF44L8lE8niCXken3iVR5dtXzBnVnO2+XH9VWa/L5zQvoNORv"
    "H004nwlT1+FfOprX0ibj+I0PBtx92Hk7+Ebq2PJmm/O9/MNtHdsHsmMfb39BFo94B2D2j3"
    "gHYPKGHmygqDHQ0zJUptRmg2IxRE08equvneDhPg9RpvaZYppZt9BsTPAgsUkFGFWpa5O2"
    "7SyJBvxjRtuFYZe8dXZBGYc1SeMBmQYy9sqTgFgmFlARFMf2NmmnsIHj0mn+AVMCETNWXs"
    "DQkp+GxMVnOO+ZRk04aKZDt7aqViVzg6L6GG/6OHatVOWdVOp3jYb4qH+EvpA3xMqzTiMq"
    "tbvK6ogXm8KlXCXnNKKSVRGe2eyuGL49dtMD5+XQ8y3isph2blqlJr2chQaNtGhW3DY3hy"
    "SvRQ+/KUWulTWenjU8G8+17afYFUB7Eox+iSAronzYjN4EXmp2G4/6hKO8q3aNaQwrYGzT"
    "RuUXLZ53fMJRFx6F3CdKsg7HgwH98Q+L1Ap5JMrkujKmcy4ywoJpgDMPJOYTdVFZo33v/6"
    "zK1ar1FFr5FcM+ZUVJxwbAiszVENUNLbfEEQHvgmr9NharaplGQI9v9tOwijBatPboUcpR"
    "YHlBMH8ll73L5enQKplu9V5rPpMQuTMdPO4ctFQu3S0SG3OuR2/+BuI+Q2/dg3gPF5rrOB"
    "glxaHnMon59en5/+fLE3VyRb8HvqjCo17fDWuFnFThu1UK0FTA9mge4LHBRRFGcc4jQmPk"
    "XFmMOUeUMmln0LTaRbEIunXL87fXb88lW23IrHgPQBG9zBnlapam/1ebJ4jgmY5KvERNVu"
    "TOoSKu6wVHmA1V1qq+zAnJd1a6Io1rCoTFStRZbEyVRr4WTKvrqSwpL+UceB61i3Jo4TCw"
    "TzYJ7J58CFWy6LtcuiOLL+D7xjS5tBj5It0WxoU8Yj7FDXNVDTSqHrGuxFo9ZO7/06YMM9"
    "oIvJKKXYDNLrV5oDNsnhXtkF3Li9hnYttKFAWZGo6oxzh1G3ZvamVAWMp0Cmzkqxid3w7O"
    "rqfc4Uc3ZZjGn+8uHsAlYMCTs0skMJvSGWPxK2uszpKtrhGZu3ErjhMZPZ/RzQBVJtcVba"
    "EqnTuw6ZuyZfLHHb6ZXzpkCrOa0apxUJJLkGycaUVioMJR9VmLcKLcZNVi6RtDWWceMW1q"
    "5iFHtcJti+dZ/ZGMUxY56oMlu1J6wMeo/I8H5y4jUWO6J7snClDhJR1PxSf655vQHgEM44"
    "J4Pcv8ml6sPoI87nyVUGXyWRvv6UQTXch3CyoG98TquD0CcNB6FPygehw0IyXRBOKYanlW"
    "7lrDm9h1XcMwKvwiFaf9g8TzUEqHd+2tzjMxsEso7AF8g08r3P+UswSsg32hsLlNrm2MHm"
    "6HF4/QqHXONUj0n0NO9XCpXBk3iX7TNHNATUd3Egjwu7Or1B/Ym8DIk+klexXAjG+hRCy5"
    "BpG7lytrWc2NmgrtbbZhq11O8znFTH6eo4XdVDSHvE6WZswI8N0uWuy0zA9DTtcqA455dH"
    "leJ0bzzqRiJPhS8jc3fc5Mfw8+1auDAwwy36ImTgbJpV6Yk8ruoH4oicLpcMuGqlMaYhzZ"
    "i4MlEPdXzmMavKzbHZztdHtP5akRgq9oNox4cKjo8pm8Hy1Nf1kVIrrHmNZh5fRBNcDRcI"
    "ncFH1BfzhFhlk/zI50oh7jEqqvTddpCn1Epjng5z/4DDLldVHLHejpMQqAyxMtGnB1Cx+Y"
    "BsNz3q12uLjfoWG500d3cGBp00d3BJc78IqdOVdF95fdyk9QZxixb6bnh484hcwwSRhy5d"
    "gilhBHGA4d5bsmCLKTQhSw5AEjyfWaXY9uxF53FSa4EZN2iqOnJpu2E1bEHtisCOeoATgs"
    "GdFjs5bhUZdtwQGXZcwlfXnR2s0KlICH7qmKnYtXNem/qtO+coWr9/38wZ8ZlLXf8N4SuY"
    "dGhbNmP/RRxOL8ayKJgg1LVgK7ZsWt7DH9WT3sf1Pn4QK90O9nHcA4z/cLcTyDmi3SE9+n"
    "Jzvq3Zu/Wz9Xo/1/v5VvfzU+bZ5rxqM4/uNO7kNG2zbhuvZ+yGN9b6UoZV+2qFcTraHNXV"
    "IzZima7fPKN81F2W9gzJELfQly/bbKEvX9ZvoXiv4A+Aj6oDwlHzAaL7opWA8qJBQHlRFl"
    "DgiX5lvqW/XV99rNkxU5LidmmbPvkvAan4EB1ZDeAiGLk9shRhXwymL2x+2MFZldF+l5vZ"
    "H/8PFw1kjg=="
)
