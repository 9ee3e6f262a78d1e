"""Reconciling. Made by `agm migrate new reconciling`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""CREATE INDEX IF NOT EXISTS "publication_unconfirmed" ON "publication" ("channel_id", "due_at") WHERE status = 'unconfirmed';""",
    ],
    "postgres": [
        r"""CREATE INDEX IF NOT EXISTS "publication_unconfirmed" ON "publication" ("channel_id", "due_at") WHERE status = 'unconfirmed';""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""DROP INDEX IF EXISTS "publication_unconfirmed";""",
    ],
    "postgres": [
        r"""DROP INDEX IF EXISTS "publication_unconfirmed";""",
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
    "eJztXW1z27i1/isYfXF2RuuJ5djJzbZ3Rnbcxm0SZ2LnbqebDg1RkMk1SbAgaEfN3f9eAH"
    "wnQYqk9QLR+GSLxAHB54AAznNwDn6MXDxHTnA49e2/o+XoLfgx8qCL2D+lO2Mwgr6fXecX"
    "KJw5oij0beM+LjQLKIEmZZcX0AkQuzRHgUlsn9rY44WngBUFC0yAT/AdgW5wCG59ghb291"
    "uwsL15AGw6BrcBMgmihgUD6xa8eP9xev7z9fvp5OT0Jy74gHixXwC1EIhKAjsAHqYgoJig"
    "+SFvzBybrDW2d7fl54ae/e8QGRTfIVaOsKf/9i92mT0DfUdB8tO/NxY2cuYF1O05r0BcN+"
    "jSF9e+fr189xdRkr/TzDCxE7peVtpfUgt7afEwtOeHXIbfu0MeIpCieU4hXug4seqSS1GL"
    "2QVKQpQ2dZ5dmKMFDB2u1tGfFqFncm0CP5w5dmAxgA/teXDooUfDnv9v3MqchGF8uroxri"
    "9uDGNU6RC8NSVdxZdM7PHOZHuUY/bjj6jeDBtxdcQfcP5++uXF8elPAg0c0DsibgrkRn8I"
    "QUhhJCrwzwAXfyuQn1uQyCFPypdAZw3tA3dyIcM7+2oS+BKANgDpyIXfDQd5d9RiPycvXz"
    "Zg/H/TLwJmVkrgjNlnHn3+n+Jbk+gexzvDN/rCuiCcSawH49VdemsIH522APjotBZffqsI"
    "b2606oJxSWyAnflo8qYN1pM39WDze0W0OV58pjNkw3Q92iWxAaJ9+qoF2KevarHmt0od28"
    "S8jgrKf7u++lTTp1OJEsBz26Tg/wGbqugeAt0ALMeC1+wGwb+dPKAvPk7/Ucb6/MPVWXl+"
    "5BWclYBnAwMHx4C0Cv47dofaLpIroChZVkIsepj8MyxV3Fx+vLi+mX78XNDHu+nNBb8zEV"
    "eXpasvygN9Wgn49fLmPeA/wT+vPl2U1ZaWu/nniLcJhhQbHn404DyPSXI5uVRQM/ru26y6"
    "HmouSq5BzfF8rLW8fi07MKBGGPT6nMuyWtMqa5qgB3zfS89FSa1llbX8iMl94EMTSVeg9U"
    "RBWW6dlIG66l1BC3ASZnEvZQVSvKog/wUTZN95f0dLAfUlawz0TBknEDNov+br2k9ws6vZ"
    "503gY8pfVfoXQ4G9O6IChy+s23+5PL8ZCcRn0Lx/hGRuFKDnd/AEl66kZau33IlbvgI9eC"
    "cg4u/CW55QmJQi16cjGbsZ3xo30pu5QivpzSsPARM6DqAWpMCF9ygAMGLKTJixZuYYmNh1"
    "bVb1HMzQgnUqYNMALGwSUDBbUgQcBB9QUCUyN/IECWX52yhX50j0U3fGbv1Lc5mqcpmRgi"
    "qgX3q0hsxMBUq48y99/0Yr1l725+fJ0avXr94cn756w4qIhqZXXjcAf/nppmQKIx+bElqt"
    "Fs60vEZTgmZAkd+Jo4zLD5AuO560oMuOJ7V0Gb/1R2n5z14zkKz96/HNiQwR4lbOjOMGZ8"
    "Zx1ZlhUeobbL1HQwkzWTsslKR6DQ6K2VTrHhtwSNlipcYRd8Gmqcpau4BwTlzlrpxv5+6H"
    "DEQIliwW6gn2VOBJ/LpiPXnb9DrrwaQfvV6U1PS60kTNwvaYNdFLzyVRTciprOecidyRkq"
    "tKalKuNFZqtlOznXvMdtaME2sA+XOxtoHCXB0hlaKVmWniecgZSWjl5Na4iVY2c4Va7Jo1"
    "LRwgD/isMW/Bo4UIAlgwwSl3eQi+IBc/oDmIqw4A60jLsdj0Si1kE2DZfJvqUrY7du31r9"
    "4F+2OUQV0dtB1IWcUu/x95DzbBnosiWzm5ZUDTxKFHuQSvGn332ZgXMMhS7aW7WqIWGzj+"
    "rpIPStT+nYHPf4Bf3198uQAkeku2/gKX1+DT1w8foi6mSW4VSO58v+jDFeTllSYL8g3dPV"
    "twz96uL+SJrNJwJ43cPdSl0a4P4uUBU2XgS23d/Z5q2fQi1UONYScXV1kHKu2x1gEZG/Zh"
    "QG/udEI4k+iFsWLs0xZiXuADW7wQIyROFeYbttqUw1yUGgLUTUTfxT9umrn1lOf7cPXpr0"
    "nxMuFejjXCC9tBXYEviWnkeyAP+UbhKuhnGDsIejW4p0IlyGdMalODd3plu6ifXV19KKB+"
    "dlmG9evHsws2WwoVsEJ2xHJUfaU6QKNXt983z0LGQnRVc1FS+49U1nKTiVFPIzVaFs/TvV"
    "Gcje66uoxyIk+Ac38+FO2F0144tcHdhBcuHjfXAPA59jxkMkynWZUDxbk42bTxdbKxdA0Q"
    "X7PHmMJb9jmucC9H39VuzmzqKYDLnp9zPu3Av1nu4jJHp+QzaPB4JqWN3IfYLqTmahpSCw"
    "SsA/1sewBSHvES86zyCJlVAtKAl8IQ3MYByQxYIryPOiZGuwt3Ouwr5i7UPixFfFjJCCVV"
    "wgoHVk5WZfS190pJfDfivaoLvmk3pNQG4SiFd66Zux/I7wj0+IrNR8S1471VFfTrY0ZqxH"
    "WGpieEkAggvbu+KqkR1yp5gkp0NqXnQNYLI4OZrigIjP4ar69Fa19l7RO0YLX1i+kqy2pN"
    "q6xp00Jmv1xaRUntYVdazVHiM2Meot5Z03LC+pPeA12zF5Ylla1N3VAW215il5cbUuq6Mz"
    "fo3UjP4vvRmwD0JgAVnadKJx6MvaPs1RtSEFYLjVv4UHlMbKe8hFMQ5w9JfKKH4IafYUJZ"
    "n+BHmETHlwCeqh7Nx+J8E5M9HQQIOuw69OYAe84ShB61HWCLY0/Qdx5WeSc/bWXTj+sYXh"
    "ov1FaFiVbQ5Ss8oYCGgNGIrwV/Bgcmdn3W+xgIBzpmVB0nMPsyZKmO6t0yqYDKfoKefpn1"
    "n9Wgfezax/4MfezaF7nlDi9WD93POipIDe5MqfUP52xhZhO2CjJCYncBuiyncr/uCfbkZd"
    "t40caA0cq2BoJoSBhUuBveOaEhRC1uB+vIxDC4uVFFuz5KtCQ2BLy3HSWqM46uQH0jexO6"
    "ct6a7K4lu/cgIfy+QNnP66bdbfvhLnAQDJAhyLuuKi6Jaj2rrGeF9r2pZjgMSc3ayfss1K"
    "yTlj8PPe846cT+aLZDlgSCYt9h0BHWiqBGVuef0FtPdg7uJvJPZN/6GjDukYJCzfFhJdKV"
    "IbImT4IyqT72FOeGTB87T0ZB0Bx51IbyfPvZ3XHj5qliuVaZJx4Q4VuFAF6IfPjxBiWK75"
    "H3S3IzAJAgwJ6LmILj7UyWfWehgAIBac0xrmuq+5v3zbvlaURu+TapT7yqOCV/VBevn/9I"
    "smHYNEDOYgwYPCjeW8Vv8zQrBwHAj14kVp8ngxVJI8PjZuoUGMrufsprqy3seRm9cCqtSJ"
    "MuX8Gz1hGQk9Bnw8rOho2cq2LY6eGUTeUGseVg625ZdUhcNRdOgyB9NIf7LNSsE8rqhLKK"
    "o6kJPU3oqUh/6ISyO6eZzqfX59N3Fzqf7BPgrcsnm2K7Gwbv4gHJc8hGN8ZNvB1Ki6yk7K"
    "6xiyjnawC1IAWWIM4EqQYgCMLZ76wPHIJbNpLaXOQWYDJnxjkwsevalAcsiocFIgTRDsCd"
    "zX6C2VIwZAQ5UHJ45pae2THicfWhmOKpRuh5oTtDJDqKpSnOMXkBfSymeiRfopsq7Gf2XS"
    "0vlZfqRUyVx8jdBsZErNT/TCbHx68nL49P35y8ev365M3LlJ6q3mriqc4u/8qpqnHelqty"
    "VwKwCur1YRtJ+UFwVZuORYpHz46WQlFK2wllc5bd7mrOZiLanC1lwImPlu4GaFFKY1rEFJ"
    "tmSEgvtrIkqulKpelKzQVpLkhFI1rpvEKXc+T6mCLPXDKtjSQ2danEuMm4trOyxn1ceKWZ"
    "/asljlQxoeMgAmBwj3jCHhO9jfanwMDim05sZtPanh9SYdnyO8LUMqEwu4SxbLKGR0Wrdv"
    "WmHrL67BeOg97QoqqtG/fStgZXXHyA9tbk5KRNhPzJSX2APL9X3snO3pSt9rvm2SjLDRDv"
    "DaROyoaqrhZZRVKvgfY6N+k2mTJtQmgTQpsQz9iE+IjmNpwGAZK65HJ3G00Hl5czYFqwRR"
    "bShe2gZD+6Y88IJMtDwPfCRwt17KIALAh22WIesEGAu664S2yBqGmx5f9syQwCjiwzCB4t"
    "XpdNgU+QD1lJWRrSjT9vtVdOGw6qGA46Y9+WM/ZhYt/ZEp9kvRWRSagMck/7YQMpEXFI2A"
    "wTEkmelYZt8wUpncqs+555Pq0YXQ97LAgNsXtv4sRHlxlYRlcfe0FoCP27lMu2FdBHDUAf"
    "VYGeLSkyAvs/EqCbtpAUxNayh2TXUO9kF8mjPaddUsul5QcE+drCySxmjVoS0qcWzUxAwy"
    "mJzrPg5OS0y/ibSQxv8F0/CQwdalC2WOuyhMvLDAHjrQc9ynPR1gNel4tWo90C7f1i4pVR"
    "habiNRWvqfjBU/E8+mIkpeHFnXEzBZ+WacG++4gE2DsIgO8wNIDtxey2AEdGn68WWL2ZJg"
    "zYZb2bRlVSnGCnE7eSlB8igbV2fvZ3bHu91j0FQZ1ZQ+VVDx/fOi54ciJ6raPTA+hF5O7B"
    "3UR6ALHyeTq6X+NqBgpsbjBUamH+mX1OI8myXFxvXJT7SYl2++j5ebiQjU7gVmyoEVkcoT"
    "jdiO9cuf3xbSS22DCMvjEZPpCNwbeUAeTX+F+ASfQGt2O+Thcx5jV76jf8wNVbYn6rfE08"
    "Wl3bBKrYBF3Z6Ccx0YqOW1sjRx3bu+8CdlJeE9HdsRbjXRXs+iPoUoEnHUG3R118I2fQJS"
    "z+rFPgTlFqEGPL5s9ufbA75qbNi2wvOe3RpgBes+9be656jd17x+H4855qLkpqNSutZs0t"
    "aW5JRQpEaQfl5yzSdCSjQ3K3x42sSKlgq+M3eL/jifT4oRZxzpwo/J/gx+Tgit/xTH6+Rl"
    "thcYBGdLas4EIeLeRlcT8uXAKP8x2mA20X2FTQHegBkWV0ib8g4GEX6BDcijN/bwGxA8Qq"
    "sqkFEDStWJZnKFgg1t2Db15UgcOkCHgkNo3DlGD8HJ4wkC/NcBgYUUhH3DRWQAQzQf5uBH"
    "pxTj4HLVjDAhxVAUGA6M+PrBFx3SZk78gP0iFzkTHBYoYLZs/nLcQhBWyxMucZDBc2CWqz"
    "JLRiccbgtzRdlPhRTHUUXS1kKoxP9eW1N2QrzAc8MwnRtZb1yQojzMDlJ/DiIOCxXKGD5g"
    "djcMBeKoz+I4iSJXtp/r9PsMkfzH79FJG4uQbmz6Tt0EohtjKrYr6hUWRZ0qSUSJI0KQdq"
    "hxYlUrMwWG68XfyLTM9r7tfOLetZ2vgOzQ49NtKzL8htrfU/g4Oc0MGa1GzFa5h2DeCl1/"
    "VkNtIaWf9o34Zcn1qhFZ+NmAtMXCM3xrRu3aMXGAk539Sw8kNExtOrG531VDGeOtGTnFVa"
    "HdKZl1eZXyo0dPe7WpD3YBPsuUiW+rwd8qUqlAa/1NbO0VqnbYK1ymZxLlbrtBL1qeOYt9"
    "vhSyvx3sNNtRqFnThpc4FKqmCGSiDjt9tpIJNWuu9nzdw94NoXrH3Bg8Ra+4J34gtm1tzc"
    "QZI5tB74nIiG/gnQp/xIDz9XWVbvSVfZ0ZURb110nElp7aqsXeFjqCq3dotHWn57+ztebk"
    "iN697fkaf2O34tJVH9yaj8yTicyBUak6w8aj+ckpT+fMqfzwLaTkg6YZoX0YCWAYWUIten"
    "Rs25krWoVuQ0tGVoa1J+1JsddSk/uhkd+zOob8TmqPjrKgqo3wAskx0C01HK4t8qm9ukIZ"
    "vbpJrNzUfEhV3ZpILQEIDeNqUU+1R7GdhlWb2eVHk9qfeFPws1633hz0LNOz7DcY9Uuw/H"
    "jA4TTh27oGMX9jh2oTwyrAHdJBHDQIHNDYYtMI0nozXAep7VNFBkixO3qsE2nyGR5x8pFR"
    "m3DLox/KR0u8gbG5nxMTniUM2YiwEWZu8RhdGI+BqbBshZjONIFmrxSBLAHxWkB3KKoBJ+"
    "2A7fQlkTqrPJp0lzFJbCke5Znx0lXVenK1R2y3eip7YcYlJ+ENvRNr3XL+r8FXRrvQ5p+e"
    "15GzaJ7podDil93ZP11oS3Jrw14a0JbyUoMn1S8fYoiNLS9KlmcrG2/QR4tbVc6WVK2XVf"
    "0IKp35pG2zRGErOuVGLcZNWRqKwBc4VbpH+n+B55IBaOjK1HKMJ7COsPbwH77XIjS+RLgI"
    "4D2DIkSl/wgAiPruUpCmBUjSxb/Nrr14erqjVmjRsMM6E1w4KBZGdq/WK3KDVAI239Od5w"
    "SPm5xV1QzokMYZW78VNVowGrT5REQVJ7fZVe0i5sr6/tUhLVpovKejYJmiOP2rCzg78sqA"
    "0X7ZTWTundg7sJp3T2sa/Dh1qobKAgV4bHAsrn0+vz6buLXRnc16whpjCYP0PB61cM7lKJ"
    "cZPBHaRlDT8p3MLg5hXzYxKgKeIy0tx8rC/9zI9MWCyY3SuzpNsLSn2bsVjer5l6FeJ7Rn"
    "LigjamFTSm672cq3Oc7IPHM23k7o092YchRX6Ft64orjL4Pe3so8mbNomsJm/qM1nxe0X0"
    "xd8OcCflB4jvcSu36HGDW/S46haNUmd0QTiTGB5VtBHPM3xgozgxQiJZODYc4F6QGgLUW/"
    "c9E7yw2YKsI/AlMY18b6+/AKOC/BnGDoJeo88/kSyBP2OieziMN8B/dnX1oQD/2WUZ368f"
    "zy7YtCl0wQrZkfUk2U1EMHt9SarTxq6eiOhu3i8ZG2JPwl2mz4LQEFDfwiKQGUe2fLND7c"
    "7DvIjefCgZLgKEvD4OrExMe6+U9mo0mav13Eyjlfo8aXftz9D+DNWp9h7+jBwH/FRnBvY8"
    "ZDJMp1mVA8W5ODyq5M+4SY/6GUl8Gbm74yY/Bi2Wa+HC4LFydyjamJfbY3mQZAU/BFPfR0"
    "yr8+i0Ix6BFcmMgTjjCECHIoLmMjfHeitvc2JRdZuoPnlaJcfHDC3Y8NTX9ZFJK2x5jRYE"
    "u0rl1IcL9hH1xTwVVpmSH1GsFOL6FINtd3GTypL/1fM4qYDKECuzJ3kPMhLvEXfTnbbRjM"
    "0eMDY6hG57BIMOoRtcCN3XQNh0FdtXXB83Wb1hUqKFvesjwhYth+CadRB+IK7t8VQiKIgy"
    "jvwCXOTOWBHgYwYkYGYmkhm2PWvR8W5qDTDjBktV71za7LYa5ELZmQz1AKcC60F4dYfe3s"
    "6wSaudYZOGnWGTCr46g+1gF52VddFuJuzMMSOZtQtem/qpu+AoWj1/31gIUORBj74F+JF1"
    "Os4tm4n/ItlOH4xFMrEoZZg41a06hz+pJj2P63l8L0a6LczjfA4w/oO9TiAXhLaH9Ojrzf"
    "mmeu+mKTg9n+v5fLPz+RQR27Rkk3l8p3Emh1mZVdN4vWLXPLHWJzaUzasScjqeHNW1I9bC"
    "TNdPnnHeni5De05kiFPoyUmbKfTkpH4K5fdK/gD2UXVAOC4+QHSPWi1QjhoWKEfVBQp7Il"
    "voS2bN+pPBciL6QOKOh4PtdDL74788aqqx"
)
