"""Videos and options. Made by `agm migrate new videos_and_options`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "media_asset" ADD "frame_rate" REAL;""",
        r"""ALTER TABLE "media_asset" ADD "video_codec" VARCHAR(32);""",
        r"""ALTER TABLE "media_asset" ADD "duration_seconds" REAL;""",
        r"""ALTER TABLE "post" ADD "options" JSON;""",
        r"""ALTER TABLE "publication" ADD "options" JSON;""",
    ],
    "postgres": [
        r"""ALTER TABLE "media_asset" ADD "video_codec" VARCHAR(32);""",
        r"""ALTER TABLE "media_asset" ADD "frame_rate" DOUBLE PRECISION;""",
        r"""ALTER TABLE "media_asset" ADD "duration_seconds" DOUBLE PRECISION;""",
        r"""ALTER TABLE "post" ADD "options" JSONB;""",
        r"""ALTER TABLE "publication" ADD "options" JSONB;""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "media_asset" DROP COLUMN "frame_rate";""",
        r"""ALTER TABLE "media_asset" DROP COLUMN "video_codec";""",
        r"""ALTER TABLE "media_asset" DROP COLUMN "duration_seconds";""",
        r"""ALTER TABLE "post" DROP COLUMN "options";""",
        r"""ALTER TABLE "publication" DROP COLUMN "options";""",
    ],
    "postgres": [
        r"""ALTER TABLE "media_asset" DROP COLUMN "video_codec";""",
        r"""ALTER TABLE "media_asset" DROP COLUMN "frame_rate";""",
        r"""ALTER TABLE "media_asset" DROP COLUMN "duration_seconds";""",
        r"""ALTER TABLE "post" DROP COLUMN "options";""",
        r"""ALTER TABLE "publication" DROP COLUMN "options";""",
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
    "eJztXetz27i1/1cw+pLsjOJJ5NhJs7d3Rnbcxm0SZ2LnbqebDg2RkMU1RagAaUXd7v9+D8"
    "D3UyStB0TjS2KROCD4OyCA8/59MKcWcfjReGH/nawG79DvAxfPCfyRuzNEA7xYJNfFBQ9P"
    "HNkUL2zjPmw04R7DpgeXp9jhBC5ZhJvMXng2dUXjMYKmaEoZWjB6x/CcH6HbBSNT+8ctmt"
    "quxZHtDdEtJyYjnjHDfHaLnn/4ND5/cf1hPDo5/UkQPhDR7GfkzQgKWiKbI5d6iHuUEetI"
    "DMaiJozGdu92/Fzftf/tE8OjdwTaMXj6r/+Cy/AM8oPw6Ofi3pjaxLEyqNuW6EBeN7zVQl"
    "779u3y/V9kS/FOE8Okjj93k9aLlTejbtzc923rSNCIe3fEJQx7xEoxxPUdJ2RddCkYMVzw"
    "mE/ioVrJBYtMse8Itg7+Z+q7puAmWvgTx+YzAPjItviRS5aGbf1vOMoUhWF8vroxri9uDG"
    "NQmBBiNDlehZdM6orJZLuewOz3P4J+E2zk1YF4wPmH8dfnx6c/STQo9+6YvCmRG/whCbGH"
    "A1KJfwK4/L8A+fkMs3LIo/Y50GGgXeCOLiR4J19NBF8E0BYgHczxD8Mh7p03g5+jly9rMP"
    "6/8VcJM7SSOFP4zIPP/3N4axTcE3gn+AZfWBuEE4rNYLx+Su8M4VenDQB+dVqJr7iVhTe1"
    "WrXBOEfWw8n8avS2Cdajt9Vgi3tZtAVeYqczypbparRzZD1E+/R1A7BPX1diLW7lJrZJRR"
    "8FlP92ffW5Yk7HFDmALdv00H8RbFXeAQJdA6zAQvQ85/zfThrQ55/G/8hjff7x6iy/P4oO"
    "znLAw8IgwDGwVwT/Pdzx7DkpZ0CWMs+EkPQo+qNfrLi5/HRxfTP+9CXDj/fjmwtxZySvrn"
    "JXn+cX+rgT9MvlzQckfqJ/Xn2+yLMtbnfzz4EYE/Y9arh0aWArjUl0ObqUYTP5sbChuw5s"
    "zlJugM3hfqy5vHkuO5h7hs87fc55Ws1plTnNyAO978TnLKXmsspcXlJ2zxfYJKUn0GpFQZ"
    "5ukyoDddm7Ri0glDDT+1KtQIxXEeS/UEbsO/fvZCWhvoTBYNcs0wmEGrRf0n0dJrjJ1eTz"
    "ZngZ668K8wtQgHcnnsThK0z7r5fnNwOJ+ASb90vMLCMDvbhDRzR3JW5bvDUfzfNXsIvvJE"
    "TiXcTIIxWm55H5whuUaTfDW8Na9Waq0Vr15pVLkIkdB3kz7KE5vicc4UBTZuJEa2YOkUnn"
    "cxu6ttCETGFSIdvjaGoz7qHJyiPIIfiB8KIicytPKFFZ/jpI9TmQ83Q+gVv/0rpMVXWZAY"
    "MKoF+6XoUyMybI4S6+9MNbrWC88N+L0avXb16/PT59/RaayIHGV97UAH/5+SYnCpMFNUvU"
    "apVwxu01miVoco8sWukow/Y9VJcdjxqoy45HleoyceuP3PEfXpOXnP2r8U2R9BHiRsaM4x"
    "pjxnHRmDHzvIUB5z3PL9FMVi4LOapOi4NiMtWm1wbqe3BYqTDEXcA2VThrZxBOkas8ldPj"
    "3P+SQRijJYeFagV7TPAo/bpiM3nX6nUhPpRL79UrdZqm0/xWDPNtz2xYJVg3E0aWUpswlF"
    "aGTW0XJLZOfM6RaqWnynxOqSFaqj2LlFrxmVsrtUZZa5QPWKNcsU5sAOQv2d56CnNxhVRK"
    "dQ9nYtclzqBEdR/dGtap7s1UowaeyeaMcuKiBQzmHVrOCCOISm17rB8+Ql/JnD4QC4Vdcw"
    "QTaTWUjsXejNgMzWzhCrwq80DeaP/f3e/uN9ezHXQLq5DHDV/8uJWuyQsHe0AxR0sMEwJ5"
    "FM0IZsJPWWi4ZWe219BX+fdBwqzish8+SPxN3AebUXdOAo1GdMvApklhbIJCdE1+LGC8HE"
    "CP+R/7HgXvbNDwy4w+Sdn7D2Cf+IF++XDx9QKxACc4waHLa/T528ePwSTVpggVTBHpedFF"
    "o5OmV1qlkx7o/iXfe3i7rpBHtErDHQ1y/1DnVrsuiOcXTJWBz411/57vZdtLKR8qRMNycp"
    "V5oJInvA6b2bKlCbuW0wrhhKJ/KuKtRCbhBzi8MMNnThHmGzhtlsOcpeoD1HWqwot/3NRb"
    "QGJN4cerz3+NmufNIvmIMDq1HdIW+ByZRr4D8li4cxdBP6PUIditwD0mykE+AaptLd7xld"
    "2ifnZ19TGD+tllHtZvn84uYLeULIBGdqAnKVq0dRhNp2l/aLaJRAvRls1ZSm2BUpvLsX6t"
    "PZszpJrPKvO5TpSsVhfWSpBP0xCWPXXctTUupkgeAefhfCjaXqvttWqDuw17bbhubgDgc+"
    "q6xARMx0mXPcU5u9k0sYrDWroBiK/hMaa0q34JOzzI1Xe9QTzZejLgwvNTRsY9WMLzU7zM"
    "JF7yGdTYxqPWRupDbBbgdjX2vRniMIFe2C7Cnog/C/Xp5fFqdQTCjn0rbsFIbBfkoVuRUm"
    "s5I66MV1sQxqmLRDQ6Cloh2x2iW3NGzHvD8omkkM0zlm/oA/N7aI0n1PegK+SSHx56/pm6"
    "5N13l1Pq/nSEboEz4sEWXvFbxOFfNKNLBGxYIXEtipyL2tHp7VA+h7gWolPE6ZxIm/pQ/j"
    "mh1gotsbC4O5YcM7zerWXjO5dyO3rCcrYS46HTKbwbcgjnIpYv87rkxwJ4UxObl9mfmljh"
    "fU6YNMHr8D1tM9/rnqiYzVwbchUx5EYrVCkT1lhxU7Qqo69NuEriuxUTblWcYLMlpTJeUC"
    "m8U8Pc/0J+x7ArjrNwhJrboYNhAf3q8LYKcp1M7hHRbhJI964rSyrINUsewRKd+O0pWDKk"
    "kAFyPciWRneOV/eiua8y9xmZQm/dQiPztJrTKnM6rTdry+k8rea0ypyOlYhFNlc7zWWItM"
    "tce5c5qWXu5saVodRuXEp/XGljQidGp2j1Mqoyp2M7Tls2Zwg1jw+Ax8J+V+RyZZquHJVO"
    "01V0ag5SRXdcJwvE+iNS+SMK2QUvXFaGo/IrypPtLhXmywP5iHRkwJP4frSjpnbUVNHBTe"
    "lU7aEHG7x6TdL2YqNhAz83keGmVSb3MQqzAUZ+a0foRlR99GBOCO+yoOAjEsW9iBU4hZnw"
    "dMQJdoTbmXAQc50VkrEfwt8LaMgPkeLkrrw+5bYf1zLVS3hQW5eypYCuOOFJBtQkbwnMxu"
    "jP6JlJ5wuYfQDCM52/RR1fNPgyypLDVnuHxAQquyt0dA/ZfHU77eqnXf2eoKufdonafSZk"
    "j7SvDpuh6l0V3s0v53Awsxmcggyf2W2AztOpPK87gj162TR3S23yloJ3JSOezwAq2g7vFF"
    "EfzKG7wToQMQwhbhTRrjY+58j6gPeuzc+6RsMa1LdUo6GdzlsruyuV3QdQQutQoOxmddPm"
    "tsMwFzgEc9ItxUyOVPNZZT4r5H6vmuDQJzZrI++TYLMuQfQ0+LznxGCHw9kWmawYCW2HvC"
    "WsBUKNrM4Rpl1P9g7uNnKEJd/6BjDukCZMzfVhLdKFJbIil5Uy6dgOFOeabGx7TxjGiEVc"
    "z8bl1bOSu8Na56lsu0bZwR4IE65CIj2WqG4VOih59J64P0c3OcKMIHguAQaH7kwz+25GuI"
    "ckpLw8kdiG+pY5x0SqN5lrTKQEiwpsBX2J/sWPKGOZ7XHiTIcI4CGhb5W4LVLhPeOILt2A"
    "rDpdFzSJE9SEw9SZuJT1fkpzqynsaRp9cMqdSKMpX8Cz0hCQotidKeCAQnFC46pcdjoYZW"
    "O6Xrgc7Nwsq44SV82DUy+UPlqH+yTYrJP+66T/iqOpFXpaoaei+kMn/d+7mul8fH0+fn+h"
    "c/4/At6qnP8xtvvR4F08kPI8/8GNYZ3ejsRN1qrsrqMU9iIJvYdmUnEmlWoII+5PfoM5cI"
    "RuYSW1BcktoswSeetNOp/bnghYlA/jMgTR5ujOhp9ospIaMkYcvCqq8nb0zJYRj+sL1Mun"
    "Gr7r+vMJYUROmbo4x+gFdIl69ZR8EW+KsJ/Zd5V6qTTVRlLE7DcwJtBK/Wk0Oj5+M3p5fP"
    "r25PWbNydvX8bqqeKtOj3V2eVfhapqmJblirorCVgB9eqwjah9L3RV245FClfPlpJClkrL"
    "CXlxFm63FWcTEi3O5pMqYji6Oy0BzVJpTLOYUtP0GeukrcyRanWl0upKrQvSuiAVhWil8w"
    "pdWmS+oB5xzRVwbVAiU+daDOuEaztpa9yHjdeK2b/MZNk7EzsOYWFpOgqz5l3gn4L5TDid"
    "iBJwtrvwPSnZyoJ2QtQysRS7pLBswsCDpkW5elsPWV+CTuCgHVpUlXXDWdpU4Aqb91DeGp"
    "2cNImQPzmpDpAX9/Ke7PCmcNpvm2cjT9dDvLeQOilZqtpKZAVKfQY66Nyku9SUaRFCixBa"
    "hHjCIsQnYtl4zDkpNcml7taKDnPRzsBxwwZZSKe2QyJ/dMeeMMxWR0j4wgcHdTonHE0Znc"
    "NhHsEiIExXwiQ2JZ45g+P/ZAUCgUAWBILlTPRle2jByAJDy7I0pFt/3nqrnBYcVBEcdMa+"
    "HWfso8y+s0tsktVSREKhMsgd5YctpESkPoMdxmcleVZq3OYzVDqVWXufebGtGG1rTmeI+j"
    "i9t1F4eg4CltHWxp4h6sP8zuWybQT0qxqgXxWBnqw8YnD7PyVA17mQZMh6VGZox14kS9vy"
    "2qSWi9v3CPKNhZPNQBqdlSh9KtFMCDScZbn6WKBn5CIQ3ypLXuBQXFW0s4Q4B/JUUB8ezD"
    "UYvr/6dvbxAn35enF+eX0ZJvWMtWbyprgEF+xIHzD+mI8ytS1CZb5Zs83WlyPr3+a3+UP0"
    "lMEfhsCj1czOkuk53WBO8xkenZy2mc4JRf9m8ubNSdjxDA/EvjbCYJqmDxjvPHy6PKt1Ne"
    "BVWa012k1KWB+UTU8ZVmijnjbqaaNe7416Io5rUGrQk3eG9ca8uE0DO96CME7dZxwtHEAD"
    "2W5oJ5PglBni1hOsd8vzOVzWfnmqmtcYdVppaaP2fVSFb1xI/Y3abqdzT4ZQ5+hR+dQj1r"
    "eWB54UiT7r6EQj+hC5f3C3kWhEnnwej+63sJueAptaDJU6mH+Bz2lQciyX12sP5YuoRbOI"
    "HFFZG8PqhG6la57MB4tlnTThA3f7+/eBdNYDjL4DjVjIhuh7rAEU18T/iLLgDW6H4pwus1"
    "VUROds8YEyqy2V78dvZRJcmNE8duaLavEKh7wl5mjJRCoNV2S+HSL4LcKCxEnVdGAEIlhI"
    "UM1/ls+R6XFlg2CmNvXk+7Xw6YokG1oAUUUAaav6fpTaW9FFcmeaWMd279uAHbXXWu/2WM"
    "vFtQh2deXMmOBRlTMPaIpvpXRmuPu0AT5FoouWdkc+MtZMWkV6Zql6sapvv9j3g90ymXma"
    "ZHfZzF9tC+ANO0tpA2WnXfPgVHULqyObs5SazUqzWasQtQpRRU2X0nboL0lqgkGZ1it1e1"
    "ir/Mo1bFSvScw7kXlVVEEKk6wF+WIYXUaVjn6jk/KCTE2JpW4qKEYuVV7LGXGTQNE5XiFX"
    "qLVMB9tCQSW1WuSBsFVwSbwgEnF65Ajdyrw2Br4Dbue6C0zmyMFcqLhcmMTfXRvGx2xiSR"
    "XXVCq/CCPwuCV0JevN3yJmcwKd2N4MEWzOwmGI7DhTAl8O/+4GY3FgAEwqzkKtGg6HLJLV"
    "ilMe9bkRhBOGw4IGMpBWjAh44Yb5YB0yhXfkNOgCI068F0sYRNi3iQEuUcSNWVLrNgMRiM"
    "LzxQip7yE491gie+7UZlwkyhVclhG2bgCHeCR8EYGmMND+ySaR6g+b0Fyk0bVdqfr75fj8"
    "u3sjW5yHZHIgQin4c1AfK4jldWmQtlc8QzS3HqUHHKJf4zyJ8kc2x19wNZOiNyxnL3qvSd"
    "ObzvQBFPITWVVn6Q0Yhi4/o+fPuAhi9h1iPRuiZ/BSfvAXIx5bwYuLvxeMmuLB8OunwOaQ"
    "GmC6GHuLUUqytemE0wMNQqqjIcWqyJIhpUBtMaKIauLz1dbHJVaWgLMx29uOc8d8Lh18i2"
    "H7Lnyf8PnOG3P9z+hZiujZhtg8C89izQYgWm/qyS4hliiE5In6gsF+1WwQOcJNjQcWOSOZ"
    "r82Hk5rja2ZJZIAxUmte49EtXW5Etq26geUfIlOPX93o9OOKWV4iPpVr69bnVkjTq6y3yw"
    "x0/05hxH2wGXXnpKwGSTPkc10oDX5urK3Dpk+bRE3n1Q2poOnTQvoFnVBktxM+J5Z0Xm6K"
    "3ShsloyHi1RiBUhtvMxu0IwDCbXScz8Z5v4B194N2ruhl1hr7wbt3fCkkAc52nJIK+RTJH"
    "rSPwL6WFPWwXKbp9XBNCqbbrN2lba8LlJrbqvM7UTh3obLCZXmrsrclYbNInMrXdTi9rvz"
    "T3u5JTZu2j8tbdJr+bXkSPUno/In4wiDieRYyTmz8sPJUenPJ//5TLHt+KwVpmkSDWgeUG"
    "H5nC88o6KQeiWqBToNbR7aisxU1UJmVWYqLdy3kDALdvECA6oDGMpo+6BRzJWtapS+eFST"
    "vnhUTF+8IGyO22ptM0R9AHrXqtvQd6GTOiVPq8+TKp8nU06ZbVa0HFkfvrHsYtaoBF9NBb"
    "5iAT4dQfQkPigdQfQk2Lzn8vAHxNoWmZ0qj9Y19TIrT9QaTh3lpqPcDjjKLb8ybADdKDNT"
    "T4FNLYYNMA03ow3Aep701FNksxu3qmGZXzArT0iWazJsGJ5pLKLWzWI0bWKGFTgzqbxmFN"
    "4jCLiUkZi2x4kzHYaBit5MBAoi8SguoxlFOxkzKOp4CqfwiqDObT6tNGlxLnD1HubsIJq6"
    "On+xskEsEZ+a6jai9r1wsN2293Iw+QvoVtp34va7s+tsE90Nm3ZiQ0FH+4I2LWjTgjYtaN"
    "OCEiqy9EGypVKnQKlVEPUqiNzR9LFicra3wwR4vbRcmGVKyXVfAfEz3wIBZFAi0qXuDuuk"
    "OcE3Y5I0XCvIfaBLNPfNmUjJIlKqOPbclgmhfU5EQmjuT34jZpLBBR49RF/gFUS2Z2xKvx"
    "0UUFCQupYzKrLSyKY1hWR29tRSwS4XgBzV8g4fqkU7ZUU7HSi/30D56EvpAnxEqzTiMjdW"
    "tK6ogXm0KpXCXhHhlJCojHZH4fDV6G0TjEdvq0EW9wrCoVm6qlRqNlIUWrdRottgRERd8Q"
    "5iX5ZSC30qC310wgl76CTd50i1A4xyjC4IoHuSjMgUXmQ2DkIFBmXSUbZFvYQUtDVwqnGD"
    "SpkevScuCokDM5RIWgmHHQbz8R2C33NhfpI5R3FYnEbm7QTBRGRSE6IODropK6y58f7X57"
    "/Uco0qco3kmjHDvCQ6ssYpN0PVw5Pe5uskUN8zaZUMU7FNJSR90P9v20AYLlhd8jJkKPVx"
    "QLnjQCaA0na7WnVypPp8rzKfTUYskdIWt3Z9zhNqk45219XuuvsHdxvuusnHvgGMzzOd9R"
    "TkwvKYQfl8fH0+fn+xN1MkmdMH7AxKJe3g1rBexE4aNRCtOUwPYoHsCxwMKs7i2L1ziDws"
    "BGMKU+YdurXsO2gizYKiBMX1h/GL0clpumgFI0C6Eg3uYU8rFbW3+jxZU8QETLK1NsIiIC"
    "Z2Eeb3CE9ArDhC1cVHYM7L6h9hdd6gNEdY80JWCknVvKBoQr67ksKS9lHHgeui+kfkJxZW"
    "VJbPgQt3VNbYlaVFZFkUeMeGOoMOhS/C2dCkGELQoc4Or6aWQmeH34tErY3e+zXABntAG5"
    "VRQrEZpNevNAeskhN7ZRtwo/Ya2rXQBgfKkiRXZ5Q6BLsVszehymE8ATJ1VopN7IZnV1cf"
    "M6qYs8u8T/O3T2cXsGJI2KGRHZzQa3z5w8NWmzldRts/ZfNWHDcYMYndzQCdI9UaZ6U1kT"
    "o1bJ+5a9L5Qmw7nfLl5Gg1p1XjtCKOJNdwsjGllkq4kg9K1Fu5FsM6LReP2xqLqHEDbVfe"
    "iz0qtmrfuS9s4cUxJYyXqa2aE5Y6vYdk4n4c8RodO8J7svyfdhJRVP1SHde8XgFwCDHO8S"
    "D3r3Ip+zC6HOez5CqDr9KRvjrKoBzuQ4gs6Oqf0ygQ+rgmEPq4GAgdFKFpg3BC0T+pdCux"
    "5vgBVnFm+KzEIFodbJ6l6gPUO482Z3Rqw4GsJfA5Mo185zh/CUYB+Vp9Y45S6xxb6BwZhd"
    "cvMcjVTvWIRE/zbgUlCTyJttk+M0R9QH0XAXmU2+XpDaoj8lIkOiSvZLnghHQpopYi0zpy"
    "5XRrmWNnjbharZuplVKfpjup9tPVfrqqu5B28NNN6YAf66RLXZeYgOk46bKnOGeXR5X8dG"
    "8YdsMjT4ktI3V3WGfH8LLtGpgwRHZcYYuQjrNJVqVnMlzV8/kRGi8WBLhqJT6mAc0QuTJR"
    "D3Y8wohVZubYbOfrPVp/LUkMFdlBtOFDBcPHhExheepq+kioFZa8BlNG5+EEV8MEgqfwEX"
    "XFPCZWWSU/8KhSiDOCeZm82wzyhFppzJNh7h9w2OXKCitW63FiApUhVsb79ACqPR+Q7qa9"
    "2kZrbA5AY6OT5u5OwaCT5vYuae43LmW6guwrrw/rpF4/atFA3g2CN4/QNUwQGXTpiuIhhA"
    "c1Rn5GczKfQBO0oAAkEvGZZYJtx150Hie1FphhjaSqPZe261ZD5tguceyoBjgm6F202PGo"
    "kWfYqMYzbFTAV9es7e2hUxEX/MQwU7JrZ6w21Vt3xlC0fv++mRHkERe73jtElzDphG7ZjO"
    "wXkTs9H8ryYUGRsDmxbFzcwx/Vk97H9T5+ECvdDvZxsQcY/6FuK5AzRLtDevDt5nxbs3fr"
    "sfV6P9f7+Vb38zFhtjkr28zDO7U7OU7arNvGqxm74Y21upRh2b5aopwON0d15YiNaKarN8"
    "8wH3WbpT1F0sct9OSkyRZ6clK9hYp7OXsAfFQtEA6b9xDdV40OKK9qDiivigcUeKJXmm/p"
    "b9dXnyt2zIQkv13apof+i+BUfIiGrBpwBRiZPbLgYZ93ps9tfqKDszKl/S43sz/+H3+6OX"
    "I="
)
