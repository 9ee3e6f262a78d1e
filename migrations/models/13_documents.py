"""Documents. Made by `agm migrate new documents`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "media_asset" ADD "page_count" INT;""",
    ],
    "postgres": [
        r"""ALTER TABLE "media_asset" ADD "page_count" INT;""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "media_asset" DROP COLUMN "page_count";""",
    ],
    "postgres": [
        r"""ALTER TABLE "media_asset" DROP COLUMN "page_count";""",
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
    "eJztXVtz3Lix/iuoebG3aqyypbXXsU9OlaRVYiW25bLks6msUhwMidFwxSEmBKmxstn/fr"
    "rB+1UkNRcMhRdbQ6JB8GsQ6Bu6fx8tuMUccXC8tP/O7kfvyO8jly4Y/FG4MyYjulym1/GC"
    "T6eObEqXtnEbNZoK36OmD5dn1BEMLllMmJ699G3uYuNjAk3JjHtk6fEbjy7EAZksPTazv0"
    "/IzHYtQWx/TCaCmR7zjTkV8wl5/uHT8emLyw/Hh6/f/ICEdwybvSf+nJGwJbEFcblPhM89"
    "Zh3gYCxuwmhs92bLzw1c+98BM3x+w6CdB0//9V9wGZ7BvjMR/1zeGjObOVYOddvCDuR1w7"
    "9fymvfvp3//BfZEt9papjcCRZu2np578+5mzQPAts6QBq8d8Nc5lGfWRmGuIHjRKyLL4Uj"
    "hgu+F7BkqFZ6wWIzGjjI1tH/zALXRG6SZTB1bDEHgA9sSxy4bGXY1v9Go8xQGMbniyvj8u"
    "zKMEalCYGjKfAqumRyFyeT7fqI2e9/hP2m2MirI3zA6Yfjr8+P3vwg0eDCv/HkTYnc6A9J"
    "SH0akkr8U8Dl/yXIT+fUq4Y8bl8AHQbaB+74Qop3+tXE8MUAbQDS0YJ+Nxzm3vhz+Hn48m"
    "UDxv93/FXCDK0kzhw+8/Dz/xzdOgzvId4pvuEX1gXhlGI9GD88pbeG8Ks3LQB+9aYWX7yV"
    "hzezWnXBuEA2wMn86vBtG6wP39aDjffyaCNeuNMZVct0PdoFsgGi/ebHFmC/+bEWa7xVmN"
    "gmxz5KKP/t8uJzzZxOKAoAW7bpk/8S2Kr8PQS6AVjEAnteCPFvJwvo80/H/yhiffrx4qS4"
    "P2IHJwXgYWFAcAzql8H/Ge749oJVMyBPWWRCRHoQ/zEsVlydfzq7vDr+9CXHj5+Pr87wzq"
    "G8el+4+ry40CedkF/Orz4Q/En+efH5rMi2pN3VP0c4Jhr43HD5yqBWFpP4cnwpx2b2fWlD"
    "dz3YnKdcA5uj/Vhzef1cdqjwjUD0+pyLtJrTKnPaY3f8thef85SayypzecW9W7GkJquUQO"
    "sNBUW6dZoM1GXvA2YBNMLMbiutAgleZZD/wj1m37h/Z/cS6nMYDHXNKptAZEH7JdvXfoKb"
    "Xk0/b4+uEvtVaX4BCvDuzJc4fIVp//X89GokEZ9S83ZFPcvIQY93+CEvXEnalm8tDhfFK9"
    "SlNxIifBcceWzC9H22WPqjKutmdGvcaN7MNHrQvHnhMmJSxyH+nPpkQW+ZIDS0lJk0tZqZ"
    "Y2LyxcKGri0yZTOYVMT2BZnZnvDJ9N5nxGH0jomyIXMjT6gwWf46yvQ5kvN0MYVb/9K2TF"
    "VtmSGDSqCfu36NMTMhKOCOX/r+rVYwXvjvxeGrH3/68e3Rmx/fQhM50OTKTw3An3++KqjC"
    "bMnNCrNaLZxJe41mBZrCZ8tONsqo/QDNZUeHLcxlR4e15jK89UdB/IfXFBWyfz2+GZIhQt"
    "zKmXHU4Mw4Kjsz5r6/NEDe84MKy2TtslCg6rU4KKZTrXtt4IEPwkqNI+4MtqmSrJ1DOEOu"
    "8lTOjnP3SwbzPF4hLNQb2BOCR9nXFZvJ2zavo/pQrb3Xr9RZml7zWzHMNz2zYZXw+rkw8p"
    "TahaG0MWxmu6Cx9eJzgVQbPVXmc8YM0dHsWabUhs/CWqktytqivMcW5Zp1Yg0gf8n3NlCY"
    "yyukUqb7U7r8JtiownIf3Rk3Ge5NukQHdjvD/Qe+InzmM5cIUNF8tASTFRUEPeBkZeMFQl"
    "0y54F3QCYimP7GTH+C0b8YC/wFxk+4R6hp8sD1ie0T+YfAiOMxkbT3JJnUZav+9h9fafJn"
    "7p3tcXfBQqtEHO0aPQ//xBFoH4CyPoACA/tYUwpdKG1RKYx19wG5Op58k4p9ugy19iKkJA"
    "OEeDNRzrjClyBuVqhjGm0yUVqVBmmii+cibq79mZHPoqTg7UgsnlPXZU6lXBzdahaMM41a"
    "HNgz51yAYLqEwbwjK5AVQdaUQSiJyHRAvrIFvwNRNepaEBAu7sfyvB1Il7ZH5jaekLuvOp"
    "i31v6v3Wv3m+vbDpnAh+MLI8AfEykmLx3qA8UCJGuUjX1O5ox6eHxPytvYme23PML3+yhl"
    "VtkaEj0I/y6KU9EtI5LVkQK7Zt+XMF4BoCf8T0Lyw3c2eCStxd+h7P07sA9/kF8+nH09I1"
    "6Ik0F9cn5JPn/7+DHU3bR0roJ0np0XfUTzLL3K4kxuoLuXG2/h7fpCHtMqDXc8yN1DrfXP"
    "3eqfVdtLB3WphlxlHqikOmntf8MBWNS1nE4IpxTDi5zYyIF9egfCi2cEnlOG+QqkzWqY81"
    "RDgLpJ7T/7x1VO4y8FBiVa/8eLz3+NmxejhYqJEvjMdlhX4AtkGvnuyPt2VdB8QziWXRkz"
    "v5dYb1ocXFJ0YJXRPeHcYdStmdMJUQHiKVBtamNMrmx3Rp9cXHzMzeiT8+KU/fbp5AwkEY"
    "k6NLJD12w5iFaf3O+1pOybDTe18HRlc55SB72pzeXEdtmdzTlSzWeV+dykptebYhu186cZ"
    "e5eXOm66xjNmSB4B5/58KDpEVIeIqg3uJkJEo3VzDQCfctdlJmB6nHY5UJzzm02bQFxYS9"
    "cA8SU8xpQ+6y9Rh3u5+j4cg5tuPTlw4fkZB+4OogyKU7wq3KDiM2iIO4hbG5kPsV1OjYvj"
    "wJ8TARPoBUaz+pjyIvJVVKfIaCLAGIEJ3oKR2C7oQzKQdjVnrkyRsWSe4C7BBFgkbEVsd0"
    "wm5pyZt4YVMEkhm+eiCqAPKm6hNZ3yQAbhuuy7T55/5i57d+0Kzt0fDsgEOIMPtui9mBAB"
    "/5I5X5EFRujitThZR9yOzyZj+RzmWoTP0vjgsfxzyq17GSnsc8eSY4bXm1g2vXG5sOMnrO"
    "b3OB4+m8G7EYcJjBumuddl35fAm4Z0ILn9qU2EQyCYJ8MbdLSwjkfY6Z6oWDyCdpIr4iSP"
    "V6hKJjzgIc/Qqoy+do8rie9G3ON1qUnaLSm1KUqUwjszzN0v5DcedVGcBRFqYUfBmyX06z"
    "Nq1JDr/NWPSLAhgXRv+rKkhlyz5BEs0bmmn4InQyoZoNeDbmn053h9L5r7KnPfYzPorV82"
    "liKt5rTKnM7azbpyukirOa0ypxMjYpnN9QGJOaIhhMhtOxxRWpn7hXHlKHUYl9IfV9aZ0I"
    "vRGVq9jKrM6cSP05XNOULN4z3gMfrvylyuPV9foNKZgctBzWF1mp7rZIlYf0Qqf0QRu+CF"
    "O2WpKJJtL1vFyz35iPTJgCfx/ehATR2oqWKAm9LVoaIINnj1hjpR5UbjFnFumFSzU/GoYx"
    "IlII/j1g7IFRaa92FOYHRZWGOeYD1hZoVBYSY8nQhGHQw7wwAx17kn8uwHxnsBDfuO6WNu"
    "otL0hcw7m35cxzQ6kaD2UDqcEroo4UkGNCTGCd3G5M/kmckXS5h9AMIznRtHnVg0+DKq6l"
    "HUR4ckBCqHK/QMD1l/QW0d6qdD/Z5gqJ8Oidp+8RWfGSgzdFnL81TrAfvhHXSPl3MQzGwP"
    "pCAj8OwuQBfpVJ7XPcE+fNk2L05jYpxSdKXH/MADqHg3vDNEQ3CHbgfrUMUwUN0oo13vfC"
    "6QDQHvbbufdVm4B1DfUFm4bjZvbeyuNXbvQdXefYGyn9dNu9v2w13gMCpYvxQzBVLNZ5X5"
    "rFD4vWqKw5DYrJ28T4LNuurp0+DzjhOD7Q9nO2Sy8ljkOxQdYS0RamR1jjAderJzcDeRIy"
    "z91teAcY80YWquDw8iXVoia3JZKZOObU9xbsjGtvOEYR6zmOvbtLoyWXp33Bg8lW/XKjvY"
    "HfMwVAjTY2HlsChAyee3zH0f3xSEeozAcxkwOApnmts3cybiYrnVicTW1LfMOYap3mSuMU"
    "wJFhcvC/vC/vFHnLHM9gVzZmMC8LAotiqu9PtMEL5yQ7L6dF3QJElQEw1TZ+JSNvopy622"
    "sGdptOBUkEjjKV/Cs9YRkKHQBS8rvAGRc1UuOz2csgndIEIOtu6WVceIq6bgNAijj7bhPg"
    "k266T/Oum/4mhqg5426Klo/tBJ/3duZjo9vjw9/vlM5/x/BLx1Of8TbHdjwTu7Y9V5/sMb"
    "4ya7HUuaPGiyu4xT2GMSep/MpeFMGtUIJSKY/gZz4IBMYCW1kWRCuGdh3nqTLxa2jwcW5c"
    "OEPIJoC3Jjw08yvZcWMo859L5sytvSMzueeMTs+OPG047yqUbgusFiyjwmp0zTOcf4Bcj5"
    "ZcYYrI18Khj5Yt6UYT+xb2rtUlmqtaSI2e3BmNAq9afDw6Ojnw5fHr15+/rHn356/fZlYp"
    "4q32qyU52c/xVNVeOsLle2XUnASqg31HiN2g/CVrXps0jR6tlRU8hTaT2hqM7C7a7qbEqi"
    "1dliUkUKorvTEdA8lcY0jyk3zcDzelkrC6TaXKm0uVLbgrQtSEUlWum8Qn/hjsNX35ajCm"
    "06uTduUqhnspURLNsp1RirEim4nEwZseIQExrqTiaVehSd+cyTdd9M6jjVIS/du5HRLXFl"
    "vLiWHiXIIWi2oPdhKTzTofYCqN6HATAcpnAU28LvmAfqtzyMNyGeLRh0Yvtzwqg5j+hQ85"
    "4xoBGoi3v3165DcRQrz/ZZGD9Do2dAVwL15vxwcKiyVl5YoC98wQW1WEi5CIRPXO6nV1c2"
    "DBAfu5pzwa5doDL5QiZHwna3sGK678kkcOVfYhIF+0B30Fw+TsBIQIqwHAZ3MUhoNZe1CG"
    "EZp+6LYAmD4Lfy7cnM44uwoGCK8xhg9QG5SRz/g+YIeDEShQ6BGkzw/phMksJUthW9MzwI"
    "XxZfBaHFc7pJP7K44YzaTuCxloaLX0eZgUWfXGi/6JHEKZncbXI3hV1Ki8ZFNo4w89Ty0H"
    "wqbtuPAqajwZdhgELXoWgDiyoGFsnzEuTtcr3EtCqr/MkgFcnz0hfrhFhpsJNR7h5tXOPL"
    "YNfHXMXtdQaM7qFW0XZdhrs+B0aGRFcKe0QaDJ0DcKOGWp3PYchmGp34ZG2hzpFi1CUjT5"
    "ZEA1qOHZfKeNelJ0Om1x6V157YAtLhg8mS6A+m+MFkrDld5KEC2RDE/1LCwRZS0WFzusFS"
    "kl6d824Hwr4+7PAktgadsOZp8LlsgW8dt1Ki1J5ifRxDu+B3D+4mjmNkvvY1gPwl39tAYS"
    "6vkErFOpxbbLHkPnPNe+DcqCLiodBi3BT3YKdtjduo8YPRD79EbnXqOMwjVNwyS4YXvAtz"
    "cVAxxwABjFew3WXgS6d+wdcehQ/AwMOm5diITT2kMn9HbilCHHTyDlXdztEsbaukR80H6L"
    "I4fP26jXb++nW9do73iln74E2F37mmSJFugHhvoEyUluI3GIW+VxaPbZ4KGpIirHU1raup"
    "qEQoHS79iVk2PRaCVR4/ztxtVB0W2M6gScMWFVdntsPi3HuOPfWod39AwiBoFNT5gokwMp"
    "e6BBYBjCTFGNoZ8805iP/T+zTMeTXHvmyfLD22pNCyquTqxp/3cCCvVhxUURx0dcItx1Fy"
    "z76xK+xO9VpESqEyyD31hw2EBfPAgx0m8CpqyjSkCMxRDcFrve2gVdxWDPmjw9zOEQ1xer"
    "cKFjhqCBY4KgcLLEDBMrrmE8gRDWF+F+r2tgL6VQPQr8pAT+99Zgj7PxVAN6XLyJGtJV/G"
    "rqHeScaMlW35XaJJk/YDgnxt0Vxz0EbnFUafWjRTAg1nVV1CL7QzCiw6YFUVanA4rYG2ir"
    "gA8gyp9w/mBgx/vvh28vGMfPl6dnp+eR4FcyVWM3kTL8EFO7YHHH8sZtS2LcZlbV2zy9ZX"
    "IBve5rd+IXrmwR+GV3nArmFm58n0nG4xp2Uevpr0kPUJuXJEeoGuCPef08PXb7qsEinF8B"
    "aI9XvpqOMbXY+EZmmGgPG2NeyaIPF6wOuCxDXaLdDeL1epMqzQvlLtK9W+0sH7SjEV8KjS"
    "TyrvjJt9pEmbFu7RJfMEd58JsnQoJmuKszpJcKr8mw8TPBztGAi4rMMdVfVaetzpZPyO2w"
    "/Rw7B23f83bru95J4coT4qpbLUg+tbR4EnQ6JlHX04SguRuwd3E4ejpOTzeHS/Rd0MFNjM"
    "YqiUYP4FPqdRhVgurzcK5cu4RbuDTrYggsLqRCYy4lFm9aQy7QCGFk5+vx7JGEjA6BpocC"
    "Ebk+vEAojX8H9MIirfYDJGOV0WPKk59LTBB8rUsVy+X5QiNcyeGsVIxhktMM4Rs5lislef"
    "uZiSdkzgN562QknVdGAEeAYLqRbv5XNk3lrZIJypmIzVn3uMWpNrN/cGs8BDXYQsqeeLsX"
    "yh7MDxZeSL44Uwf+wd+2MSPWUFlDhq/BfH73K3fU7V4iKBGVW1qqOKqrPVvIuKLsdbs/k6"
    "tluRvbUe7Li9tq93x1quZmWw61PeJAQ6weUjct5E+1wX4DMkOttQf+Rntid8I0qf3mWVKR"
    "Hq5ab7chNKXV2mfUqhZ/3jc2xNOx1Qz1MNQpbZdESGx+5sUZnSpDaMKEuyvQSIrzYF8JpD"
    "iHQAQK/Fe+9M4UurJ5vzlJrNSrNZm+i1iV5FS7LScR7Z3GZVVuV86rMG43KhYatSYjjvsE"
    "IW1umK6mCGaa48voqLSP3Gp9UFxNoSdywbJq3GsvRXeAlfkMgqLQdkItNxGfQGuF3oLgxJ"
    "CUteragLk/jatWF8ns0saUKeSeMymm9dthqjlTpwfdsJ6eMaZzAgUxqm4b1ghoT2aNtvX7"
    "Ts2g2H3lS0bIlCIQ+EER6aTgt5JTW7gHVuVOHbYTOARPCwC0oE81+sYBBR3yYFdD1mcs+S"
    "LzEHjYnD83GEWP4M9Sus8yYVXLSMw6SQeQTcbLkxNzTch8Z42SS2xFMTmmNhdNuVlvhfjk"
    "6v3SvZ4jQikwMRacG3MGOBy8MCc/gMbG49ylg+xupfUeVb+SNftbV3hbJsPqMWNcpChpHz"
    "z+T5M4GpGgKHWc/G5Bm8VBD+5THfu4cXx7+XHjfxwfDrh1IxM4dRwQw5B7uMUpJZXQYaJo"
    "6Ih5TY6yuGlAG1w4hiqmkg7jc+LlyIklIl/ca5ZT5XDr7DsAMXvk/4fBetuf5n8ixD9GxN"
    "bJ5Holu7AWDrdT3ZZcwSgJoPi1a0vbUbRIFwXePBMoLpfG0/nMwcf2CWJBn+M2te69GtXG"
    "HEruamgRUfousdqumejPlUbdx7OINMll5lM19uoLuP0WTune1xt9qT0A75QhdKg18Ya+fk"
    "EG/a5IYoWicyqSHeVNWe1GmTtjjhC2pJ7+Wm3I3CzrRkuEQlVoDWJqrcDO04kFIrPffTYe"
    "4ecB0CpEOABom1DgHSIUBPCnkdAqRDgJTGfSOzXpcz3xn0iX24T+nbAq0+0alyfEPe+diV"
    "12VqzW2VuZ26mbpwOaXS3FWZu9KdX2ZubRxn0l5XsS4GcWYd2R2/lgKp/mRU/mQcdBNKjn"
    "WpAF+g0p9P8fOZUdsJvE6YZkk0oEVA0d+/WPqdM36W6DS0RWhr0iPWK5l16RG1ct9BwyxF"
    "g5QYUH/Kp4p2CIatQknKVqUJDhtKExyWSxMsmbegXX0VOaIhAL1tC2IUsdPLnFKk1fKkyv"
    "JkJhS5y4pWIBvCN5ZfzFqV122orlsurquP2T2JD0ofs3sSbM6HCrcNxC0EGOsjdgWxo060"
    "bqiFXStRazj1UVB9FHSPj4IWV4Y1oBunBxwosJnFsAWm0Wa0BlhP054Gimx+41b17PIX6l"
    "VnxSw0Gbc8w2ws49btDjJDazy/SkkYTxSelrUF4YH/nkwkiyfkZXziVR5dtn3BnFnN2ebH"
    "9VeZ/b5wQvsWOhnF008nwlf2+FXMp7b2ibj9IELDNx13H07+Erq1Ppqk/fZ8M5tEd83umc"
    "TY39NHoN0D2j2g3QPaPaCEmSsrDHY0zJQotRmh2YxQEE0fq+rme9tPgB/WeEuzTCnd7Csg"
    "fhJYoICMKtSyzN1xk0aGfDOmacMHlbEPfEUWgTlH5QmTATn2wpaKUyAYVhYQwfQ3Zqa5h+"
    "DRY/IFXgETMlFTxt6QkILPxmQ155hPSTZtqEi2tadWKnaFo/MSavg/eqhW7ZRV7XSKh92m"
    "eIi/lD7Ax7RKIy6zusXrihqYx6tSJew1p5RSEpXR7qkcvjp82wbjw7f1IOO9knJoVq4q9f"
    "XmUwpt26iwbXgMT06JHmpfnlIrfSorfXwqmHfXS7svkOogFuUYXVJAd6QZsRm8yPw4DPcf"
    "VWlH+RbNGlLY1qCZxi1KLvv8lrkkIg69S5huFYQdD+bjOwK/F+hUksl1aVTlTGacBcUEcw"
    "BG3inspqpC89r7fzhzq9ZrVNFrJNeMORUVJxwbAmtzVAOU9NZfEIQHvsnrdJiabSolGYL9"
    "f9MOwmjB6pNbIUepxQHlxIF81h63r1enQKrle5X5bHrMwmTMtHP4cpFQu3R0yK0Oud09uJ"
    "sIuU0/9jVgfJrrbKAgl5bHHMqnx5enxz+f7cwVyRb8jjqjSk07vDVuVrHTRi1UawHTg1mg"
    "+wIHRRTFGYc4jYlPUTHmMGXekYll30AT6RbE4imXH45fHL5+ky234jEgvccGt7CnVaraG3"
    "2eLJ5jAib5KjFRtRuTuoSKWyxVHmB1l9oqOzDnZd2aKIo1LCoTVWuRJXEy1Vo4mbJrV1JY"
    "0j/qOHAd69bEcWKBYB7MM/kcuHDDZbF2WRRH1v+Bd2xpM+hRsiWaDW3KeIQd6roGalopdF"
    "2DnWjU2um9WwdsuAd0MRmlFOtB+uGVZo9NcrhXdgE3bq+hfRDaUKCsSFR1wrnDqFsze1Oq"
    "AsZTIFNnpVjHbnhycfExZ4o5OS/GNH/7dHIGK4aEHRrZoYTeEMsfCVtd5nQV7fCMzRsJ3P"
    "CYyex+DugCqbY4K22J1Oldh8xdky+WuO30ynlToNWcVo3TigSSXIJkY0orFYaSjyrMW4UW"
    "4yYrl0jaGsu4cQtrVzGKPS4TbN+4L2yM4pgxT1SZrdoTVga9R2R4PznxGosd0T1ZuFIHiS"
    "hqfqk/1/ywAWAfzjgng9y9yaXqw+gjzufJVQZfJZG+/pRBNdz7cLKgb3xOq4PQRw0HoY/K"
    "B6HDQjJdEE4phqeVbuSsOb2DVdwzAq/CIVp/2DxPNQSot37a3OMzGwSyjsAXyDTyvc/5Sz"
    "BKyDfaGwuU2ubYwebocXj9Codc41SPSfQ071cKlcGTeJftM0c0BNS3IAT6NqsoXNAQDB+1"
    "Hx68G1BvuLCrU0fUn3bMkOjjjhVLsWCsT5G5DJn2Pyhnt8yJ9A2mgHq7V6MF4GmG6uoYaB"
    "0DrXp4bo8Y6Ix9/bEB0Nx1mQmYHqddDhTn/PKoUgz0lUfdSOSp8BNl7o6bfER+vl0L9xBm"
    "D0Y/jwxKTjNWPZNHgf1AHJDj5ZIBV600fjekGRNXJkGijs88ZlW5kNbb+cPRwr9WJN2KfU"
    "zaqaSCU2nKZrA89XUrpdQKq12jmccX0QRXw71EZ36dcvsw5gmxyu6Okc+VQtxjVFTpu+0g"
    "T6mVxjwd5u4Bh12uqvBkvf0mIVAZYmUie/egGvYe2W66m220xWYPLDY6IfH2DAw6IfHgEh"
    "J/E1KnK+m+8vq4SesN4hYt9N3wYOwBuYQJIg+0ugTT7QjiAMO992TBFlNoQpYcgCR49rVK"
    "se3Zi86RpdYCM27QVHVU2GZDltiC2hVBM/UAJwSDO4l3dNgq6u6wIerusISvruk7WKFTke"
    "MNqWOmYtfOeW3qt+6co+jh/ftqzojPXOr67whfwaRD27IZ+y/iowpiLAuuCUJdC7Ziy6bl"
    "PfxRPel9XO/je7HSbWEfxz3A+A93O4GcI9oe0qNvV6ebmr0bz1ug93O9n290Pz9mnm3Oqz"
    "bz6E7jTk7TNg9t4/WMXfPGWl8msmpfrTBOR5ujunrEWizT9ZtnlOu7y9KeIRniFvr6dZst"
    "9PXr+i0U7xX8AfBRdUA4aj5AdF+1ElBeNQgor8oCCjzRr8xl9bfLi881O2ZKUtwubdMn/y"
    "UgFe+jI6sBXAQjt0eWTi8UDyoUNj/s4KTKaL/NzeyP/wcnIK0i"
)
