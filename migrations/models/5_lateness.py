"""Lateness. Made by `agm migrate new lateness`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "publication" ADD "asked_again_at" TIMESTAMP;""",
    ],
    "postgres": [
        r"""ALTER TABLE "publication" ADD "asked_again_at" TIMESTAMPTZ;""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "publication" DROP COLUMN "asked_again_at";""",
    ],
    "postgres": [
        r"""ALTER TABLE "publication" DROP COLUMN "asked_again_at";""",
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
    "eJztXetz27i1/1cw+pLsjNYTy4mTm23vjOy4XbdJnImdm043HRoiIYtrClBByIqau/97D8"
    "CH+BZJ6wHR+JJYJA4I/g4I4Lx/9KbMIZ5/NJy5fyfL3lv0o0fxlMAfmTt91MOz2eq6vCDw"
    "yFNN8cy17sNGI19wbAu4PMaeT+CSQ3ybuzPhMiobDxE0RWPG0YyzO46n/hG6nXEydr/for"
    "FLHR+5oo9ufWJzIqwJ9ie36PmvH4bnP1//Ohy8Ov1JEj4Q2ewXJCYEBS2R6yPKBPIF48Q5"
    "koNxmA2jcendjp87p+6/58QS7I5AOw5P/+1fcBmeQb4TP/o5u7fGLvGcFOquIztQ1y2xnK"
    "lrX75cvvuLainfaWTZzJtP6ar1bCkmjMbN53PXOZI08t4doYRjQZwEQ+jc80LWRZeCEcMF"
    "weckHqqzuuCQMZ57kq29P43n1JbcRLP5yHP9CQB85Dr+ESULy3X+NxxlgsKyPl7dWNcXN5"
    "bVy00IOZoMr8JLNqNyMrlUSMx+/BH0u8JGXe3JB5z/Ovz8/OT0J4UG88UdVzcVcr0/FCEW"
    "OCBV+K8AV//nID+fYF4MedQ+AzoMtA3c0YUV3quvJoIvAmgLkPam+LvlEXonJvBz8OJFBc"
    "b/N/ysYIZWCmcGn3nw+X8Mbw2CexLvFb7BF9YE4RXFZjBeP6V3hvDxaQ2Aj09L8ZW30vAm"
    "VqsmGGfIOjiZjwdv6mA9eFMOtryXRlviJXc6q2iZLkc7Q9ZBtE9f1gD79GUp1vJWZmLbTP"
    "aRQ/lv11cfS+Z0TJEB2HFtgf4fwVYlDhDoCmAlFrLnqe//20sC+vzD8B9ZrM/fX51l90fZ"
    "wVkGeFgYJDgWFnnw38Ed4U5JMQPSlFkmhKRH0R/dYsXN5YeL65vhh08pfrwb3lzIOwN1dZ"
    "m5+jy70MedoK+XN78i+RP98+rjRZZtcbubf/bkmPBcMIuyhYWdJCbR5ehSis3k+8yF7lqw"
    "OU25ATaH+7Hh8ua57GFfWHO/1eecpTWc1pnTnDyw+1Z8TlMaLuvM5QXj9/4M26TwBFquKM"
    "jSbVJloC9716gFpBJmfF+oFYjxyoP8F8aJe0f/TpYK6ksYDKZ2kU4g1KB9TfZ1mOCurq4+"
    "b44Xsf4qN78ABXh3IhQOn2Haf748v+kpxEfYvl9g7lgp6OUdNmCZK3Hb/K3pYJq9gim+Ux"
    "DJd5Ejj1SYQpDpTPSKtJvhrX6lejPRaK1684oSZGPPQ2KCBZrie+IjHGjKbLzSmtl9ZLPp"
    "1IWuHTQiY5hUyBU+GrvcF2i0FAR5BD8QP6/I3MoTClSWv/USffbUPJ2O4Na/jC5TV11mwK"
    "Ac6JdUlCgzY4IM7vJLP7zVCsYL//08OH75+uWbk9OXb6CJGmh85XUF8JcfbzKiMJkxu0Ct"
    "Vgpn3N6gWYCmL8iskY4ybN9BddnJoIa67GRQqi6Tt/7IHP/hNf2Cs385vgmSLkJcy5hxUm"
    "HMOMkbMyZCzCw474l5gWaydFnIULVaHDSTqTa9NrC5gMNKiSHuArap3Fk7hXCCXOepnBzn"
    "/pcMwjkrOCyUK9hjgkfp1zWbybtWr0vxoVh6L1+pkzSt5rdmmG97ZsMqwduZMNKUxoShtT"
    "Js7FKQ2FrxOUNqlJ468zmhhmio9sxTGsVnZq00GmWjUT5gjXLJOrEBkD+le+sozPkVUivV"
    "PZyJKSVer0B1H93qV6nu7USjGp7J9oT5hKIZDOYtWkwIJ4gpbXusHz5Cn8mUPRAHhV37CC"
    "bSsq8ci8WEuBxNXOkKvCzyQN5o/9/oN/qFCtdDt7AKCd+ayx+3yjV55mEBFFO0wDAhkGBo"
    "QjCXfspSw606c0VNX+UfvRWz8st++CD5N6EPLmd0SgKNRnTLwrbNYGySQnZNvs9gvD6AHv"
    "M/9j0K3tli4ZcZfZKq9+/APvkDff314vMF4gFOcIJDl9fo45f374NJakwROpgikvOijUYn"
    "Sa+1Sic50P1Lvvfwdm0hj2i1hjsa5P6hzqx2bRDPLpg6A58Z6/4934u2l0I+lIiGxeQ680"
    "AnT3gTNrNlSxOmjtcI4RVF91TEW4lMwg9weOHWnHt5mG/gtFkMc5qqC1BXqQov/nFTbQGJ"
    "NYXvrz7+NWqeNYtkI8LY2PVIU+AzZAb5Fshj6c6dB/2MMY9gWoJ7TJSBfARU21q84yu7Rf"
    "3s6up9CvWzyyysXz6cXcBuqVgAjdxAT5K3aJswmlbT/tBsEystRFM2pymNBUpvLsf6teZs"
    "TpEaPuvM5ypRslxdWClBPk1DWPrUcdfUuJggeQSch/OhGHutsdfqDe427LXhurkBgM8Zpc"
    "QGTIerLjuKc3qzqWMVh7V0AxBfw2NsZVf9FHZ4kKvveoP4autJgQvPTxgZ92AJz07xIpN4"
    "wWdQYRuPWluJD7FegNvVcC4myIcJ9LNLERYy/izUpxfHq1URSDv2rbwFI3EpyEO3MqXWYk"
    "KoilebEe4zimQ0OgpaIZf20a09Ifa95cyJolDNU5Zv6AP799Aaj9hcQFeIku8CPf/IKHn7"
    "jfqM0Z+O0C1wRj7YwUv/FvnwL5qwBQI2LJG8FkXORe3Y+LavnkOog9gY+WxKlE29r/4cMW"
    "eJFlha3D1HjRle79Zx8R1lvhs9YTFZyvGw8RjeDXnE92UsX+p1yfcZ8KYiNi+1P9Wxws99"
    "wpUJ3oTvGZv5XvdEzWzmxpCriSE3WqEKmbDGipug1Rl9Y8LVEt+tmHDL4gTrLSml8YJa4Z"
    "0Y5v4X8juOqTzOwhFq6oYOhjn0y8PbSshNMrlHRLspIOldW5aUkBuWPIIlJvHbU7BkKCED"
    "5HqQLa32HC/vxXBfZ+5zMobe2oVGZmkNp3XmdFJv1pTTWVrDaZ05HSsR82wud5pLERmXue"
    "Yuc0rL3M6NK0Vp3Li0/riSxoRWjE7QmmVUZ07HdpymbE4RGh4fAI+l/S7P5dI0XRkqk6Yr"
    "79QcpIpuuU7miM1HpPNHFLILXrioDEfpV5Ql210qzBcH8hGZyIAn8f0YR03jqKmjg5vWqd"
    "pDDzZ49Yqk7flG/Rp+bjLDTaNM7kMUZgOM/NaO0I2s+ihgTkjvsqDgI5LFvYgTOIXZ8HTk"
    "E+xJtzPpIEa9JVKxH9LfC2jId5ni5K64PuW2H9cw1Ut4UFuXsiWHrjzhKQZUJG8JzMboz+"
    "iZzaYzmH0AwjOTv0UfXzT4MoqSw5Z7h8QEOrsrtHQP2Xx1O+PqZ1z9nqCrn3GJ2n0mZEGa"
    "V4dNUXWuCu/ml3M4mLkcTkHWnLtNgM7S6TyvW4I9eFE3d0tl8pacdyUnYs4BKtYM7wRRF8"
    "yhu8E6EDEsKW7k0S43PmfIuoD3rs3PpkbDGtS3VKOhmc7bKLtLld0HUELrUKBsZ3Uz5rbD"
    "MBd4BPukXYqZDKnhs8581sj9XjfBoUtsNkbeJ8FmU4LoafB5z4nBDoezDTJZcRLaDv2GsO"
    "YIDbImR5hxPdk7uNvIEbb61jeAcYs0YXquD2uRzi2RJbmstEnHdqA4V2Rj23vCME4cQoWL"
    "i6tnre72K52n0u1qZQd7IFy6Csn0WLK6VeigJNg9ob9EN32EOUHwXAIMDt2ZJu7dhPgCKU"
    "j94kRiG+pb5RyTqd5UrjGZEiwqsBX0JfuXP6KMZa7wiTfuI4CHhL5V8rZMhffMR2xBA7Ly"
    "dF3QJE5QEw7TZOLS1vspya26sCdpzMEpcyKNpnwOz1JDQIJid6aAAwrFCY2ratlpYZSN6T"
    "rhcrBzs6w+Slw9D06dUPoYHe6TYLNJ+m+S/muOplHoGYWejuoPk/R/72qm8+H1+fDdhcn5"
    "/wh4y3L+x9juR4N38UCK8/wHN/pVejsSN1mrsruOUtjLJPQCTZTiTCnVEEb+fPQ7zIEjdA"
    "srqStJbhHjjsxbb7Pp1BUyYFE9zFchiK6P7lz4iUZLpSHjxMPLvCpvR89sGPG4vkC9eqo1"
    "p3Q+HRFO1JSpinOMXsCUqNdPyRfxJg/7mXtXqpdKUm0kRcx+A2MCrdT/DAYnJ68HL05O37"
    "x6+fr1qzcvYvVU/laVnurs8q9SVdVPynJ53ZUCLId6edhG1L4TuqptxyKFq2dDSSFNZeSE"
    "rDgLt5uKsysSI85mkypiOLp7DQFNUxlM05gy255z3kpbmSE16kqt1ZVGF2R0QToK0VrnFb"
    "p0yHTGBKH2ErjWK5CpMy36VcK1u2pr3YeN14rZXyeq7J2NPY/wsDQdg1nzNvBPwf5EOp3I"
    "EnAunc2FkmxVQTspatlYiV1KWLZh4EHTvFy9rYesL0EncTAOLbrKuuEsrStwhc07KG8NXr"
    "2qEyH/6lV5gLy8l/VkhzeF037TPBtZug7ivYXUSaulqqlElqM0Z6CDzk26S02ZESGMCGFE"
    "iCcsQnwgjouHvk8KTXKJu5Wiw1S2s3DcsEYW0rHrkcgf3XNHHPPlEZK+8MFBnU2Jj8acTe"
    "Ewj2ARkKYraRIbE2FP4Pg/WoJAIJEFgWAxkX25As04mWFoWZSGdOvPW2+VM4KDLoKDydi3"
    "44x9jLt3boFNslyKWFHoDHJL+WELKRHZnMMOM+cFeVYq3OZTVCaVWXOfebmtWE1rTqeIuj"
    "i9t1F4egoCltXUxp4i6sL8zuSyrQX0cQXQx3mgR0tBLN/9TwHQVS4kKbIOlRnasRfJwnVE"
    "k9RycfsOQb6xcLIJSKOTAqVPKZorAgNnQXTeBA9enTZZf1cU3Vt8N68Exp6wBBzWmhzhkj"
    "RdwHjnQY/FuWjLAS/LRWvQrlN49qA08dqwwqjijSreqOI7r4qX0Re9QjW8utOvVsHHbWpo"
    "32eE+4w+89HMAzSQS0PttgKnSH2+nmC9M83ch8vGm0ZXpThnXiPdStS+iwqsjetnf2cubX"
    "XuSRGazBo6n3rk+tbwwJMgMWcdkx7AHCL3D+420gOok8/j0f0SdtNRYBOLoVYH80/wOfUK"
    "juXqeuWhfBa1qOdHL+vhYlid0K1yqFFZHLGqbiQ9V25/fOspFxvA6BvQyIWsj77FGkB5Tf"
    "6PGA/e4LYvz+kqxrzEp37LD1zvEvNb7muS0epGJtBFJmiqjX6UJlrTdWtnylHPpfdNwI7a"
    "G0V0c6zVepcHu7wEXUzwqBJ0BzTFt1KDLtLijxoF7qSpOrG2bL9264PbMDdtkmR3yWmPtw"
    "Xwhm3fxnLVau0+OB3OzGnJ5jSlYbPWbDa6JaNb0lEForWB8tMq0rRXpA5J3O5XakUyDWuV"
    "35DzTibSk0Utwpw5Qfg/Z4uocMXvbFRcX6MusSqgEdSWVbqQxYTQVdzPFC8RlfoO28PuFL"
    "lCqTvIA+HL4JJ8QSTDLsgRulVpCix8B9zOdBfYUpGHYVALTGESf6MujI+7xEHYR65MUIAW"
    "hBN43AK6UuWDbxF3fQKduGKCCLYn4TBksoMxgS/H/0aDsXgwAI4W3BVhxBMOhyxzD8pTHp"
    "v7VhAdEg4LGqi4KDki4AUN0/t5ZAzv6LOgC4x8In5ewCDCvm0McMmaPNxRyRcmIAMxeL4c"
    "IZsLBOceRyZDHLvcl3kPJZdVwBQN4JCPhC8iUCEFkVmqiXp7wAHb0FxmRXRpX+Ly9eT8G7"
    "1RLc5DMjUQQEz8EpQ7CUKzKAuyMMpnyObOo7RRffRbnPZK/UinbAqupjIuhtWJZe8VWReT"
    "gdtAoT6RZXnSxYBh6PIjev7MlzFpc484z/roGbzUPPiLE8GX8OLy7xlntnww/PopUEYnBp"
    "isrdtglIpsbXbI5ECDCLloSLFCrGBICVAbjCiiGs395dbHJVeWuO50u3HumM+Fg28w7DmF"
    "7xM+32ltrv8ZPUsQPdsQmyfhWazeAGTrTT2ZEuLIuhZClosK9qt6g8gQbmo8sMhZq/lafz"
    "iJOb5mlsxg+xgzPrUSa17t0S2ob0VGj6qBZR+iMsle3Zhssprp/yM+FWvr1ofKJul11tul"
    "Brp/byFCH1zO6JQUpZSvh3ymC63Bz4y1cRTcaZ0guKy6IREDd5qLpjXx4bud8BmxpPVyk+"
    "9GY+NYPFykEytAavOL7Ab1OLCi1nrur4a5f8CNjd3Y2DuJtbGx78XGDtKc45GCPbQc+ASJ"
    "gf4R0Mf6mhb2wyyt8fXX2YCY1u435XWe2nBbZ26v1L5NuLyiMtzVmbvKvJZnbqmjVNx+d1"
    "5SL7bExk17SSUNSw2/lgyp+WR0/mQ8qbZXHCs4Z5Z+OBkq8/lkP58xdr05b4RpksQAmgVU"
    "2t+mM2GVVGctRTVHZ6DNQluSOKdcyCxLnNNMxDycRX0rEmbOOptjQLkbfRFtF/RamVoYtX"
    "IiDipyIg7yORFnhE9xU91hiqgLQO9agRha0FupU7K05jyp83ky4RrYZEXLkHXhG0svZrXq"
    "+lSU9clX9TFxLE/igzJxLE+CzXuuOXtArD2EssjdhNPEWplYqwOOtcquDBtAN0oc01FgE4"
    "thDUzDzWgDsJ6veuoosumNW9fgwE+YF+dLyjTp1wwStGZR63qRgi6xw7JeqghwqPVCEwbv"
    "EYT9qXhAV/jEG/fDcDkxkeFqSD7KjwsIq8g1WRxMuiaXhBZu82mFOVUz4ZP3MGd70dQ16V"
    "W1DaWI+FRXtxG174Sb57Z9aIPJn0O31L4Tt9+dXWeb6G7YtBMbClraF4xpwZgWjGnBmBa0"
    "UJGZyuq7U0FkjqaPFZPTvR0mwOul5dws00qu+0zGwP7JMHCI6RWIdZkW/SqpjgdtLZxoXK"
    "NchWD3hKKQOBC2ZIIQmEAc5sNbBL+nUshS+V2w5yE4hgQ5Uh4Il1HrMr8IDropqm6x8f5N"
    "MWi91qx+hWCmuGZNsF/gA1xhek5RdVBI23xOSjYXss56E5QTJF045W69CnSwYLWJPkpRGq"
    "uv1kfasUvbyi4ZUiO66MxnmxNHpg/CjQ38WUIjuBijtDFK7x/cbRilVx/7Jmyoqc46CnJu"
    "eUyhfD68Ph++u9iXwH0NA7GVwPwJK71+TuDOtOhXCdx+3NaaRY1rCNyyY1nWBdsqAiZOAA"
    "pz6WdZ4mU8Brm3SJKuT1ho2wzJknbN2KoQ3rOiCjFGmNZQmC63cq7PHXQIFs94kPsX9oo+"
    "jELk11jr0uQ6g99Szj4evKmTIG7wpjxDnLyXRl/93wDuqH0H8T2pZRY9qTCLnuTNokFKmi"
    "YIryi6pyraiuUZP8Aqzq05Lzg4lpue01RdgHrntmfOxi4cyBoCnyEzyLe2+iswcsifMeYR"
    "TCtt/hFlBvwRkB7gMl4B/9nV1fsU/GeXWXy/fDi7gG1T8QIauYH0VOBNxBm8fkEK4cqpHp"
    "GYad4uySGBJ7Em22eKqAuo7+AQCMKRW+zsUOp5mCQxzocFy4VPSJuUagkyY73S2qpRJa6W"
    "62YqpdSnqXY39gxjz9Bd1d7CnpHQAT/WmMEoJTZgOlx12VGc08ujTvaMm7ieWK/AlpG426"
    "+yY4h0uxomDBkrd0cCx7yEj+WzKNv+ERrOZgS46gQl1VQ1MkXTR6qQGsKeIDwsHpYxc2y2"
    "8zqVyfJuopEdxBg+dDB8jMgYlqe2po8VtcaSV2/M2VSrWhV4DB9RW8xjYp1V8j3BtELcVA"
    "fZ9RS3RVGaxXI9TkygM8Ta+CQfQO7nA9LdtMiEbzQ2+mtsTAjd7hQMJoSucyF0X3wl0+Vk"
    "X3W9XyX1zqMWNeTdoKr4EbqGCaKKX1OZSoT4QcaRX9CUTEfQBM0YAIlAzCRFgm3LXky8m1"
    "4LTL9CUjWeS9t1qyFTXFT9ohzgmGAzCK+f0LvzDBvU8gwbVHiGDXL4mgy2nT105s5F+9mw"
    "V4aZgl07ZbUp37pThqL1+/fNhCBBKKbiLWILmHRSt2xH9ovInd7vq2RiQcowVS0xv4c/qi"
    "ezj5t9/CBWuh3s43IPsP7DaCOQU0S7Q7r35eZ8W7N32yo4s5+b/Xy7+/mQcNeeFG3m4Z3K"
    "nRyv2qzbxssZu+GNtTyxYdG+WqCcDjdHfeWIjWimyzfPMG9Pk6U9QdLFLbRWqZFBRa2RQb"
    "7YiPyoGiAcNu8guse1DijHFQeU4/wBBZ4oCgvmlNdgS5CYQt8Ny7DtdTP747/xX3lh"
)
