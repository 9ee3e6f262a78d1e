"""Tracing. Made by `agm migrate new tracing`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "attempt" ADD "trace_id" VARCHAR(32);""",
        r"""ALTER TABLE "publication" ADD "traceparent" VARCHAR(55);""",
        r"""CREATE INDEX IF NOT EXISTS "publication_needs_attention" ON "publication" ("channel_id") WHERE status = 'needs_attention';""",
    ],
    "postgres": [
        r"""ALTER TABLE "attempt" ADD "trace_id" VARCHAR(32);""",
        r"""ALTER TABLE "publication" ADD "traceparent" VARCHAR(55);""",
        r"""CREATE INDEX IF NOT EXISTS "publication_needs_attention" ON "publication" ("channel_id") WHERE status = 'needs_attention';""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""DROP INDEX IF EXISTS "publication_needs_attention";""",
        r"""ALTER TABLE "attempt" DROP COLUMN "trace_id";""",
        r"""ALTER TABLE "publication" DROP COLUMN "traceparent";""",
    ],
    "postgres": [
        r"""DROP INDEX IF EXISTS "publication_needs_attention";""",
        r"""ALTER TABLE "attempt" DROP COLUMN "trace_id";""",
        r"""ALTER TABLE "publication" DROP COLUMN "traceparent";""",
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
    "eJztXW1z27qx/isYfXHOjOKJ5cTJzWnvjOy4jdskzsTOTacnHRqiIJPHJMGCoB019/z3Au"
    "A7CVIkrReIxqfEJBaEngVB7LPY3Z8jF8+RExxOffvvaDl6C36OPOgi9p/SnTEYQd/PrvML"
    "FM4c0RT6tnEXN5oFlECTsssL6ASIXZqjwCS2T23s8cZTwJqCBSbAJ/iWQDc4BDc+QQv7xw"
    "1Y2N48ADYdg5sAmQRRw4KBdQOevf84PXt+9X46eXXyCxe8R7zZr4BaCEQtgR0AD1MQUEzQ"
    "/JAPZo5NNhrbu93yc0PP/neIDIpvEWtH2NN/+xe7zJ6BfqAg+dO/MxY2cuYF1O0570BcN+"
    "jSF9e+fr149xfRkv+mmWFiJ3S9rLW/pBb20uZhaM8PuQy/d4s8RCBF85xCvNBxYtUll6IR"
    "swuUhCgd6jy7MEcLGDpcraM/LULP5NoEfjhz7MBiAB/a8+DQQw+GPf/feJQ5CcP4dHltXJ"
    "1fG8aoMiH4aEq6ii+Z2OOTyfYox+znH1G/GTbi6og/4Oz99Muz45NfBBo4oLdE3BTIjf4Q"
    "gpDCSFTgnwEu/q1AfmZBIoc8aV8CnQ20D9zJhQzv7K1J4EsA2gCkIxf+MBzk3VKL/Tl58a"
    "IB4/+bfhEws1YCZ8xe8+j1/xTfmkT3ON4ZvtEb1gXhTGI9GK+e0ltD+OikBcBHJ7X48ltF"
    "eHOrVReMS2IDnMxHkzdtsJ68qQeb3yuizfHiXzpDtkzXo10SGyDaJy9bgH3yshZrfqs0sU"
    "3M+6ig/Lery081czqVKAE8t00K/h+wTxXdQ6AbgOVY8J7dIPi3kwf02cfpP8pYn324PC1/"
    "H3kHpyXg2cLAwTEgrYL/jt2htovkCihKlpUQix4m/xmWKq4vPp5fXU8/fi7o4930+pzfmY"
    "iry9LVZ+WFPu0EfLu4fg/4n+Cfl5/Oy2pL213/c8THBEOKDQ8/GHCexyS5nFwqqBn98G3W"
    "XQ81FyXXoOb4e6y1vH4tOzCgRhj0ep3LslrTKmuaoHt810vPRUmtZZW1/IDJXeBDE0l3oP"
    "VEQVlunZSBuupdQQtwEmZxJ2UFUryqIP8FE2Tfen9HSwH1BRsM9EwZJxAzaN/yfe0nuNnV"
    "7PUm8CHlryrzi6HAfjuiAocvbNp/uTi7HgnEZ9C8e4BkbhSg53fwBJeupG2rt9yJW74CPX"
    "grIOK/hY88oTApRa5PRzJ2M741bqQ3c41W0puXHgImdBxALUiBC+9QAGDElJkwY83MMTCx"
    "69qs6zmYoQWbVMCmAVjYJKBgtqQIOAjeo6BKZG7kCRLK8rdRrs+RmKfujN36l+YyVeUyIw"
    "VVQL/waA2ZmQqUcOdv+v6tVmy87J/nk6OXr1++OT55+YY1EQNNr7xuAP7i03XJFEY+NiW0"
    "Wi2caXuNpgTNgCK/E0cZtx8gXXY8aUGXHU9q6TJ+64/S9p/9zECy96/HNycyRIhbOTOOG5"
    "wZx1VnhkWpb7D9Hg0lzGTtslCS6rU4KGZTrXttwCFlm5UaR9w5+0xV9toFhHPiKk/l/Dh3"
    "v2QgQrBks1BPsKcCj+LXFZvJ26bXufkgt97rV+q8TK/5rRjmm57ZbJUg/VwYRUntwlCaDF"
    "vYHrPYeum5JKpJT5X1nKMhOtKeVUlNfJbWSs0oa0Z5jxnlmnViDSB/LvY2UJirK6RS1D3b"
    "E3seckYS6j65NW6i7s1coxYnk00LB8gDPhvMW/BgIYIAFmx7yg8fgi/IxfdoDuKuA8Am0n"
    "IsDhZTC9kEWDY/CryUnUBea//fve/eV4/aDrhhqxANjJD/cSOOJvsOpEzCBQ+QTQhAMbAQ"
    "JPycMme4RWc2bXlW+ecoU1Z12Y8fxP+PvHubYM9FEaOR3DKgaWI2Ni7Bu0Y/fDbegIGe6j"
    "89exT9ZgPHb2bySorefzD18T/At/fnX84BiXBiOzhwcQU+ff3wIZqk2hWhgisiPy/6MDp5"
    "eaUpnfxAd2/53rFf1xfyRFZpuJNB7h7q0mrXB/Hygqky8KWx7v7ku+zzItVDjWkoF1dZBy"
    "qdhNdhMxv2NEFv7nRCOJMYHkW8kcgkeM82L8QIiVOF+ZrtNuUwF6WGAHUTVXj+j+tmD0jK"
    "FH64/PTXpHnZLVKOCMML20FdgS+JaeR7IA/5ce4q6KcYOwh6NbinQiXIZ0xqU4t3emW7qJ"
    "9eXn4ooH56UYb168fTc/a1FCpgjeyIJ6l6tHUYTa9pv2++iYyF6KrmoqT2QKmt5ZRf667m"
    "gqjWs8p6bjIl6+nCRgvyaTrCiruO267OxZzII+DcnxdF+2u1v1ZtcDfhr43XzTUAfIY9D5"
    "kM02nW5UBxLn5s2njF2Vq6Boiv2GNM4Vf9HHe4l6vvaod49ukpgMuen3My7sATXp7iMpe4"
    "5DVo8I0nrY3ci9guwO1yGlILBGwCPbc9ACmPP4v5dHm82ioBafhZYQlu42gOA0SEl1lHqG"
    "m38E6XfcXcwtpXqYivMlmhpEpY4ajMyaqMvvZSKonvRryUdaFw7ZaU2pA4pfDODXP3C/kt"
    "gR7fsfmIuHZ8hq6Cfn0EV424zpf2iIAuAaR321clNeJaJY9Qic5t9hTIemFkMNMVBYHRX+"
    "P1vWjtq6x9ghast37Rf2VZrWmVNW1ayOyX2a4oqU9SKK3mKA2hMQ9R7xyGOWH9Su+BrtkP"
    "lqV4rk2kUhbbXpqlFxtS6rrzqOhTZ0/i/dGHAPQhABWdp0qnAY29o+ynNyQErTYat/Ch8u"
    "jpTllCpyDONJP4RA/BNa8oRNmc4AWFomJCgBeOQPOxCOk12dNBgKDDrkNvDrDnLIE4Vwhs"
    "UYQI/eDhs7fy2kebflzHMOJ4o7YqHLiCLt/hCQU0BAZHfC34Mzgwseuz2cdAONCxweo4gd"
    "mbIUs8Vu+WSQVU9hP09Musv3KK9rFrH/sT9LFrX+T2s+xR1L3yWEFqcBXe1r+cs42ZTdgu"
    "yAiJ3QXospzK87on2JMXbeOCGwODK8caCKIhYVDhbnjnhIYQnbodrCMTw+DmRhXt+mjgkt"
    "gQ8N52NLDO/7sC9Q3l/+3GeWuyu5bs3oPyDPsCZT+vm3a37Ye7wEEwQP3Cl0uiWs8q61mh"
    "c2+qGQ5DUrN28j4JNev09k9DzztOOrE/mu2QJYGg2HcYdIS1IqiR1fkn9NGTnYO7ifwT2b"
    "u+Box7pKBQc31YiXRliazJk6BMqo89xbkh08fOk1EQNEcetaG8MkN2d9x4eKrYrlXmiXtE"
    "+FEhgBeickJ8QIniO+T9mtwMACQIsOcipuD4OJNl31oooEBAWlNUeU1987oMNzyNyA0/Jv"
    "WJdxUXb4j64v3zP5JsGDYNkLMYAwYPis9W8ds8zcpBAPCDF4nV58lgTdLI8HiYOgWGsqef"
    "8tpqC3teRm+cSjvSZMpX8Kx1BOQkdKVmWaXmyLkqlp0eTtlUbhBHDrbullWHxFVz4zQI0k"
    "dzuE9CzTqhrE4oqziamtDThJ6K9IdOKLtzmulsenU2fXeu88k+At66fLIptrth8M7vkTyH"
    "bHRj3MTbobTJSsruCrsoKjlKLUiBJYgzQaoBCIJw9jubA4fghq2kNhe5AZjMmXEOTOy6Nu"
    "UBi+JhgQhBtANwa7M/wWwpGDKCHCgps7qlZ3aMeFxd/FQ81Qg9L3RniCAxZZriHJMfoMuf"
    "qkfyJbqpwn5q39byUnmpXsRUeY3cbWBMxEr9z2RyfPx68uL45M2rl69fv3rzIqWnqreaeK"
    "rTi79yqmqct+Wq3JUArIJ6fdhG0n4QXNWmY5Hi1bOjpVCU0nZC2Zxlt7uas5mINmdLGXDi"
    "EuLdAC1KaUyLmGLTDAnpxVaWRDVdqTRdqbkgzQWpaEQrnVfoYo5cH1PkmUumtZHEpi61GD"
    "cZ13bW1riLG680s79ZoqSKCR0HEQCDO8QT9pjobXQ+BQYWP3RiM5vW9vyQCsuW3xGmlgmF"
    "2SWMZZMNPGpatas39ZDVtV84DvpAi6q2bjxL2xpccfMB2luTV6/aRMi/elUfIM/vlU+ys1"
    "/Kdvtd82yU5QaI9wZSJ2VLVVeLrCKp90B7nZt0m0yZNiG0CaFNiCdsQnxEcxtOgwBJXXK5"
    "u42mg8vbGTBt2CIL6cJ2UHIe3bFnBJLlIeBn4aONOnZRABYEu2wzD9giwF1X3CW2QNS02P"
    "Z/tmQGAUeWGQQPFu/LpsAnyIespSwN6caft9orpw0HVQwHnbFvyxn7MLFvbYlPst6KyCRU"
    "Brmn/bCBlIg4JOwLExJJnpWGY/MFKZ3KrPuZef5ZMboWeywIDXF6b6Lio8sMLKOrj70gNI"
    "T5Xcpl2wroowagj6pAz5YUGYH9HwnQTUdICmJrOUOya6h3corkwZ7TLqnl0vYDgnxt4WQW"
    "s0YtCelTi2YmoOGUROdZcPLqpMv6m0kMb/FdPwkMHWpQtlnrsoXLywwB460HPcpz0dYDXp"
    "eLVqPdAu39YuKVUYWm4jUVr6n4wVPxPPpiJKXhxZ1xMwWftmnBvvuIBNg7CIDvMDSA7cXs"
    "tgBHRp+vFlh9mCYM2GV9mkZVUpxgpxO3krQfIoG1dn72d2x7vfY9BUGdWUPlXQ9f3zpueH"
    "Iieq+j0wPoTeTuwd1EegCx83k8ul/jbgYKbG4xVGpj/pm9TiPJtlxcb9yU+0mLdufoeT1c"
    "yFYncCMO1IgsjlBUN+InV25+fh+JIzYMo+9Mhi9kY/A9ZQD5Nf4vwCT6BTdjvk8XMeY1Z+"
    "o3/MDVR2J+q7xNPFpd2wSq2ARd2ehHMdGKrltbI0cd27vrAnbSXhPR3bEW610V7PoSdKnA"
    "o0rQ7dEU30gNuoTFn3UK3ClKDWJt2Xzt1nu7Y27avMj2ktMebQrgNfu+teeq19q9dxyOP+"
    "+p5qKkVrPSatbckuaWVKRAlHZQfs4iTUcyOiR3e9zIipQatiq/wecdT6THi1rEOXOi8H+C"
    "H5LCFb/jmby+RlthUUAjqi0ruJAHC3lZ3I8Ll8DjfIfpQNsFNhV0B7pHZBld4j8Q8LALdA"
    "huRM3fG0DsALGObGoBBE0rluUZChaITffguxd14DApAh6ITeMwJRg/hycM5FszHAZGFNIR"
    "D401EMFMkP82Ar04J5+DFmxgAY66gCBA9PkDG0TctwnZb+SFdMhcZEywmOGC2fP5CHFIAd"
    "uszHkGw4VNAp6skKtGRDl5EST8kWwaR7xPFE4lmvB4qAcYAGiy5jyVoe2NAfv72/HZd+9a"
    "tDiLxcRAAibwa1SjJIqn8nCUOpE/gzefP4pCGoPf0lxV4o9inqXoaiFNYlxSmPfekCoxH2"
    "3NJMS8XtZnSowUBi4+gWcHAQ8kCx00PxiDA/ajwuh/BFGyZD+c/98n2OQPZn/9EjHIuQHm"
    "C+J2GKUQW5nSMT/QKKwtGVLKYkmGlAO1w4gSqVkYLDc+Lr4cpMWi+41zy3qWDr7DsEOPvZ"
    "/s9XVba/3P4CAndLAmNVvxBqrdAHjrdT3ZQ2jOi1FQXuMp+si0G0RJcF3jYYuckc3X9sPJ"
    "zfEVs8Rnn48FJq6RW/Naj+7BC4zEU9E0sPJDRPrXy2udAlYx0j7Rk5xiWx3fmpdXmWwrDH"
    "T3R3yQd28T7LlIlge+HfKlLpQGvzTWzqFrJ20i18ocQS5w7aQSAquDurc74UtmSe/lptqN"
    "wh6tdLhAJVUwqy2Qkf3tNJBJKz33s2HuHnDtGNeO8UFirR3jO3GMM2tu7iDJN7Qe+JyIhv"
    "4R0Kd8TQ+nX1lWH9BX2euXEYFddJxJae2qrF3hcKkqt/a8S9p+e4ddXmxIjes+7JJ3NXR8"
    "W0qi+pVR+ZVxOJErNCbZedS+OCUp/fqUX58FtJ2QdMI0L6IBLQPKPTKuT42aIpu1qFbkNL"
    "RlaGvyn9SbHXX5T7oZHfuzqG/E5qj46yoKqD8NLZMdAtNRKmnQKrXdpCG13aSa2s5HxIVd"
    "2aSC0BCA3jalFPtUexnYZVm9n1R5P5k7LNZlRSuJDeEdKy5mrcqzNFRnqRZn0eEIT+KF0u"
    "EIT0LNOy4dukeq3YfqtsOEU4fM6JCZPQ6ZKa8Ma0A3yf8xUGBzi2ELTOOP0RpgPct6Giiy"
    "xQ+3qjFenyGRp70pNRm3jPUy/KR1u4AvG5lxdSZRyzVmvYCF2e+IordEWJdNA+QsxnEAFb"
    "V4ABPgjwrSOrAilonXeOKHVWsixDb5NGlqzFIU3B2bs6Nk6uosmcoerk/01JbbSNoP4uDf"
    "pk9VRpO/gm6tfydtvz2/zibRXbNrJ3UU9PQvaNeCdi1o14J2LShBkekC2dujIEpb08eayc"
    "Xe9hPg1dZyZZYpZdd9QQumfmsaHYgZScy6Uotxk1VHorYGzDVuUXWA4jvkgVg4MrZ4ygg2"
    "gQibD28B+9vlRpZI0wEdB7BtSJQ14x4RHsfMM07AqBtZkYK1969r+qq1Zo0bDDOhNcOCge"
    "QMcIPruSA1QCNt/akFcUh5uewuKOdEhrDL3Xgx32jB6hOPUpDUXl+lt7QL2+tru5REtemi"
    "sp5NguY8oQzs7OAvC2rDRTultVN69+Buwimdvezr8KEWOhsoyJXlsYDy2fTqbPrufFcG9x"
    "UbiCkM5s9Q8PoVg7vUYtxkcAdpW8NPGrcwuHnHvDoHNEUETJoSks2l57xSx2LB7F6ZJd1e"
    "UOrbjMXyfs3UqxDfM5JCH9qYVtCYrvdyrs4msw8ez3SQuzf2ZC+GFPkV3rqiuMrg97Szjy"
    "Zv2qQMm7ypzxnG7xXRF/92gDtpP0B8j1u5RY8b3KLHVbdolKSkC8KZxPCooo14nuE9W8WJ"
    "ERLJxrHe9VyUGgLUW/c9E7yw2YasI/AlMY18b6+/AKOC/CnGDoJeo88/kSyBP2Oie7iMN8"
    "B/enn5oQD/6UUZ368fT8/ZZ1PogjWyI+tJcpqIYPbzJUllG6d6IqKneb+0d4g9CXf5fBaE"
    "hoD6FjaBzDiy5Ycdak8e5kX04UPJchEg5PVxYGVi2nultFejyVyt52YardSnSbtrf4b2Z6"
    "hOtffwZ+Q44Mc6M7DnIZNhOs26HCjOxeVRJX/GdVphaiTxZeTujpv8GLTYroULg8fK3aLo"
    "YF7ujOVBkn/9EEx9HzGtzqMiW6I+lZAZA1FaC0CHIhKXkyq5OdbbeZtaVdVjorrguUqOjx"
    "lasOWpr+sjk1bY8hotCHaVql4AF+wl6ot5KqwyJT+iWCnEdb2IbU9xk8rSLNbzOKmAyhAr"
    "cyZ5D3I/7xF305220YzNHjA2OoRuewSDDqEbXAjd10DYdBXbV1wfN1m9YdKihb3rI8I2LY"
    "fgik0QUQ7Z46lEUBBlHPkVuMidsSbAxwxIwMxMJDNse/ai493UWmDGDZaqPrm02WM1yIWy"
    "6hf1AKcC60F49YTe3smwSauTYZOGk2GTCr46g+1gN52VfdFuPtiZY0by1S54beo/3QVH0e"
    "rv97WFAEUe9OhbgB/YpOPcspn4L5Lj9MFYJBOLUoaJ+nnVb/ijetLfcf0d34uVbgvfcf4N"
    "MP6DvU4gF4S2h/To6/XZpmbvpik4/T3X3/PNfs+niNimJfuYx3cav+Qwa7PqM16v2DV/WO"
    "sTG8q+qxJyOv44qmtHrIWZrv94xnl7uiztOZEhfkJblRqZNNQamVSLjfCXqgPCcfMBonvU"
    "aoNy1LBBOapuUNgTqbRgTn0NtpyILv3csQzbTj9mf/wXP6ChEw=="
)
