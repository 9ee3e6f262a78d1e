"""Publication at rest. Made by `agm migrate new publication_at_rest`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""CREATE INDEX IF NOT EXISTS "publication_at_rest" ON "publication" ("workspace_id", "status", "id") WHERE status NOT IN ('preparing', 'publishing');""",
    ],
    "postgres": [
        r"""CREATE INDEX IF NOT EXISTS "publication_at_rest" ON "publication" ("workspace_id", "status", "id") WHERE status NOT IN ('preparing', 'publishing');""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""DROP INDEX IF EXISTS "publication_at_rest";""",
    ],
    "postgres": [
        r"""DROP INDEX IF EXISTS "publication_at_rest";""",
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
    "eJztXetz27i1/1cw+pLsjOKJ5TibJrd3xnbcxm0SZ2L7bqfrDgWRkMU1RagEaMXd7v9+cc"
    "D3UyStB0TjS2KROCD4OyBwXjjn98GcWsRhBycL++/kcfAe/T5w8ZyIP3J3hmiAF4vkOlzg"
    "eOLIpnhhG/dhownjHja5uDzFDiPikkWY6dkLblMXGp8g0RRNqYcWHr3z8JwdoPHCI1P7xx"
    "hNbddiyOZDNGbE9Ag3ZpjNxujlpy8nZ6+uPp2Mjt/+BIQPBJp9QHxGUNAS2Qy5lCPGqUes"
    "AxiMRU0xGtu92/Jzfdf+t08MTu+IaOeJp//6L3FZPIP8ICz6ubg3pjZxrAzqtgUdyOsGf1"
    "zIazc3Fx//IlvCO00Mkzr+3E1aLx75jLpxc9+3rQOggXt3xCUe5sRKMcT1HSdkXXQpGLG4"
    "wD2fxEO1kgsWmWLfAbYO/mfquyZwEy38iWOzmQD4wLbYgUuWhm39bzjKFIVhfL28Nq7Orw"
    "1jUJgQMJocr8JLJnVhMtkuB8x+/yPoN8FGXh3AA84+nXx/efT2J4kGZfzOkzclcoM/JCHm"
    "OCCV+CeAy/8LkJ/NsFcOedQ+B7oYaBe4owsJ3slXE8EXAbQBSAdz/MNwiHvHZ+Ln6PXrGo"
    "z/7+S7hFm0kjhT8ZkHn//X8NYouAd4J/gGX1gbhBOK9WC8ekpvDeHDtw0APnxbiS/cysKb"
    "Wq3aYJwj6+FkPhy9a4L16F012HAvizbgBTudUbZMV6OdI+sh2m/fNAD77ZtKrOFWbmKbFP"
    "oooPy3q8uvFXM6psgBbNkmR/9FYqviewh0DbCABfQ8Z+zfThrQl19O/pHH+uzz5Wl+f4QO"
    "TnPAi4UBwDEwL4L/Udzh9pyUMyBLmWdCSHoQ/dEvVlxffDm/uj758i3Dj48n1+dwZySvPu"
    "auvswv9HEn6JeL608IfqJ/Xn49z7Mtbnf9zwGMCfucGi5dGthKYxJdji5l2Ex+LGzRXQc2"
    "ZynXwOZwP9ZcXj+XHcy44bNOn3OeVnNaZU575IHed+JzllJzWWUuL6l3zxbYJKUSaLWhIE"
    "+3TpOBuuxdYRYAI8z0vtQqEONVBPkv1CP2nft38iihvhCDwa5ZZhMILWi/pPvaT3CTq8nn"
    "7eFlbL8qzC+Bgnh3wiUO38W0/35xdj2QiE+web/EnmVkoIc7dERzV+K2xVvz0Tx/Bbv4Tk"
    "IE7wIjj0yYnJP5gg/KrJvhrWGteTPVaKV589IlyMSOg/gMczTH94QhHFjKTJxYzcwhMul8"
    "bouuLTQhUzGpkM0Zmtoe42jyyAlyCH4grGjI3MgTSkyWvw5SfQ7kPJ1PxK1/aVumqrbMgE"
    "EF0C9cXmHMjAlyuMOXvn+rlRiv+O/V6PDNz2/eHb198040kQONr/xcA/zF1+ucKkwW1Cwx"
    "q1XCGbfXaJagyThZtLJRhu17aC47GjUwlx2NKs1lcOuPnPgvXpOVyP7V+KZI+ghxI2fGUY"
    "0z46jozJhxvjCEvMf9Estk5bKQo+q0OCimU617baA+F8JKhSPuXGxTBVk7g3CKXOWpnB7n"
    "7pcM4nm0RFioNrDHBE+yrys2k7dtXgf1oVx7r16p0zSd5rdimG96ZotVwuvmwshSaheG0s"
    "awqe0Kja0Tn3Ok2uipMp9TZoiWZs8ipTZ85tZKbVHWFuU9tihXrBNrAPlbtreewlxcIZUy"
    "3Z/hxQ0jgxLLfXhnWGe4N/ECHNjNDPef6BLRKScuYkJF42AJRkvMEHjA0dKGCwi7aEZ97w"
    "CNmT/5jZh8DNG/EAv8TYwfUQ9h06S+y5HNkfyDQcTxEEnaRxRP6qJVf/uPLzX5E/fB9qg7"
    "J4FVIop2DZ8Hf8IItA9AWR9AjoFdrCm5LpS2qOTGuvuAXB1PvknFPlmGGnsREpIeQryZKG"
    "dY4QsQ1yvUEY02mSitSgtpoo3nImqu/Zmhz6Kg4O1ILJ5h1yVOqVwc3qoXjFONGhzYM2eU"
    "CcF0IQbzHi2FrChkTRmEEotMB+g7mdMHIaqGXTMkhIvHoTxvJ6RL20MzG07IPZYdzFtr/7"
    "furXvjcttBY/HhcGb48GMsxeSFg7mgmAvJGmRjTtGMYA+O70l5GzqzecMjfL8PEmYVrSHh"
    "g+DvvDgV3jJCWR0ooGvyYyHGywToMf/jkPzgnQ0aSmvRdyh7/yHYBz/QL5/Ov58jL8DJwB"
    "xdXKGvN58/B7qbls5VkM7T86KLaJ6mV1mcyQx093LjvXi7rpBHtErDHQ1y91Br/XO3+mfZ"
    "9tJCXaogV5kHKqlOWvvfcAAWdi2nFcIJRf8iJzZyYB8/COHFM3zPKcJ8LaTNcpizVH2Auk"
    "7tP//HdUbjLwQGxVr/58uvf42a56OF8okS6NR2SFvgc2Qa+fbIc7ssaL4mHMsujZnfS6w3"
    "LQ4uMDiwiuieUuoQ7FbM6ZgoB/FEUG1qY4yvbHdGn15efs7M6NOL/JS9+XJ6LiQRibpoZA"
    "eu2WIQrT6532lJ2TcbbmLhacvmLKUOelOby7Htsj2bM6SazyrzuU5NrzbF1mrnzzP2Lit1"
    "3LWNZ0yRPAHO/flQdIioDhFVG9xNhIiG6+YaAD6jrktMgelJ0mVPcc5uNk0CccVaugaIr8"
    "RjTOmz/hZ2uJer7+oY3GTryYArnp9y4O4gyiA/xcvCDUo+g5q4g6i1kfoQm+XUuDzx+Qwx"
    "MYFeQTQrh5QXoa+iPEVGHQHECIzhlhiJ7Qp9SAbSLmfElSkyFsRj1EWQAAsFrZDtDtHYnB"
    "Hz3rB8Iilk80xUgegDs3vRGk+oL4NwXfKDo5dfqUve37qMUvenAzQWnIEHW/iRjRET/6IZ"
    "XaI5ROjCtShZR9SOTsdD+RziWohOk/jgofxzQq1HGSnMqWPJMYvXG1s2vnMps6MnLGePMB"
    "46nYp3Qw5hEDeMM69LfiwEb2rSgWT2pyYRDj4jngxv0NHCOh5hp3uiYvEI2kmuiJM8WqFK"
    "mbDCQ56iVRl97R5XEt+NuMerUpM0W1IqU5QohXdqmLtfyO887II4K0SouR0GbxbQr86oUU"
    "Gu81c/IcGGBNK968qSCnLNkiewROeafg6eDKlkCL1e6JZGd45X96K5rzL3PTIVvXXLxpKn"
    "1ZxWmdNpu1lbTudpNadV5nRsRCyyuTogMUPUhxC5bYcjSitztzCuDKUO41L640o7EzoxOk"
    "Wrl1GVOR37cdqyOUOoebwHPAb/XZHLlefrc1Q6M3AxqDmoTtNxnSwQ649I5Y8oZJd44VZZ"
    "KvJk28tW8XpPPiJ9MuBZfD86UFMHaqoY4KZ0dagwgk28ek2dqGKjYYM4N0iq2ap41AkKE5"
    "BHcWsH6BoKzXMxJyC6LKgxj6CeMLGCoDBTPB0xgh0IO4MAMdd5RPLsB8R7CRryA9LH3IWl"
    "6XOZdzb9uJZpdEJBbVU6nAK6IOFJBtQkxgncxujP6IVJ5wsx+wQIL3RuHHVi0cSXUVaPoj"
    "o6JCZQOVyhY3jI+gtq61A/Her3DEP9dEjU9ouvcGKAzNBmLc9SrQfs1TvoHi/nQjCzPSEF"
    "Gb5ntwE6T6fyvO4I9uh107w4tYlxCtGVHuG+J6Ci7fBOEfXBHbodrAMVwwB1o4h2tfM5R9"
    "YHvLftftZl4VagvqGycO1s3trYXWns3oOqvfsCZTevm3a37Ye7wCGYkW4pZnKkms8q81mh"
    "8HvVFIc+sVk7eZ8Fm3XV0+fB5x0nBtsfzrbIZOWR0HfIWsJaINTI6hxhOvRk5+BuIkdY8q"
    "2vAeMOacLUXB9WIl1YIityWSmTjm1Pca7JxrbzhGEesYjLbVxemSy5O6wNnsq2a5Qd7IF4"
    "ECoE6bGgclgYoMTpPXE/RDcZwh5B4rlEMDgMZ5rZdzPComK55YnE1tS3zDkGqd5krjFICR"
    "YVLwv6gv7hR5SxzOaMONMhEvCQMLYqqvT7giG6dAOy6nRdokmcoCYcps7EpWz0U5pbTWFP"
    "02jBKSeRRlO+gGelIyBFoQtelngDQueqXHY6OGVjul6EHGzdLauOEVdNwakXRh9tw30WbN"
    "ZJ/3XSf8XR1AY9bdBT0fyhk/7v3Mx0dnJ1dvLxXOf8fwK8VTn/Y2x3Y8E7fyDlef6DG8M6"
    "ux2Jm6w02V1FKewhCT1HM2k4k0Y1hBHzJ7+JOXCAxmIltYFkjKhnQd56k87nNocDi/JhTB"
    "5BtBm6s8VPNHmUFjKPOPixaMrb0jNbnniE7PjD2tOO8qmG77r+fEI8IqdM3TnH6AXQxVXK"
    "GKyNfCoY+SLeFGE/te8q7VJpqrWkiNntwZjAKvWn0ejo6OfR66O3747f/Pzz8bvXsXmqeK"
    "vOTnV68VcwVQ3TulzRdiUBK6BeU+M1bN8LW9WmzyKFq2dLTSFLpfWEvDorbrdVZxMSrc7m"
    "kypiIbo7LQHNUmlMs5hS0/Q9r5O1MkeqzZVKmyu1LUjbglRUopXOK/QX6jh0ebMYlGjT8b"
    "1hnUI9la0Mf9FMqYZYlVDBpWhCkBWFmOBAdzKx1KPwlBNP1n0zseOUh7y070ZGt0SV8aJa"
    "ehgBh0SzOX4MSuGZDrbngupDEABDxRQOY1voA/GE+i0P442RZzMiOrH5DBFszkI60LynRN"
    "Aw0MW9x1vXwTCKpWdzEsTP4PAZoisGenN2ODBUWSsvKNAXvOAcWySgnPuMI5fy5OrSFgOE"
    "xy5nlJFbV1CZdC6TI0G7e7Fiuh/Q2HflX2wcBvuI7kRz+TgmRiKkCMsh4i4ECS1nshahWM"
    "ax+8pfiEHQe/n2aOrReVBQMMF5KGDlArlxFP8D5gjxYigMHRJqMIL7QzSOC1PZVvjO4kHw"
    "svAqAC2c0437kcUNp9h2fI80NFz8OkgNLPzkAvtFhyRO8eRukrsp6FJaNC7TcYSppxaHxj"
    "G7bz4KMR0NuggCFNoORRtYVDGwSJ4XIG+W6yWiVVnljwepSJ6XrljHxEqDHY9y92jDGl8E"
    "uzrmKmqvM2C0D7UKt+si3NU5MFIkulLYE9Jg6ByAGzXU6nwOfTbT6MQnawt1DhWjNhl50i"
    "Qa0GLsuFTG2y49KTK99qi89kQWkBYfTJpEfzD5DyZlzWkjD+XI+iD+FxIONpCKRvXpBgtJ"
    "enXOux0I+/qww7PYGnTCmufB56IFvnHcSoFSe4r1cQztgt89uJs4jpH62tcA8rdsbz2Fub"
    "hCKhXrcGGR+YJy4pqPgnODkoiHXIthXdyDnbQ17sPGK6Mffgnd6thxiIcwuyeWDC94H+Ti"
    "wGwGAQIQr2C7C59Lp37O1x6GD4iBB02LsRGbekhp/o7MUgQ46OQdqrqdw1naVEkPm/fQZT"
    "E6Pm6inR8fV2vncC+ftU+8KeOta4rk6XqI9wbKRGkpfoNR6Htl8djmqaA+KcJaV9O6mopK"
    "hNLh0l+IZeMTxkjp8ePU3VrVYQ7tDBw3bFBxdWo7JMq959gTD3uPBygIggZBnc4JCyJzsY"
    "vEIgCRpBBDOyXcnAnxf/KYhDkvZ9CXzdHCIwssWpaVXN3481YH8mrFQRXFQVcn3HIcJfXs"
    "O7vE7lStRSQUKoPcUX/YQFgw9T2xw/heSU2ZmhSBGao+eK23HbQK24ohf7SY2xmiPk7vRs"
    "ECRzXBAkfFYIG5ULCMtvkEMkR9mN+5ur2NgD6sAfqwCPTkkROD2f8pAbouXUaGbC35MnYN"
    "9U4yZixti7eJJo3b9wjytUVzzYQ2Oisx+lSimRBoOMvqEnqBnZFB0QGrrFCDQ3EFtGXEOZ"
    "CnQL1/MNdg+PHy5vTzOfr2/fzs4uoiDOaKrWbyJlwSF+zIHnDyOZ9R27YIlbV1zTZbX46s"
    "f5vf+oXoqSf+MLzSA3Y1MztLpud0gzkt8/BVpIesTsiVIdILdEm4/wyPjt+2WSUSiv4tEO"
    "v30mGHG22PhKZp+oDxtjXsiiDxasCrgsQ12g3Q3i9XqTKs0L5S7SvVvtLe+0ohFfCg1E8q"
    "7wzrfaRxmwbu0QXxGHVfMLRwMCRrirI6SXDK/JurCVZHO/pMXNbhjqp6LT3qtDJ+R+376G"
    "FYu+7/G7XdTnJPhlAflVJZ6oH1raXAkyLRso4+HKWFyN2Du4nDUVLyeTq6N2E3PQU2tRgq"
    "JZh/E5/ToEQsl9drhfJF1KLZQSebIYbF6oTGMuJRZvXEMu0AhBaOf78dyBhIgdGtoIGFbI"
    "huYwsgXIP/IYmofIPxEOR0WfCk4tDTBh8oU8dS+X5hitQge2oYIxlltIA4R8hmCsleOXEh"
    "Je0Qid9w2gokVdMRI4AzWEA1/yCfI/PWygbBTIVkrHzmEWyNb93MG0x9D3QRtMAeZ0P5Qu"
    "mBw8vIF4cLQf7YB/LHOHzKUlDCqOFfGL9L3eY5VfOLBGRU1aqOKqrOVvMuKrocb83m69hu"
    "SfbWarCj9tq+3h5ruZoVwa5OeRMT6ASXT8h5E+5zbYBPkehsQ92Rn9oe40aYPr3NKlMg1M"
    "tN++UmkLraTPuEQs/6p+fYmrQ6oJ6l6oUss+mIDI882Kw0pUllGFGaZHsJEA83BfCaQ4h0"
    "AECnxXvvTOELqyObs5SazUqzWZvotYleRUuy0nEe6dxmZVblbOqzGuNyrmGjUmIw76BCFt"
    "TpCutgBmmuPLqMikj9RiflBcSaErcsGyatxrL0V3AJXhDJKi0HaCzTcRn4TnA7110QkhKU"
    "vFpiV0ziW9cW4/NsYkkT8lQal8F865LlEKzUvsttJ6CPapyJAZnSMC3eS8yQwB5t8+ZFy2"
    "7dYOh1RcsWIBRSnxnBoemkkFdcs0uwzg0rfDtkKiBhNOgCI0b4q6UYRNi3iQW6HjGpZ8mX"
    "mAmNiYrnwwih/BnoV1DnTSq4YBkXk0LmEXDT5cbcwHAfGONlk8gSj03RHAqj2660xP9ydH"
    "brXssWZyGZHAhLCr4FGQtcGhSYg2dAc+tJxvIhVP8KK9/KH9mqrSUVyvK9JAfUV5djT2c5"
    "wtwQzaT4ES2dg2GxZFjQvawXdvEVvXwRZGsQALwYoheJkfzFT4WiZs1KqaWH1KCYWjgcOR"
    "QGOSV8h1gwFIG+H/zlEe49RgP0qAkPLh2gQzAjhvxY2oxSklltBtocsxT3W4woopr47HHj"
    "44IVM66p0m2cW+Zz6eBbDNt3xUIi1pl5Y67/Gb1IEb1YE5tnoYzZbADQel1PdgmxmECNi9"
    "U13IebDSJHuK7xQL3DZL42H05qjq+YJXEpgtTi3Hh0S5cZkU+8bmD5h+jCjGr6USM+lVsh"
    "V6e6SdOrbI/MDHT3waTEfbA96pa7PJohn+tCafBzY22dxeJtA/wP82aUVA6Lt2VFMnV+py"
    "1O+Jz+1Hm5KXajsNcvHi5SiRVCvWRl/pBmHEiolZ77yTB3D7iOVdKxSr3EWscq6VilZ4W8"
    "jlXSsUpK476RWa/rru8M+tg+3KVGb45WHz1VORAj6yVty+sitea2ytxO3ExtuJxQae6qzF"
    "0Zd1BkbmXAadxel9vOR5umHdktv5Ycqf5kVP5kHHATSo61KVWfo9KfT/7zmWLb8b1WmKZJ"
    "NKB5QMHfP1/w1qlJC3Qa2jy0FXkcq5XMqjyOWrlvoWEWokEKDKg+jlRG2wfDVq52ZqMaCq"
    "OaGgqjYg2FBfHmuK2vIkPUB6C3bUEMI3Y6mVPytFqeVFmeTMVMt1nRcmR9+Mayi1mjOsA1"
    "ZYCLVYD1ecBn8UHp84DPgs3ZUOGmgbi5AGN9FjAndlSJ1jVFuyslag2nPrOqz6zu8ZnV/M"
    "qwBnSjPIY9BTa1GDbANNyM1gDrWdJTT5HNbtyqHrL+hr3y9J25JsOGh62NRdS62Ylr0RoO"
    "2mIUxBMFx3pthqjPP6CxZPEYvY6O5soz1jZnxJlWHMJ+Wn+lafpzR8nvRSeDaPrpjP3KHr"
    "+K+NTUPhG170Vo+Kbj7oPJX0C30kcTt9+eb2aT6K7ZPRMb+zv6CLR7QLsHtHtAuweUMHOl"
    "hcGWhpkCpTYj1JsRcqLpU1XdbG/7CfBqjbcwy5TSzb4LxE99SygggxK1LHV3WKeRAd+MSd"
    "JwpTL2iS7R3DdnoDxB1iLHnttScfIZgRIIzJ/8RswkSZJ49BB9E68AmaOwKWNvUEBBp0O0"
    "nFFI/CSb1pRO29pTSxW73NF5CbX4P3yoVu2UVe10iofdpniIvpQuwEe0SiMu089F64oamE"
    "erUinsFaeUEhKV0e6oHB6O3jXBePSuGmS4V1AOzdJVpdKykaLQto0S24ZH4OQU66D2ZSm1"
    "0qey0kcnjHgPnbT7HKkOYlGO0QUFdEeaEZmKF5mdBOH+gzLtKNuiXkMK2ho41bhBbWhO74"
    "mLQuLAuwR5YYWw44n5+B6J33NwKskswDgsxyZT4wrFBHIAht4p6KaslPTa+1+dYlbrNaro"
    "NZJrxgyzkhOONYG1GaoeSnrrr1xCfW7SKh2mYptKSPpg/9+0gzBcsLrkVshQanFAOXEgm7"
    "XH7erVyZFq+V5lPpsesSAZM24dvpwn1C4dHXKrQ253D+4mQm6Tj30NGJ9lOuspyIXlMYPy"
    "2cnV2cnH8525IsmcPmBnUKppB7eG9Sp20qiBas3E9CCW0H0FB1kYxRmFOA0Rx6AYUzFl3q"
    "OxZd+JJtItCFVerj6dvBodv03XhfGIIH2EBvdiTytVtTf6PFnlxxSYZMvZhGV5TOwizO6h"
    "proPZWgqywGJOS8L7IRRrEH1m7CsjKzdkyorQ9GE3LqSwpL+UccR16HAThQn5jPiiXkmny"
    "Mu3FFZVV5W75GFisQ7NrQZdCjZEs6GJmU8gg51XQM1rRS6rsFONGrt9N6tAzbYA9qYjBKK"
    "9SC9eqXZY5Mc7JVtwI3aa2hXQhsIlCWJqk4pdQh2K2ZvQpXDeCLI1Fkp1rEbnl5efs6YYk"
    "4v8jHNN19Oz8WKIWEXjexAQq+J5Q+FrTZzuoy2f8bmjQRueMQkdjcHdI5UW5yVtkTq9K59"
    "5q5J5wvYdjrlvMnRak6rxmlFAkmuhGRjSisVhJIPSsxbuRbDOisXi9sai6hxA2tXPoo9qm"
    "ds37mvbIjimBKPlZmtmhOWBr2HZHA/PvEaiR3hPVm4UgeJKGp+qT7XvNoAsA9nnONB7t7k"
    "UvZhdBHns+Qqg6+SSF99yqAc7n04WdA1PqfRQeijmoPQR8WD0EEhmTYIJxT900o3ctYcP4"
    "hV3DN8r8QhWn3YPEvVB6i3ftrco1NbCGQtgc+RaeQ7n/OXYBSQr7U35ii1zbGFzdGj4vVL"
    "HHK1Uz0i0dO8WylUIp5E22yfGaI+oL4FIZDbpKRwQU0wfNi+f/BuQL2hzC5PHVF92jFFoo"
    "87lizFjJAuReZSZNr/oJzdMiPS15gCqu1etRaA5xmqq2OgdQy06uG5HWKgU/b1pwZAU9cl"
    "psD0JOmypzhnl0eVYqCvPeyGIk+Jnyh1d1jnI+LZdg3cQ5A9GPw8Mig5yVj1Qh4F5j47QC"
    "eLBRFctZL43YBmiFyZBAk7nHjEKnMhrbfz1dHCv5Yk3Yp8TNqppIJTaUKmYnnq6lZKqBVW"
    "uwZTj87DCa6GewlPeZVyuxrzmFhld8eAU6UQ9whmZfpuM8gTaqUxT4a5e8DFLldWeLLafh"
    "MTqAyxMpG9e1ANe49sN+3NNtpiswcWG52QeHsGBp2QuHcJiW+Y1OkKuq+8PqzTev2oRQN9"
    "NzgYe4CuxASRB1pdBOl2GHIEw70PaE7mE9EELagAEsHZ1zLFtmMvOkeWWgvMsEZT1VFhmw"
    "1ZInNslwTNVAMcE/TuJN7RqFHU3agm6m5UwFfX9O2t0KnI8YbEMVOya2e8NtVbd8ZRtHr/"
    "vp4RxImLXf4e0aWYdGBbNiP/RXRUgQ1lwTWGsGuJrdiycXEPf1JPeh/X+/herHRb2MdhDz"
    "D+Q91WIGeItof04Ob6bFOzd+N5C/R+rvfzje7nJ8SzzVnZZh7eqd3JcdJm1TZezdg1b6zV"
    "ZSLL9tUS43S4OaqrR6zFMl29eYa5vtss7SmSPm6hx8dNttDj4+otFO7l/AHio2qBcNi8h+"
    "geNhJQDmsElMOigCKeyEtzWf3t6vJrxY6ZkOS3S9vk6L9ISMX76MiqARfAyOyRhdML+YMK"
    "uc0POjgtM9pvczP74/8BEzvi4Q=="
)
