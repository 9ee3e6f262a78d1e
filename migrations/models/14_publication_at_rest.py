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
    "eJztXetz27i1/1cw+pLsjOJJ7E02TW7vjO11G7dJnImdu52uOxREQhbXFKASoBV3u//7PQ"
    "DfT5GMHhCDL4lF4oDg74DAeeGc30cL5hCPH50u3b+Tx9Eb9PuI4gWBPwp3xmiEl8v0urwg"
    "8NRTTfHSte6jRlMufGwLuDzDHidwySHc9t2lcBmVjU8RNEUz5qOlz+58vOBHaLL0ycz9Ok"
    "EzlzocuWKMJpzYPhHWHPP5BD199+H0/Nn1u9Pjl69+kIQPRDZ7i8ScoLAlcjmiTCAumE+c"
    "IzkYh9kwGpfe7fi5AXX/HRBLsDsC7Xx4+q//gsvwDPKV8Pjn8t6aucRzcqi7juxAXbfE41"
    "Jd+/Ll8ue/qJbynaaWzbxgQdPWy0cxZzRpHgSucyRp5L07QomPBXEyDKGB50Wsiy+FI4YL"
    "wg9IMlQnveCQGQ48ydbR/8wCaktuomUw9Vw+B4CPXIcfUbKyXOd/o1FmKCzr49WNdX1xY1"
    "mj0oSQoynwKrpkMyonk0uFxOz3P8J+U2zU1ZF8wPm7089PT179oNBgXNz56qZCbvSHIsQC"
    "h6QK/xRw9X8J8vM59qshj9sXQIeB9oE7vpDinX41MXwxQFuAdLTAXy2P0Dsxh5/Hz583YP"
    "x/p58VzNBK4czgMw8//4/RrePwnsQ7xTf8wrognFJsBuP1U3pnCL941QLgF69q8ZW38vBm"
    "VqsuGBfIBjiZXxy/boP18et6sOW9PNoSL7nTWVXLdD3aBbIBov3qxxZgv/qxFmt5qzCxbS"
    "b7KKH8t+urjzVzOqEoAOy4tkD/RbBViQMEugFYiYXsecH5v70soE8/nP6jiPX5+6uz4v4o"
    "OzgrAA8LgwTHwqIM/s9wR7gLUs2APGWRCRHpUfzHsFhxc/nh4vrm9MOnHD9+Pr25kHeO1d"
    "XHwtWnxYU+6QT9cnnzDsmf6J9XHy+KbEva3fxzJMeEA8EsylYWdrKYxJfjSzk2k69LF7rr"
    "weY85QbYHO3Hhsub57KHubAC3utzLtIaTuvMaZ88sPtefM5TGi7rzOUV8+/5EtukUgKtNx"
    "QU6TZpMtCXvWvMAtIIM7uvtAokeJVB/gvziXtH/04eFdSXMBhM7SqbQGRB+yXb12GCm15N"
    "P28frxL7VWl+AQrw7kQoHD7DtP98eX4zUohPsX2/wr5j5aCXd9gxK1xJ2pZvLY4XxSuY4j"
    "sFkXwXOfLYhCkEWSzFqMq6Gd0aN5o3M43WmjevKEE29jwk5ligBb4nHOHQUmbj1Gpmj5HN"
    "FgsXunbQlMxgUiFXcDRzfS7Q9FEQ5BH8QHjZkLmVJ1SYLH8dZfocqXm6mMKtfxlbpq62zJ"
    "BBJdAvqagxZiYEBdzll354qxWMF/57dvzix59+fH3y6sfX0EQNNLnyUwPwlx9vCqowWTK7"
    "wqxWC2fS3qBZgSYXZNnJRhm1H6C57OS4hbns5LjWXCZv/VEQ/+E1eYXsX49vhmSIELdyZp"
    "w0ODNOys6MuRBLC+Q9EVRYJmuXhQJVr8VBM51q02sDCwQIKzWOuAvYpkqydg7hDLnOUzk7"
    "zv0vGcT3WYWwUG9gTwi+yb6u2UzetXldqg/V2nv9Sp2l6TW/NcN82zMbVgm/nwsjT2lcGF"
    "obw2YuBY2tF58LpMboqTOfM2aIjmbPMqUxfBbWSmNRNhblA7Yo16wTGwD5U763gcJcXiG1"
    "Mt2f4+UXTkYVlvvozrjJcG/jpXRgtzPcv2MrxGaCUMRBRRPSEoxWmCPpAUcrV15AmKI5C/"
    "wjNOHB9Ddii4mM/pWxwJ9g/Ij5CNs2C6hArkDqDy4jjsdI0T6iZFKXrfq7f3ylyZ/QB9dn"
    "dEFCq0Qc7Ro9T/4pR2B8ANr6AAoM7GNNKXShtUWlMNb9B+SaePJtKvbpMtTai5CSDBDi7U"
    "Q5yxW+BHGzQh3TGJOJ1qo0SBNdPBdxc+PPjHwWJQVvT2LxHFNKvEq5OLrVLBhnGrU4sGfP"
    "GQfBdAmDeYNWICuCrKmCUBKR6Qh9Jgv2AKJq1DVHIFw8jtV5O5AuXR/NXXlC7rHqYN5G+7"
    "+lt/QLFa6HJvDhCG4F8sdEiclLDwugWIBkLWVjwdCcYF8e31PytuzMFS2P8P0+SplVtoZE"
    "D5J/F8Wp6JYVyeqSQnZNvi5hvBxAT/ifhOSH72yxSFqLv0PV+1dgn/yBfnl38fkC+SFOFh"
    "bo8hp9/PL+fai7GelcB+k8Oy/6iOZZep3FmdxA9y833sPb9YU8ptUa7niQ+4fa6J/71T+r"
    "tpcO6lINuc480El1Mtr/lgOwMHW8TginFMOLnNjKgX38AMKLbwW+V4b5BqTNapjzVEOAuk"
    "ntv/jHTU7jLwUGJVr/+6uPf42bF6OFiokS2Mz1SFfgC2QG+e7IC7cqaL4hHMutjJk/SKy3"
    "LQ4usXRgldE9Y8wjmNbM6YSoAPEUqLa1MSZXdjujz66u3udm9Nllccp++XB2AZKIQh0aua"
    "FrthxEa07u91pSDs2Gm1p4urI5T2mC3vTmcmK77M7mHKnhs858blLT602xjdr59xl7l5c6"
    "7rrGM2ZIvgHOw/lQTIioCRHVG9xthIhG6+YGAD5nlBIbMD1NuxwozvnNpk0gLqylG4D4Gh"
    "5jK5/1p6jDg1x918fgpltPDlx4fsaBu4cog+IUrwo3qPgMGuIO4tZW5kNsl1Pj6jQQc8Rh"
    "Aj2T0axCpryIfBXVKTKaCGSMwETegpG4FPQhFUi7mhOqUmQsic8ZRTIBFgpbIZeO0cSeE/"
    "vecgKiKFTzXFQB9IH5PbTGUxaoIFxKvgr09COj5M0t5YzRH47QBDgjH+zgRz5BHP5Fc7ZC"
    "CxmhK6/FyTridmw2GavnEOogNkvjg8fqzylzHlWksGCeo8YMrzdxXHxHGXfjJ6zmj3I8bD"
    "aDd0Me4TJuGOdel3xdAm8a0oHk9qc2EQ4BJ74KbzDRwiYeYa97ombxCMZJromTPF6hKpmw"
    "xkOeodUZfeMe1xLfrbjH61KTtFtSalOUaIV3Zpj7X8jvfEylOAsi1MKNgjdL6Ndn1KghN/"
    "mrvyHBhgKS3vVlSQ25Yck3sMTkmv4ePBlKyQC9HnRLqz/H63sx3NeZ+z6ZQW/9srEUaQ2n"
    "deZ01m7WldNFWsNpnTmdGBHLbK4PSMwRDSFEbtfhiMrK3C+MK0dpwri0/riyzoRejM7Qmm"
    "VUZ04nfpyubM4RGh4fAI+l/67M5drz9QUqkxm4HNQcVqfpuU6WiM1HpPNHFLELXrhTlooi"
    "2e6yVTw/kI/InAz4Lr4fE6hpAjV1DHDTujpUFMEGr95QJ6rcaNwizk0m1exUPOoURQnI47"
    "i1I3QjC80LmBMyuiysMY9kPWHihEFhNjwdcYI9GXYmA8So94jU2Q8Z7wU05KtMH3MXlaYv"
    "ZN7Z9uM6ptGJBLV16XBK6EoJTzGgITFO6DZGf0ZPbLZYwuwDEJ6Y3Dj6xKLBl1FVj6I+Oi"
    "Qh0DlcoWd4yOYLaptQPxPq9x2G+pmQqN0XXxHEkjJDl7U8T7UZsNfvoAe8nINg5vogBVmB"
    "73YBukin87zuCfbx87Z5cRoT45SiK30iAh+gYt3wzhANwR26G6xDFcOS6kYZ7Xrnc4FsCH"
    "jv2v1sysKtQX1LZeG62byNsbvW2H0AVXsPBcp+XjfjbjsMd4FHMCf9UswUSA2fdeazRuH3"
    "uikOQ2KzcfJ+F2w2VU+/Dz7vOTHY4XC2QyYrn0S+Q94R1hKhQdbkCDOhJ3sHdxs5wtJvfQ"
    "MY90gTpuf6sBbp0hJZk8tKm3RsB4pzQza2vScM84lDqHBxdWWy9O64MXgq365VdrAH4stQ"
    "IZkeS1YOiwKUBLsn9G18kyPsEwTPJcDgKJxp7t7NCY+L5VYnEttQ3yrnmEz1pnKNyZRgcf"
    "GysC/Zv/wRZyxzBSfebIwAHhLFVsWVfp9wxFY0JKtP1wVNkgQ10TBNJi5to5+y3GoLe5bG"
    "CE4FiTSe8iU8ax0BGQpT8LLCGxA5V9Wy08Mpm9ANIuRg525ZfYy4egpOgzD6GBvud8Fmk/"
    "TfJP3XHE1j0DMGPR3NHybp/97NTOen1+enP1+YnP/fAG9dzv8E2/1Y8C4eSHWe//DGuMlu"
    "R5Ima01213EKe5mEXqC5MpwpoxrCiAfT32AOHKEJrKSuJJkg5jsyb73NFgtXyAOL6mFcHU"
    "F0Obpz4SeaPioLmU88/Fg25e3omR1PPMrs+OPG047qqVZAabCYEp+oKdN0zjF+AXR5nTEG"
    "GyOfDka+mDdl2M/cu1q7VJZqIyli9nswJrRK/en4+OTkp+PnJ69ev/zxp59evn6emKfKt5"
    "rsVGeXf5WmqnFWlyvbrhRgJdQbarxG7Qdhq9r2WaRo9eyoKeSpjJ5QVGfhdld1NiUx6mwx"
    "qSIG0d3rCGieymCax5TZduD7vayVBVJjrtTaXGlsQcYWpKMSrXVeob8wz2OrL8tRhTad3B"
    "s3KdQz1coKlu2UahmrEim4DE0JcuIQExzqTjZWehSeCeKrum829rzqkJfu3ajolrgyXlxL"
    "DyPJIWi2wI9hKTzbw+4CqN6GATAMpnAU28IeiA/qtzqMN0G+ywl04oo5ItieR3RS854RoO"
    "FSF/cfb6mH5ShWvitIGD+Do2dAV1zqzfnhyKGqWnlhgb7wBRfYISHlIuACUSbSqysXBigf"
    "u5ozTm4pUNlsoZIjyXb3sGLSt2gSUPUXn0TBPtAdNFeP4zASkCIcj8BdGSS0mqtahLCMY/"
    "osWMIg2L16ezTz2SIsKJjiPAZYBSA3ieN/pDkCXgxFoUOgBiN5f4wmSWEq14neGR4kX1a+"
    "ioRWntNN+lHFDWfY9QKftDRc/DrKDCz65EL7RY8kTsnkbpO7KexSWTSusnGEmaeWhyYwv2"
    "8/CpiOFluGAQpdh2IMLLoYWBTPS5C3y/US0+qs8ieD1CTPS1+sE2KtwU5GuX+05RpfBrs+"
    "5ipubzJgdA+1irbrMtz1OTAyJKZS2DekwTA5ALdqqDX5HIZspjGJTzYW6hwpRl0y8mRJDK"
    "Dl2HGljHddejJkZu3Ree2JLSAdPpgsiflgih9MxprTRR4qkA1B/C8lHGwhFR03pxssJek1"
    "Oe/2IOybww7fxdZgEtZ8H3wuW+Bbx62UKI2n2BzHMC74/YO7jeMYma99AyB/yvc2UJjLK6"
    "RWsQ6XDlksmSDUfgTOjSoiHgotxk1xD27a1rqPGq+NfvglcqtjzyM+wvyeOCq84E2YiwPz"
    "uQwQkPEKLl0GQjn1C772KHwABh42LcdGbOshlfk7ckuRxMEk79DV7RzN0rZKetR8gC6L45"
    "cv22jnL1/Wa+fyXjFrH7wpF51rihTpBoj3FspEGSl+i1HoB2Xx2OWpoCEpwkZXM7qajkqE"
    "1uHSH4jj4lPOSeXx48zdRtVhIdtZOGnYouLqzPVInHvPc6c+9h+PUBgELQV1tiA8jMzFFM"
    "EiICNJZQztjAh7DuL/9DENc17NZV+uQEufLDG0rCq5uvXnrQ/kNYqDLoqDqU644zhK5rt3"
    "boXdqV6LSCl0Brmn/rCFsGAW+LDDBH5FTZmGFIE5qiF4rXcdtCq3FUv96DC3c0RDnN6tgg"
    "VOGoIFTsrBAgtQsKyu+QRyREOY34W6va2AftEA9Isy0NNHQSzu/qcC6KZ0GTmyjeTL2DfU"
    "e8mYsXId0SWaNGk/IMg3Fs01B210XmH0qUUzJTBwVtUl9EM7I5dFB5yqQg0ewzXQVhEXQJ"
    "5J6sODuQHDn6++nL2/QJ8+X5xfXl9GwVyJ1UzdlJfgghvbA07fFzNquw5hqrau3WXrK5AN"
    "b/PbvBA98+EPy688YNcws/NkZk63mNMqD19Nesj6hFw5IrNAV4T7z/Hxy1ddVomUYngLxO"
    "a9dNgTVtcjoVmaIWC8aw27Jki8HvC6IHGDdgu0D8tVqg0rjK/U+EqNr3TwvlKZCnhU6SdV"
    "d8bNPtKkTQv36JL4nNEnHC09LJM1xVmdFDhV/s31BOujHQMOl024o65eS595nYzfcfsheh"
    "g2rvv/xlzaS+7JEZqjUjpLPXJ96yjwZEiMrGMORxkhcv/gbuNwlJJ8vh3dL1E3AwU2sxhq"
    "JZh/gs9pVCGWq+uNQvkybtHuoJPLEcewOqGJinhUWT2xSjsgQwsnv9+OVAwkYHQLNHIhG6"
    "PbxAIor8n/ZRJR9QaTsZTTVcGTmkNPW3ygSh3L1PtFKVLD7KlRjGSc0ULGOcpspjLZqyBU"
    "pqQdI/gtT1tJSdX2YATyDJakWrxVz1F5a1WDcKbKZKxi7hPsTG5p7g1mgS91EbTEvuBj9U"
    "LZgcuXUS8uL4T5Yx/IH5PoKSuglKOW/8rxU0bb51QtLhIyo6pRdXRRdXaad1HT5XhnNl/P"
    "pRXZW+vBjtsb+3p3rNVqVga7PuVNQmASXH5Dzpton+sCfIbEZBvqj/zM9bmwovTpXVaZEq"
    "FZbrovN6HU1WXapxRm1n97jq1ppwPqeapByDLbjsjwyYPLK1Oa1IYRZUl2lwDxxbYA3nAI"
    "kQkA6LV4H5wpfOn0ZHOe0rBZazYbE70x0etoSdY6ziOb26zKqpxPfdZgXC40bFVKTM47WS"
    "FL1umK6mCGaa58toqLSP3GptUFxNoSdywbpqzGqvRXeEm+IFJVWo7QRKXjsvAdcLvQXRiS"
    "Epa8WmEKk/iWujA+3yWOMiHPlHFZmm8pWY2llTqgwvVC+rjGGQzIVoZpeC+YIaE92hXti5"
    "bd0nDoTUXLllIoZAG3wkPTaSGvpGYXsI5GFb49MgNIOAu7wIgT8WwFg4j6tjGg6xOb+Y56"
    "iTloTAyeL0coy59J/UrWeVMKrrSMw6RQeQRottwYDQ33oTFeNYkt8diG5rIwukuVJf6Xk/"
    "NbeqNanEdkaiA8LfgWZiygLCwwJ58hmzvfZCwfy+pfUeVb9SNftbWiQlmxl/SA+vpy7Nks"
    "R1hY0EyJH/HSORqXS4aF3at6YZcf0dMnYbYGAODJGD1JjeRPfigVNWtXSi07pBbF1KLhqK"
    "FwmVMi8IgjhwLoB+FfPhH+YzxAn9nywZUD9AjmxFIfS5dRKjKny0DbY5bhfocRxVTTgD9u"
    "fVxyxUxqqvQb5475XDn4DsMOKCwksM4sWnP9z+hJhujJhtg8j2TMdgOQrTf1ZEqIwwE1Aa"
    "trtA+3G0SBcFPjkfUO0/nafjiZOb5mliSlCDKLc+vRrSi3Yp9408CKDzGFGfX0o8Z8qrZC"
    "rk91k6XX2R6ZG+j+g0kJfXB9RqtdHu2QL3ShNfiFsXbOYvGqBf4vimaUTA6LV1VFMk1+px"
    "1O+IL+1Hu5KXejsdcvGS7SiRWgXvIqf0g7DqTUWs/9dJj7B9zEKplYpUFibWKVTKzSd4W8"
    "iVUysUpa476VWW/qru8N+sQ+3KdGb4HWHD3VORAj7yXtyusyteG2ztxO3UxduJxSGe7qzF"
    "0Vd1Bmbm3AadLelNsuRptmHdkdv5YCqflkdP5kPOkmVBzrUqq+QGU+n+LnM8OuF/idMM2S"
    "GECLgEp//2IpOqcmLdEZaIvQ1uRxrFcy6/I4GuW+g4ZZigYpMaD+OFIV7RAMW4Xama1qKB"
    "w31FA4LtdQWBJ/gbv6KnJEQwB61xbEKGKnlzmlSGvkSZ3lyUzMdJcVrUA2hG8sv5i1qgPc"
    "UAa4XAXYnAf8Lj4ocx7wu2BzPlS4bSBuIcDYnAUsiB11onVD0e5aidrAac6smjOrB3xmtb"
    "gybADdOI/hQIHNLIYtMI02ow3Aep72NFBk8xu3roesP2G/On1nocm45WFraxm3bnfiGlrL"
    "g7YYhfFE4bHeFeiIiAXiLZooJk/Q8/hwrjpl7QpOvNkRmtzDbXVudyI7mqhjzJMQZ7jOXV"
    "qVr3+Hz61M+184mi77GsXT2VQA0PY4V8yntvaOuP0gQs23HccfTv4SurU+n6T97nw920R3"
    "w+6exHnQ0+dg3A3G3WDcDcbdoIXZLCtcdjT0lCiNWaLZLFEQTb9Vdc73dpgAr9egS7NMK1"
    "3vMyB+FjiggIwq1LzM3XGThif5Zk3ThmuVu3dshRaBPZdKlsyC5LkLV5VUCDiRJRV4MP2N"
    "2GnSJXj0GH2CV5CqFLZVLA8KKdhsjFZzJhNJqaYNpdh29tRKxa5wFF9BDf9HDzWqnbaqnU"
    "kZsd+UEfGX0gf4mFZrxFU6u3hd0QPzeFWqhL3m1FNKojPaPZXDF8ev22B8/LoeZHmvpBza"
    "latKrWUjQ2FsGxW2DZ/Ik1i8h9qXpzRKn85KH5ty4j/00u4LpCYoRjtGlxTQPWlGZAYvMj"
    "8Njw+MqrSjfItmDSlsa+FM4xa1pgW7JxRFxJEXCqukRj7MxzcIfi+k60llFcZReTeVahcU"
    "E5lTMPJiyW6qSlNvvP/1KWuNXqOLXqO4Zs0xrzgx2RCom6MaoKS3+UooLBA2q9NharaplG"
    "QI9v9tOwijBatProYcpREHtBMH8lmAaF+vToHUyPc689n2iSOTO+PO4dBFQuPSMSG8JoR3"
    "/+BuI4Q3/dg3gPF5rrOBglxaHnMon59en5/+fLE3VyRZsAfsjSo17fDWuFnFThu1UK05TA"
    "/igO4LHORRtGcc4jRGAkvFmMGUeYMmjnsHTZRbUFaNuX53+uz45atsnRmfAOmjbHAPe1ql"
    "qr3V56mqQTZgki+PE5X5sTFFmN/LGu2BLGtTW14I5rwq2BPVtw+r6URlalQtoEyZGoam5J"
    "YqCkf5Rz0PrsuCPXGcWMCJD/NMPQcu3DFVpV5VA1KFj+AdW9oMepSAiWZDm7IgYYemToKe"
    "VgpTJ2EvGrVxeu/XARvuAV1MRinFZpBev9IcsElO7pVdwI3bG2jXQhsKlBWJr84Y8wimNb"
    "M3pSpgPAUyfVaKTeyGZ1dX73OmmLPLYkzzlw9nF7BiKNihkRtK6A2x/JGw1WVOV9EOz9i8"
    "lcANn9jE7eeALpAai7PWlkiTLnbI3LXZYqlOZfbJoVOgNZzWjdOaBJJcg2RjKyuVDCUfVZ"
    "i3Ci3GTVYunrS1lnHjFtauYhR7XB/ZvaPPXBnFMSM+rzJbtSesDHqPyOT95MRrLHZE91Qh"
    "TBMkoqn5pf5c83oDwCGccU4GuX+TS9WH0Uecz5PrDL5OIn39KYNquA/hZEHf+JxWB6FPGg"
    "5Cn5QPQoeFabognFIMTyvdyllz/ACruG8FfoVDtP6weZ5qCFDv/LS5z2YuCGQdgS+QGeR7"
    "n/NXYJSQb7Q3FiiNzbGDzdFn8PoVDrnGqR6TmGner7QqgSexLttnjmgIqO9ACBQuqSiE0B"
    "AMH7UfHrxbUG8Yd6tTR9SfdsyQmOOOFUsxJ6RP0boMmfE/aGe3zIn0DaaAertXowXg+wzV"
    "NTHQJgZa9/DcHjHQGfv6twZAM0qJDZiepl0OFOf88qhTDPSNj2kk8lT4iTJ3x00+IpFv18"
    "I9JLMRSz+PCkpOM1Y9UUeBRcCP0OlySYCrThq/G9KMEVVJkLAniE+cKhfSZjtfHy38a0XS"
    "rdjHZJxKOjiVpmQGy1Nft1JKrbHaNZr5bBFNcD3cS3gm6pTb9ZgnxDq7O0aCaYW4TzCv0n"
    "fbQZ5Sa415Osz9Aw67XFUhy3r7TUKgM8TaRPYeQHXtA7LddDfbGIvNAVhsTELi3RkYTELi"
    "wSUk/sKVTlfSfdX1cZPWG8QtWui74cHYI3QNE0QdaKVIptvhyAOG+2/Rgiym0AQtGQCJ5N"
    "nXKsW2Zy8mR5ZeC8y4QVM1UWHbDVkiC+xWBM3UA5wQDO4k3slxq6i744aou+MSvqZG8GCF"
    "Tk2ON6SOmYpdO+e1qd+6c46i9fv3zZwgQSim4g1iK5h00rZsx/6L+KgCH6uybBxh6sBW7L"
    "i4vId/U09mHzf7+EGsdDvYx+UeYP2H0U4g54h2h/Toy835tmbv1vMWmP3c7Odb3c9Pie/a"
    "86rNPLrTuJPjtM26bbyesRveWOvLRFbtqxXG6Whz1FeP2Ihlun7zjHJ9d1naMyRD3EJfvm"
    "yzhb58Wb+FynsFfwB8VB0QjpoPEN0XrQSUFw0CyouygAJPFJW5rP52ffWxZsdMSYrbpWsL"
    "9F8EUvEhOrIawJVg5PbI0umF4kGFwuYnOzirMtrvcjP74/8BORD/Xw=="
)
