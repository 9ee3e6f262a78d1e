"""Removals. Made by `agm migrate new removals`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""CREATE TABLE IF NOT EXISTS "removal" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL /* platform */,
    "environment" VARCHAR(16) NOT NULL /* environment */,
    "digest" VARCHAR(64) NOT NULL UNIQUE,
    "code" VARCHAR(64) NOT NULL UNIQUE,
    "deletes" INT NOT NULL,
    "platform_user_id" VARCHAR(128),
    "received_at" TIMESTAMP NOT NULL,
    "due_at" TIMESTAMP,
    "completed_at" TIMESTAMP
) /* A signed request of a platform, taken once: `digest` is its SHA-256, so that a replay is known. */;""",
        r"""CREATE INDEX IF NOT EXISTS "removal_due" ON "removal" ("due_at") WHERE due_at IS NOT NULL;""",
    ],
    "postgres": [
        r"""CREATE TABLE IF NOT EXISTS "removal" (
    "id" UUID NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL,
    "environment" VARCHAR(16) NOT NULL,
    "digest" VARCHAR(64) NOT NULL UNIQUE,
    "code" VARCHAR(64) NOT NULL UNIQUE,
    "deletes" BOOL NOT NULL,
    "platform_user_id" VARCHAR(128),
    "received_at" TIMESTAMPTZ NOT NULL,
    "due_at" TIMESTAMPTZ,
    "completed_at" TIMESTAMPTZ
);""",
        r"""CREATE INDEX IF NOT EXISTS "removal_due" ON "removal" ("due_at") WHERE due_at IS NOT NULL;""",
        r"""COMMENT ON COLUMN "removal"."platform" IS 'platform';""",
        r"""COMMENT ON COLUMN "removal"."environment" IS 'environment';""",
        r"""COMMENT ON TABLE "removal" IS 'A signed request of a platform, taken once: `digest` is its SHA-256, so that a replay is known.';""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""DROP TABLE IF EXISTS "removal";""",
    ],
    "postgres": [
        r"""DROP TABLE IF EXISTS "removal";""",
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
    "eJztXetz27i1/1cw+pLsjOKJ5cSbZm/vjO11G7dJnImdu51uOjREQhbXFKCCkBV1u//7PQ"
    "DfT5G0HhCDL4lF4oDg74AAzvv3wYw5xPOPzubu38lq8Bb9PqB4RuCP3J0hGuD5PLkuLwg8"
    "9lRTPHeth7DR2Bcc2wIuT7DnE7jkEN/m7ly4jMrGZwiaognjaM7ZPccz/wjdzTmZuN/u0M"
    "Sljo9cMUR3PrE5EdYU+9M79Pzdh7OLFzfvzkavT3+QhI9ENvsJiSlBQUvk+ogygXzBOHGO"
    "5GAcZsNoXHq/4+cuqPvvBbEEuyfQjsPTf/0XXIZnkG/Ej37OH6yJSzwng7rryA7UdUus5u"
    "raly9XP/9FtZTvNLZs5i1mNGk9X4kpo3HzxcJ1jiSNvHdPKOFYECfFELrwvJB10aVgxHBB"
    "8AWJh+okFxwywQtPsnXwP5MFtSU30Xwx9lx/CgAfuY5/RMnScp3/DUeZorCsj9e31s3lrW"
    "UNChNCjibHq/CSzaicTC4VErPf/wj6TbBRVwfyARfvzj4/Pzn9QaHBfHHP1U2F3OAPRYgF"
    "DkgV/gng6v8C5BdTzMshj9rnQIeBdoE7upDgnXw1EXwRQFuAdDDD3yyP0HsxhZ+jly9rMP"
    "6/s88KZmilcGbwmQef/8fw1ii4J/FO8A2+sDYIJxSbwXj9lN4ZwsenDQA+Pq3EV97Kwpta"
    "rdpgnCPr4WQ+Hr1pgvXoTTXY8l4WbYmX3OmssmW6Gu0cWQ/RPn3VAOzTV5VYy1u5iW0z2U"
    "cB5b/dXH+smNMxRQ5gx7UF+i+CrUocINA1wEosZM8z3/+3lwb0+Yezf+Sxvnh/fZ7fH2UH"
    "5zngYWGQ4FhYFMH/Ge4Id0bKGZClzDMhJD2K/ugXK26vPlze3J59+JThx89nt5fyzkhdXe"
    "WuPs8v9HEn6Jer23dI/kT/vP54mWdb3O72nwM5JrwQzKJsaWEnjUl0ObqUYTP5Nnehuw5s"
    "zlJugM3hfmy4vHkue9gX1sLv9DnnaQ2ndeY0J4/soROfs5SGyzpzecn4gz/HNik9gVYrCv"
    "J0m1QZ6MveNWoBqYSZPJRqBWK8iiD/hXHi3tO/k5WC+goGg6ldphMINWi/pPs6THCTq8nn"
    "zfEy1l8V5hegAO9OhMLhM0z7z1cXtwOF+BjbD0vMHSsDvbzDRix3JW5bvDUbzfJXMMX3Ci"
    "L5LnLkkQpTCDKbi0GZdjO8NaxVb6YarVVvXlOCbOx5SEyxQDP8QHyEA02ZjROtmT1ENpvN"
    "XOjaQWMygUmFXOGjict9gcYrQZBH8CPxi4rMrTyhRGX56yDV50DN09kYbv3L6DJ11WUGDC"
    "qAfkVFhTIzJsjhLr/0w1utYLzw34vR8asfX705OX31BpqogcZXfqwB/urjbU4UJnNml6jV"
    "KuGM2xs0S9D0BZm30lGG7XuoLjsZNVCXnYwq1WXy1h+54z+8pl9y9q/GN0XSR4gbGTNOao"
    "wZJ0VjxlSIuQXnPbEo0UxWLgs5qk6Lg2Yy1abXBrYQcFipMMRdwjZVOGtnEE6R6zyV0+Pc"
    "/5JBOGclh4VqBXtM8CT9umYzedfqdSk+lEvv1St1mqbT/NYM823PbFgleDcTRpbSmDC0Vo"
    "ZNXAoSWyc+50iN0lNnPqfUEC3VnkVKo/jMrZVGo2w0ygesUa5YJzYA8qdsbz2FubhCaqW6"
    "hzMxpcQblKjuo1vDOtW9nWrUwDPZnjKfUDSHwbxFyynhBDGlbY/1w0foM5mxR+KgsGsfwU"
    "RaDZVjsZgSl6OpK12BV2UeyBvt/yv9Sr9Q4XroDlYh4VsL+eNOuSbPPSyAYoaWGCYEEgxN"
    "CebST1lquFVnrmjoq/z7IGFWcdkPHyT/JvTR5YzOSKDRiG5Z2LYZjE1SyK7JtzmM1wfQY/"
    "7HvkfBO1ss/DKjT1L1/g3YJ3+gX95dfr5EPMAJTnDo6gZ9/PL+fTBJjSlCB1NEel500eik"
    "6bVW6aQHun/J9wHerivkEa3WcEeD3D/UudWuC+L5BVNn4HNj3b/ne9n2UsqHCtGwnFxnHu"
    "jkCW/CZrZsacLU8VohnFD0T0W8lcgk/AiHF24tuFeE+RZOm+UwZ6n6AHWdqvDyH7f1FpBY"
    "U/j++uNfo+Z5s0g+IoxNXI+0BT5HZpDvgDyW7txF0M8Z8wimFbjHRDnIx0C1rcU7vrJb1M"
    "+vr99nUD+/ysP65cP5JeyWigXQyA30JEWLtgmj6TTtD802kWgh2rI5S2ksUHpzOdavtWdz"
    "htTwWWc+14mS1erCWgny+zSEZU8d922NiymSJ8B5OB+Ksdcae63e4G7DXhuumxsA+IJRSm"
    "zA9Czpsqc4ZzebJlZxWEs3APENPMZWdtVPYYcHufquN4gnW08GXHh+ysi4B0t4foqXmcRL"
    "PoMa23jU2kp9iM0C3K7PFmKKfJhAL1yKsJDxZ6E+vTxerY5A2rHv5C0YiUtBHrqTKbWWU0"
    "JVvNqccJ9RJKPRUdAKuXSI7uwpsR8sZ0EUhWqesXxDH9h/gNZ4zBYCukKUfBPo+UdGyduv"
    "1GeM/nCE7oAz8sEOXvl3yId/0ZQtEbBhheS1KHIuascmd0P1HEIdxCbIZzOibOpD9eeYOS"
    "u0xNLi7jlqzPB6d46L7ynz3egJy+lKjodNJvBuyCO+L2P5Mq9Lvs2BNzWxeZn9qYkVfuET"
    "rkzwJnzP2Mz3uidqZjM3hlxNDLnRClXKhDVW3BStzugbE66W+G7FhFsVJ9hsSamMF9QK79"
    "Qw97+Q33NM5XEWjlAzN3QwLKBfHd5WQW6SyT0h2k0BSe+7sqSC3LDkCSwxid++B0uGEjJA"
    "rgfZ0urO8epeDPd15j4nE+itW2hkntZwWmdOp/VmbTmdpzWc1pnTsRKxyOZqp7kMkXGZa+"
    "8yp7TM3dy4MpTGjUvrjyttTOjE6BStWUZ15nRsx2nL5gyh4fEB8Fja74pcrkzTlaMyabqK"
    "Ts1BquiO62SB2HxEOn9EIbvghcvKcFR+RXmy3aXCfHkgH5GJDPguvh/jqGkcNXV0cNM6VX"
    "vowQavXpO0vdho2MDPTWa4aZXJ/QyF2QAjv7UjdCurPgqYE9K7LCj4iGRxL+IETmE2PB35"
    "BHvS7Uw6iFFvhVTsh/T3AhryTaY4uS+vT7ntx7VM9RIe1NalbCmgK094igE1yVsCszH6M3"
    "pms9kcZh+A8Mzkb9HHFw2+jLLksNXeITGBzu4KHd1DNl/dzrj6GVe/79DVz7hE7T4TsiDt"
    "q8NmqHpXhXfzyzkczFwOpyBrwd02QOfpdJ7XHcEevWyau6U2eUvBu5ITseAAFWuHd4qoD+"
    "bQ3WAdiBiWFDeKaFcbn3NkfcB71+ZnU6NhDepbqtHQTudtlN2Vyu4DKKF1KFB2s7oZc9th"
    "mAs8gn3SLcVMjtTwWWc+a+R+r5vg0Cc2GyPvd8FmU4Lo++DznhODHQ5nW2Sy4iS0HfotYS"
    "0QGmRNjjDjerJ3cLeRIyz51jeAcYc0YXquD2uRLiyRFbmstEnHdqA412Rj23vCME4cQoWL"
    "y6tnJXeHtc5T2XaNsoM9Ei5dhWR6LFndKnRQEuyB0J+imz7CnCB4LgEGh+5MU/d+SnyBFK"
    "R+eSKxDfWtco7JVG8q15hMCRYV2Ar6kv3LH1HGMlf4xJsMEcBDQt8qeVumwnvmI7akAVl1"
    "ui5oEieoCYdpMnFp6/2U5lZT2NM05uCUO5FGU76AZ6UhIEWxO1PAAYXihMZVtex0MMrGdL"
    "1wOdi5WVYfJa6eB6deKH2MDve7YLNJ+m+S/muOplHoGYWejuoPk/R/72qmi7Obi7OfL03O"
    "/yfAW5XzP8Z2Pxq8y0dSnuc/uDGs09uRuMlald1NlMJeJqEXaKoUZ0qphjDyF+PfYA4coT"
    "tYSV1JcocYd2TeepvNZq6QAYvqYb4KQXR9dO/CTzReKQ0ZJx5eFVV5O3pmy4jH9QXq1VOt"
    "BaWL2ZhwoqZMXZxj9AKmRL1+Sr6IN0XYz937Sr1UmmojKWL2GxgTaKX+NBqdnPw4enly+u"
    "b1qx9/fP3mZayeKt6q01OdX/1VqqqGaVmuqLtSgBVQrw7biNr3Qle17VikcPVsKSlkqYyc"
    "kBdn4XZbcTYhMeJsPqkihqO71xLQLJXBNIsps+0F5520lTlSo67UWl1pdEFGF6SjEK11Xq"
    "Erh8zmTBBqr4BrgxKZOtdiWCdcu0lb6yFsvFbM/mWqyt7Z2PMID0vTMZg1bwP/FOxPpdOJ"
    "LAHn0vlCKMlWFbSTopaNldilhGUbBh40LcrV23rI+hJ0Egfj0KKrrBvO0qYCV9i8h/LW6P"
    "XrJhHyr19XB8jLe3lPdnhTOO23zbORp+sh3ltInZQsVW0lsgKlOQMddG7SXWrKjAhhRAgj"
    "QnzHIsQH4rj4zPdJqUkudbdWdJjJdhaOGzbIQjpxPRL5o3vumGO+OkLSFz44qLMZ8dGEsx"
    "kc5hEsAtJ0JU1iEyLsKRz/xysQCCSyIBAsp7IvV6A5J3MMLcvSkG79eeutckZw0EVwMBn7"
    "dpyxj3H33i2xSVZLEQmFziB3lB+2kBKRLTjsMAtekmelxm0+Q2VSmbX3mZfbitW25nSGqI"
    "/TexuFp2cgYFltbewZoj7M71wu20ZAH9cAfVwEerwSxPLd/5QAXedCkiHrUZmhHXuRLF1H"
    "tEktF7fvEeQbCyebgjQ6LVH6VKKZEBg4S6Lzpnj0+rTN+ptQ9G/x3bwSGHvCEnBYa3OES9"
    "P0AeOdBz2W56KtBrwqF61Bu0nh2YPSxGvDCqOKN6p4o4rvvSpeRl8MStXw6s6wXgUft2mg"
    "fZ8T7jP6zEdzD9BALg212wqcMvX5eoL1zjQLHy4bbxpdleKcea10K1H7PiqwNq6f/Y25tN"
    "O5J0NoMmvofOqR61vLA0+KxJx1THoAc4jcP7jbSA+gTj5PR/dL2E1PgU0thlodzD/B5zQo"
    "OZar67WH8nnUopkfvayHi2F1QnfKoUZlccSqupH0XLn7/etAudgARl+BRi5kQ/Q11gDKa/"
    "J/xHjwBndDeU5XMeYVPvVbfuB6l5hfC1+TjFY3MoEuMkFbbfSTNNGarls7U456Ln1oA3bU"
    "3iii22Ot1rsi2NUl6GKCJ5WgO6ApvpUadJEWf9wqcCdL1Yu1Zfu1Wx/dlrlp0yS7S057vC"
    "2AN2z7NparTmv3welw5k5HNmcpDZu1ZrPRLRndko4qEK0NlJ+SSNNBmTokdXtYqxXJNWxU"
    "fkPOO5lITxa1CHPmBOH/nC2jwhW/sXF5fY2mxKqARlBbVulCllNCk7ifGV4hKvUdtofdGX"
    "KFUneQR8JXwSX5gkiGXZAjdKfSFFj4Hrid6y6wpSIPw6CWmMIk/kpdGB93iYOwj1yZoAAt"
    "CSfwuCV0pcoH3yHu+gQ6ccUUEWxPw2HIZAcTAl+O/5UGY/FgABwtuSvCiCccDlnmHpSnPL"
    "bwrSA6JBwWNFBxUXJEwAsapvfzyATe0WdBFxj5RLxYwiDCvm0McMmaPNxRyRemIAMxeL4c"
    "IVsIBOceRyZDnLjcl3kPJZdVwBQN4JCPhC8iUCEFkVmqiXp7wAHb0FxmRXTpUOLyy8nFV3"
    "qrWlyEZGoggJj4KSh3EoRmURZkYZTPkM2dJ2mjhujXOO2V+pFN2RRczWRcDKsTy95rsi6m"
    "A7eBQn0iq+qkiwHD0NVH9PyZL2PSFh5xng3RM3ipRfAXJ4Kv4MXl33PObPlg+PVDoIxODT"
    "BdW7fFKBXZ2uyQ6YEGEXLRkGKFWMmQUqC2GFFENV74q62PS64scd3pbuPcMZ9LB99i2AsK"
    "3yd8vrPGXP8zepYierYhNk/Ds1izAcjWm3oyJcSRdS2ELBcV7FfNBpEj3NR4YJGzkvnafD"
    "ipOb5mlsxh+5gwPrNSa17j0S2pb0VGj7qB5R+iMsle35pssprp/yM+lWvr1ofKpul11ttl"
    "Brp/byFCH13O6IyUpZRvhnyuC63Bz421dRTcaZMguLy6IRUDd1qIpjXx4bud8DmxpPNyU+"
    "xGY+NYPFykEytAavPL7AbNOJBQaz33k2HuH3BjYzc29l5ibWzse7GxgzTneKRkD60GPkVi"
    "oH8C9LG+poP9ME9rfP11NiBmtftteV2kNtzWmduJ2rcNlxMqw12duavMa0XmVjpKxe135y"
    "X1ckts3LSXVNqw1PJryZGaT0bnT8aTanvFsZJzZuWHk6Myn0/+85lg11vwVpimSQygeUCl"
    "/W02F1ZFddZKVAt0Bto8tBWJc6qFzKrEOe1EzMNZ1LciYRasswUGVLvRl9H2Qa+Vq4XRKC"
    "fiqCYn4qiYE3FO+Ay31R1miPoA9K4ViKEFvZM6JU9rzpM6nydTroFtVrQcWR++sexi1qiu"
    "T01Zn2JVHxPH8l18UCaO5btg855rzh4Qaw+hLHI/4TSxVibW6oBjrfIrwwbQjRLH9BTY1G"
    "LYANNwM9oArBdJTz1FNrtx6xoc+Anz8nxJuSbDhkGC1jxq3SxS0CV2WNZLFQEOtV5oyuA9"
    "grA/FQ/oCp94k2EYLiemMlwNyUf5cQFhFbkmi4NJ1+SK0MJtPq00p2oufPIB5uwgmromva"
    "q2oRQRn5rqNqL2vXDz3LYPbTD5C+hW2nfi9ruz62wT3Q2bdmJDQUf7gjEtGNOCMS0Y04IW"
    "KjJTWX13Kojc0fSpYnK2t8MEeL20XJhlWsl1n8kE2D89CxxiBiViXa7FsE6q40FbC6caNy"
    "hXIdgDoSgkDoQtmSAEJhCH+fAWwe+ZFLJUfhfseQiOIUGOlEfCZdS6zC+Cg27KqltsvH9T"
    "DFqvNWtYI5gprllT7Jf4ANeYnjNUPRTSNp+Tki2ErLPeBuUUSR9OuVuvAh0sWF2ijzKUxu"
    "qr9ZF24tKuskuO1IguOvPZ5sSR6YNwawN/ntAILsYobYzS+wd3G0bp5GPfhA0101lPQS4s"
    "jxmUL85uLs5+vtyfwD1jj9gblErawa1hvYidNGogWvswPYgDsi9wMCj7gmMj5hAJLAVjBl"
    "PmLbpz3HtoolJ3ynSfN+/OXoxen6YThHICpCvZ4AH2tFJRe6vPU/lbbcAkm9c0TLhqY4qw"
    "/4DwGMSKI1Sd6BXmvMq0GpbICdKghvlFVVbWVH5RhsbkK1UUjiyEI7UDri8zrUbWkLCskX"
    "oOXLhnMidgkMZVpaCFd2yoM+iQZDScDU0STwYdmkx8emopTCa+vUjUJhPffjPxBXtAG5VR"
    "QrEZpNevNAeskpN7ZRtwo/YG2rXQBgfKklDuc8Y8gmnF7E2ochiPgUyflWITu+H59fX7jC"
    "rm/Cpvuf/y4fwSVgwFOzRygxN6jcdKZQ3eBm4r1cV4e6BsPh69abI2j95UL87yXj5XpE3c"
    "x06KyByp0ThrrYk0CZD6zF2bzeZy2+kUFZqjNZzWjdMF7ex+9Fo3cLKxlZbqE1b+qgX1Vq"
    "7FsE7L5cdtrXnUuIG2S3astDS2yuwSF7Zx7+kLWbp4MiHcL1NbNScs9dkPyeT92K87OnaE"
    "96yo8rFxEtFQ/VLtvb9eAXAInvzxIPevcin7MLoc57PkOoOv05Fe/d8C7qh9D/E9aeTuf1"
    "Lj7n9SdPcPUi23QTih6J9UupWICvwIqzi3FrzEIFodUpGl6gPUO4+p4GziwoGsJfA5MoN8"
    "52gWBUYB+Vp9Y47S6Bxb6Bw5g9cvMcjVTvWIxEzzbsU7CDyJtdk+M0R9QH0Hh0AQjtzyIJ"
    "7KiNo0iQmqLVkufEK6lApIkRkduXa6tcyxs0ZcrdbN1Eqp36c7qfHTNX66uruQdvDTTemA"
    "n+qkyyglNmB6lnTZU5yzy6NOfrq3HNPwyFNiy0jdHdbZMUS2XQMThswBJW0RynE2iR1+Fl"
    "WRPEJn8zkBrjqJj2lAM0SUPBLpoioIJ06ZmWOzna/3aP21JPw5soMYw4cOho8xmcDy1NX0"
    "kVBrLHkNJpzNtKrBiifwEXXFPCbWWSU/EEwrxE3V211PcVuUlQ+p1uPEBDpDrI336QHUND"
    "sg3U2HCo9GY6O/xsakhtqdgsGkhupdaqgvvpLpCrKvuj6sk3oXUYsG8m4QvHmEbmCCqKBL"
    "KlPkEj/IpPsTmpHZGJqgOQMgkYzPLBNsO/Zi8jjptcAMayRV47m0XbcaMsNlVV2rAY4Jeh"
    "ctdjJq5Bk2qvEMGxXwNZWZenvo1MQFPzHMlOzaGatN9dadMRSt379vpwQJQjEVbxFbwqST"
    "umU7sl9E7vT+UCXJD1Lhz4jj4uIe/qSezD5u9vGDWOl2sI/LPcD6D6OtQM4Q7Q7pwZfbi2"
    "3N3q3H1pv93OznW93Pzwh37WnZZh7eqd3JcdJm3TZezdgNb6zVBTvK9tUS5XS4OeorR2xE"
    "M129eYb5qNss7SmSPm6hjUrojmpq6I6KRXTlR9UC4bB5D9E9bnRAOa45oBwXDyjwRFGab+"
    "lvN9cfK3bMhCS/Xbq2QP9FcCo+RENWDbgSjMweWfCwzzvT5zY/2cF5mdJ+l5vZH/8PpDqK"
    "Lg=="
)
