"""Cap use. Made by `agm migrate new cap_use`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""CREATE TABLE IF NOT EXISTS "cap_use" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "environment" VARCHAR(16) NOT NULL /* environment */,
    "name" VARCHAR(32) NOT NULL,
    "subject" VARCHAR(128) NOT NULL,
    "hour" TIMESTAMP NOT NULL,
    "uses" INT NOT NULL,
    CONSTRAINT "uid_cap_use_environ_77cc55" UNIQUE ("environment", "name", "subject", "hour")
) /* How often something was used within an hour. `subject` is the Page or account it counts for, in any workspace. */;""",
    ],
    "postgres": [
        r"""CREATE TABLE IF NOT EXISTS "cap_use" (
    "id" UUID NOT NULL PRIMARY KEY,
    "environment" VARCHAR(16) NOT NULL,
    "name" VARCHAR(32) NOT NULL,
    "subject" VARCHAR(128) NOT NULL,
    "hour" TIMESTAMPTZ NOT NULL,
    "uses" INT NOT NULL,
    CONSTRAINT "uid_cap_use_environ_77cc55" UNIQUE ("environment", "name", "subject", "hour")
);""",
        r"""COMMENT ON COLUMN "cap_use"."environment" IS 'environment';""",
        r"""COMMENT ON TABLE "cap_use" IS 'How often something was used within an hour. `subject` is the Page or account it counts for, in any workspace.';""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""DROP TABLE IF EXISTS "cap_use";""",
    ],
    "postgres": [
        r"""DROP TABLE IF EXISTS "cap_use";""",
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
    "eJztXVtz2ziy/isovWSmSnEl9jiTzZw9VbbHu/FuEqdi58zWTrYoiIQsjilCS5BWvLPz30"
    "83eL+KZHSBaLwkFokGwa9BoG/o/n204BZzxNHZ0v47exy9Ib+PXLpg8EfhzpiM6HKZXscL"
    "Pp06sild2sZ91GgqfI+aPlyeUUcwuGQxYXr20re5i43PCDQlM+6RpcfvPLoQR2Sy9NjM/j"
    "ohM9u1BLH9MZkIZnrMN+ZUzCfku7fvzy6e37w9Oz599T0SPjBs9hPx54yELYktiMt9Inzu"
    "MesIB2NxE0Zju3c7fm7g2v8OmOHzOwbtPHj6r/+Cy/AM9pWJ+Ofy3pjZzLFyqNsWdiCvG/"
    "7jUl77/Pnq57/IlvhOU8PkTrBw09bLR3/O3aR5ENjWEdLgvTvmMo/6zMowxA0cJ2JdfCkc"
    "MVzwvYAlQ7XSCxab0cBBto7+Zxa4JnKTLIOpY4s5AHxkW+LIZSvDtv43GmWGwjA+XN8aN5"
    "e3hjEqTQgcTYFX0SWTuziZbNdHzH7/I+w3xUZeHeEDLt6effru5NX3Eg0u/DtP3pTIjf6Q"
    "hNSnIanEPwVc/l+C/GJOvWrI4/YF0GGgfeCOL6R4p19NDF8M0BYgHS3oV8Nh7p0/h5/HL1"
    "40YPx/Z58kzNBK4szhMw8//w/RrePwHuKd4ht+YV0QTik2g/H6Kb0zhF++agHwy1e1+OKt"
    "PLyZ1aoLxgWyAU7ml8ev22B9/LoebLyXRxvxwp3OqFqm69EukA0Q7Vc/tAD71Q+1WOOtws"
    "Q2OfZRQvlvN9cfauZ0QlEA2LJNn/yXwFblHyDQDcAiFtjzQoh/O1lAv3t/9o8i1hfvrs+L"
    "+yN2cF4AHhYGBMegfhn8n+GOby9YNQPylEUmRKRH8R/DYsXt1fvLm9uz9x9z/Pj57PYS7x"
    "zLq4+Fq98VF/qkE/LL1e1bgj/JP68/XBbZlrS7/ecIx0QDnxsuXxnUymISX44v5djMvi5t"
    "6K4Hm/OUG2BztB9rLm+eyw4VvhGIXp9zkVZzWmVOe+yB3/fic55Sc1llLq+4dy+W1GSVEm"
    "i9oaBIt0mTgbrsXWMWQCPM7L7SKpDgVQb5L9xj9p37d/Yoob6CwVDXrLIJRBa0X7J9HSa4"
    "6dX08/boKrFfleYXoADvznyJwyeY9p+uLm5HEvEpNe9X1LOMHPR4hx/zwpWkbfnW4nhRvE"
    "JdeichwnfBkccmTN9ni6U/qrJuRrfGjebNTKO15s1rlxGTOg7x59QnC3rPBKGhpcykqdXM"
    "HBOTLxY2dG2RKZvBpCK2L8jM9oRPpo8+Iw6jD0yUDZlbeUKFyfLXUabPkZyniync+pe2Za"
    "pqywwZVAL9yvVrjJkJQQF3/NIPb7WC8cJ/z49f/vDjD69PXv3wGprIgSZXfmwA/urDbUEV"
    "ZktuVpjVauFM2ms0K9AUPlt2slFG7QdoLjs5bmEuOzmuNZfhrT8K4j+8pqiQ/evxzZAMEe"
    "JWzoyTBmfGSdmZMff9pQHynh9UWCZrl4UCVa/FQTGdatNrAw98EFZqHHGXsE2VZO0cwhly"
    "ladydpz7XzKY5/EKYaHewJ4QfJN9XbGZvGvzOqoP1dp7/Uqdpek1vxXDfNszG1YJr58LI0"
    "+pXRhKG8NmtgsaWy8+F0i10VNlPmfMEB3NnmVKbfgsrJXaoqwtygdsUa5ZJzYA8sd8bwOF"
    "ubxCKmW6v6DLz4KNKiz30Z1xk+HepEt0YLcz3L/lK8JnPnOJABXNR0swWVFB0ANOVjZeIN"
    "Qlcx54R2QigulvzPQnGP2LscAfYfyEe4SaJg9cn9g+kX8IjDgeE0n7SJJJXbbq7/7xlSZ/"
    "5j7YHncXLLRKxNGu0fPwTxyB9gEo6wMoMLCPNaXQhdIWlcJY9x+Qq+PJt6nYp8tQay9CSj"
    "JAiLcT5YwrfAniZoU6ptEmE6VVaZAmungu4ubanxn5LEoK3p7E4jl1XeZUysXRrWbBONOo"
    "xYE9c84FCKZLGMwbsgJZEWRNGYSSiExH5BNb8AcQVaOuBQHh4nEsz9uBdGl7ZG7jCbnHqo"
    "N5G+3/i/vF/ez6tkMm8OH4wgjwx0SKyUuH+kCxAMkaZWOfkzmjHh7fk/I2dmb7LY/w/T5K"
    "mVW2hkQPwr+L4lR0y4hkdaTArtnXJYxXAOgJ/5OQ/PCdDR5Ja/F3KHv/CuzDH+SXt5efLo"
    "kX4mRQn1zdkA+f370LdTctnasgnWfnRR/RPEuvsjiTG+j+5cZ7eLu+kMe0SsMdD3L/UGv9"
    "c7/6Z9X20kFdqiFXmQcqqU5a+99yABZ1LacTwinF8CIntnJgnz6A8OIZgeeUYb4FabMa5j"
    "zVEKBuUvsv/3Gb0/hLgUGJ1v/u+sNf4+bFaKFiogQ+sx3WFfgCmUa+B/IUnSxl0M85dxh1"
    "a3BPiAqQT4FqW4t3cmW3qJ9fX7/LoX5+VYT18/vzS9gtJQugkR26D8uBnvp0ea9pf2h2xt"
    "QK0ZXNeUodmKU2lxP7Wnc250g1n1Xmc5MqWW8ubNQgn2Z8WF7quOsac5ch+QY4D+dD0WGM"
    "OoxRbXC3EcYYrZsbAPiCuy4zAdOztMuB4pzfbNoEi8JaugGIb+AxpvSrfow6PMjVd32caL"
    "r15MCF52ecjHvwhBeneJVLvOIzaPCNx62NzIfYLu/D9Vngz4mACfQcIy59TMsQ2dOr0zg0"
    "EaAfe4K3YCS2C/qQDPZczZkr0zgsmSe4SzBJEwlbEdsdk4k5Z+a9YQVMUsjmOc839EHFPb"
    "SmUx7IQFGXffXJdx+4y958cQXn7vdHZAKcwQdb9FFMiIB/yZyvyAKjSPFanFAibsdnk7F8"
    "DnMtwmdpDOtY/jnl1qOMZvW5Y8kxw+tNLJveuVzY8RNW80ccD5/N4N2IwwTGttLc67KvS+"
    "BNQ8qK3P7UxgsfCOZJF7yOaNU+873uiYr5zLUjVxFHbrxCVTJhjRc3Q6sy+tqFqyS+W3Hh"
    "1qXPaLek1KbRUArvzDD3v5DfedRFcRZEqIUdBRiW0K/P+lBDrnMsf0MSCAmke9eXJTXkmi"
    "XfwBKdD/kpeDKkkgF6PeiWRn+O1/eiua8y9z02g976ZQwp0mpOq8zprN2sK6eLtJrTKnM6"
    "MSKW2VwfNJcj0iFz3UPmpJW5XxhXjlKHcSn9cWWdCb0YnaHVy6jKnE78OF3ZnCPUPD4AHq"
    "P/rszl2jPgBSqdvbYc1BxWUOm5TpaI9Uek8kcUsQteuFMmhSLZ7jIqvDiQj0ifDHgS348O"
    "1NSBmioGuCldwSiKYINXb6hlVG40bhHnhokfOxU4OiNRkuw4bu2I3GIxdB/mBEaXhXXQCd"
    "a8ZVYYFGbC04lg1MGwMwwQc51HIs9+YLwX0LCvmOLkrrps+7Yf1zHVSySorUvZUkIXJTzJ"
    "gIbkLaHbmPyZPDP5YgmzD0B4pvO3qBOLBl9GVc2E+uiQhEDlcIWe4SGbL/qsQ/10qN8TDP"
    "XTIVG7LxDiMwNlhi5reZ5qM2Cv30EPeDkHwcz2QAoyAs/uAnSRTuV53RPs4xdtc7c0Jm8p"
    "RVd6zA88gIp3wztDNAR36G6wDlUMA9WNMtr1zucC2RDw3rX7WZcuW4P6lkqXdbN5a2N3rb"
    "H7ACrLHgqU/bxu2t12GO4Ch1HB+qWYKZBqPqvMZ4XC71VTHIbEZu3kfRJs1pU5nwaf95wY"
    "7HA42yGTlcci36HoCGuJUCOrc4Tp0JO9g7uNHGHpt74BjHukCVNzfViLdGmJrMllpUw6tg"
    "PFuSEb294ThnnMYq5v0+rqWendcWPwVL5dq+xgD8zDUCFMj4XVraIAJZ/fM/en+KYg1GME"
    "nsuAwVE409y+mzMRF3StTiS2ob5lzjFM9SZzjWFKsLjAVtgX9o8/4oxlti+YMxsTgIdFsV"
    "VxNdpngvCVG5LVp+uCJkmCmmiYOhOXstFPWW61hT1LowWngkQaT/kSnrWOgAyFLspY4Q2I"
    "nKty2enhlE3oBhFysHO3rDpGXDUFp0EYfbQN90mwWSf910n/FUdTG/S0QU9F84dO+r93M9"
    "PF2c3F2c+XOuf/N8Bbl/M/wXY/FrzLB1ad5z+8MW6y27GkyVqT3U2cwh6T0PtkLg1n0qhG"
    "KBHB9DeYA0dkAiupjSQTwj0L89abfLGwfTywKB8m5BFEW5A7G36S6aO0kHnMoY9lU96Ont"
    "nxxOP6AvXyqUbgusFiyjwmp0zTOcf4BXSJevWMfDFvyrCf23e1dqks1UZSxOz3YExolfrT"
    "8fHJyY/HL05evT794ccfT1+/SMxT5VtNdqrzq7+iqWqc1eXKtisJWAn1+mMbcftB2Kq2fR"
    "YpWj07agp5Kq0nFNVZuN1VnU1JtDpbTKpIQXR3OgKap9KY5jHlphl4Xi9rZYFUmyuVNldq"
    "W5C2BamoRCudV+gv3HH46vNyVKFNJ/fGTQr1TLYygmU7pRpjVSIFl5MpI1YcYkJD3cmkUo"
    "+iM595su6bSR2nOuSlezcyuiWujBfX0qMEOQTNFvQxLIVnOtReANVPYQAMhykcxbbwB+aB"
    "+i0P402IZwsGndj+nDBqziM61LxnDGgE6uLe4xfXoTiKlWf7LIyfodEzoCuBenN+ODhUWS"
    "svLNAXvuCCWiykXATCJy7306srGwaIj13NuWBfXKAy+UImR8J297Biuj+RSeDKv8QkCvaB"
    "7qC5fJyAkYAUYTkM7mKQ0GouaxHCMk7d58ESBsHv5duTmccXYUHBFOcxwOoDcpM4/gfNEf"
    "BiJAodAjWY4P0xmSSFqWwremd4EL4svgpCi+d0k35kccMZtZ3AYy0NF7+OMgOLPrnQftEj"
    "iVMyudvkbgq7lBaN62wcYeap5aH5VNy3HwVMR4MvwwCFrkPRBhZVDCyS5yXI2+V6iWlVVv"
    "mTQSqS56Uv1gmx0mAno9w/2rjGl8Guj7mK2+sMGN1DraLtugx3fQ6MDImuFPYNaTB0DsCt"
    "Gmp1Pochm2l04pONhTpHilGXjDxZEg1oOXZcKuNdl54MmV57VF57YgtIhw8mS6I/mOIHk7"
    "HmdJGHCmRDEP9LCQdbSEXHzekGS0l6dc67PQj7+rDDk9gadMKap8HnsgW+ddxKiVJ7ivVx"
    "DO2C3z+42ziOkfnaNwDyx3xvA4W5vEIqFetwZbHFkvvMNR+Bc6OKiIdCi3FT3IOdtjXuo8"
    "Zrox9+idzq1HGYR6i4Z5YML3gT5uKgYo4BAhivYLvLwJdO/YKvPQofgIGHTcuxEdt6SGX+"
    "jtxShDjo5B2qup2jWdpWSY+aD9BlcXx62kY7Pz2t187xXjFrH7yp8DvXFCnSDRDvLZSJ0l"
    "L8FqPQD8risctTQUNShLWupnU1FZUIpcOl3zPLpmdCsMrjx5m7jarDAtsZNGnYouLqzHZY"
    "nHvPsace9R6PSBgEjYI6XzARRuZSl8AigJGkGEM7Y745B/F/+piGOa/m2Jftk6XHlhRaVp"
    "Vc3frz1gfyasVBFcVBVyfccRwl9+w7u8LuVK9FpBQqg9xTf9hCWDAPPNhhAq+ipkxDisAc"
    "1RC81rsOWsVtxZA/OsztHNEQp3erYIGThmCBk3KwwAIULKNrPoEc0RDmd6FubyugXzYA/b"
    "IM9PTRZ4aw/1MBdFO6jBzZRvJl7BvqvWTMWNmW3yWaNGk/IMg3Fs01B210XmH0qUUzJdBw"
    "VtUl9EI7o8CiA1ZVoQaH0xpoq4gLIM+Q+vBgbsDw5+vP5+8uycdPlxdXN1dRMFdiNZM38R"
    "JcsGN7wNm7YkZt22Jc1tY1u2x9BbLhbX6bF6JnHvxheJUH7Bpmdp5Mz+kWc1rM6fHpqy7T"
    "OaUY3kzevDuJOr7R9exilmYIGO9aFayJZq4HvC6aWaPdAu3D8ukpwwrt1NNOPe3UG7xTD3"
    "PWjiodevLOuNmZl7Rp4cdbMk9w95kgS4diVqE4/ZAEp8oRt55gfVheIOCyjstT1b3mcaeT"
    "lTZuP0RT+MaV1N+47faSe3KE+kyPylIPrm8dBZ4MiZZ19CkeLUTuH9xtnOKRks+3o/s56m"
    "agwGYWQ6UE84/wOY0qxHJ5vVEoX8Yt2p3IsQURFFYnMpGheTL9JJXn4zEGbvL7l5EM1gOM"
    "vgANLmRj8iWxAOI1/B+zXco3mIxRTpeVOWpO52zxgTLHKZfvF+XyDNN8RsF8ceoFDMjDtJ"
    "uYldRnLuZOHRP4jceCUFI1HRgBHhZCqsVP8jkywapsEM7UtpF8v5Y+XUzIqRUQVRSQnabt"
    "U3SR3Jkl1rHdiuSf9WDH7bXVuzvWcnEtg12fMSUh0PkRvyFlSrT7dAE+Q6KT1fRHfmZ7wj"
    "ei7NtdVpkSoV5u+jvZpp3O2eapBrGnbttf77EHW1RmZqgNVcuS7C6P28ttAbzhUDXtHu61"
    "iBycoXRp9WRznlKzWWk2awOuNuCqaGdUOgogm6KpyuaYz+DUYHosNGxVEQnnHRb6wXJDUT"
    "m/MFuPx1dxLZzf+LS6DlJb4o7Vj6RNUVYwCi/hCxJZbOKITGRWIYPeAbcL3YUBC2HlnhV1"
    "YRJ/cW0Yn2czSxoYZ9L0yDxZFmiMNszA9W0npI9LNcGATGm2hPeCGRJaK22/fe2lL2449K"
    "baS0sUCnkgjPDsZ1qPKCk9BKxzo0LFDpsBJIKHXVAimP98BYOI+jYpoOsxk3uWfIk56Ksc"
    "no8jxCpOICZZWK5KKlrwbJwU8ji0m62a5IZm3dBUK5vEdlpqQnOs72y70k77y8nFF/dWtr"
    "iIyORARFq3Kjx47fKwThY+A5tb32S0HWMRo6iAp/yRLz7Zu9BSNi1Li1JLIcPI1Qfy3TOB"
    "J84Dh1nPxuQZvFQQ/uUx33uEF8e/lx438cHw6/tSTSaHUcEMOQe7jFKSWV0GGp5/j4eU2I"
    "0rhpQBtcOIYqppIB63Pi5ciJKKC/3GuWM+Vw6+w7ADF75P+HwXrbn+Z/IsQ/RsQ2yeR6Jb"
    "uwFg60092WXMEoCaD4tWtL21G0SBcFPjwWpo6XxtP5zMHF8zS5JE5Zk1r/XoVq4wYkdk08"
    "CKD9Fl29R0k8V8qjburU+EkaVX2cyXG+j+I/iY+2B73K22aLdDvtCF0uAXxtr5jPurNkfc"
    "i9aJzAn3V1Ul9HT2lx1O+IJa0nu5KXejsFMnGS5RiRWgtYkqN0M7DqTUSs/9dJj7B1yHou"
    "hQlEFirUNRdCjKk0Jeh6Lsc7nR1YH3NvETO2WfSpIFWn3uTGU/e94J1pXXZWrNbZW5rctS"
    "D5m7uiz1xoIJsw7Vjl9LgVR/Mip/Mg66qyTHuhRULlDpz0dXdd8yoOh3XixRpQyqNNFaVE"
    "t0GtoitLok9ZpFfSsaZikqocSAFqXXM7RDMLDsoP76knkL2tVmniMaAtC7tmRFkSO9zClF"
    "Wi1PqixPZkJiu6xoBbIhfGP5xaxVtcqGYpXlWpX6uNeT+KD0ca8nweZ8yGrbgNBCoKs+6l"
    "UQO+pE64bSsrUStYZTH0nURxIP+EhicWXYALpxErOBAptZDFtgGm1GG4D1Iu1poMjmN25V"
    "z9B+pF517r5Ck3HLs7TGMm7d7kCtzcyoWG0u692cw3uEp2PlsVnbF8yZjaNjov4cj2kSfJ"
    "SQZ0mxnYxHIlE8Us0J3G0+rTK/d+GU8T3M2VE8dXWqb2WPEMV8amvbiNsPIrx527Hj4eQv"
    "oVvr30na786vs010N+zaSRwFPf0L2rWgXQvataBdC0qYyLKCZEejTolSmyCaTRAF0fRb1e"
    "R8b4cJ8HptuTTLlNLrPgHi54EFCsioQqXL3B03aXPIN2OaNlyryL3lK7IIzDkmxMGENo69"
    "sGXu9EAwzJ0ugulvzEzz58Cjx+QjvAImFaKmjNshIQUHrWs155gTSDZtqLm0s6dWKnaF49"
    "9x2fvooVq1U1a102kK9pumIP5S+gAf0yqNuMxMFq8ramAer0qVsNeccEpJVEa7p3L48vh1"
    "G4yPX9eDjPdKyqFZuarUWjYyFNq2UWHb8BieuhI91L48pVb6VFb6+FQw76GXdl8g1QEwyj"
    "G6pIDuSTNiM3iR+Vl4VGBUpR3lWzRrSGFbg2Yatygq6/N75pKIOHRDYcpQEHY8mI9vCPxe"
    "oPtJJoilUR0nmTUVFBPMY4eqDg27qapBu/H+12cf1XqNKnqN5Joxp6LidGRDUG6OaoCS3u"
    "aLWvDAN3mdDlOzTaUkQ7D/b9tBGC1YffIy5Ci1OKCcOJDPPOP29eoUSLV8rzKfTY9ZmFCY"
    "dg59LhJql44O19XhuvsHdxvhuunHvgGML3KdDRTk0vKYQ/ni7Obi7OfLvbki2YI/UGdUqW"
    "mHt8bNKnbaqIVqLWB6MAt0X+BgWJyZJuGdY+JTVIw5TJk3ZGLZd9BEugWxAMjN27Pnx6ev"
    "siVDPAakj9jgHva0SlV7q8+TBWBMwCRf6SSq2GJSl1BxT+gU1IojUl8pBua8rL0SFbIOC6"
    "NEFUdkWZdMxRFOpuyLKyks6R91HLiOtVfiOLGo+Lh8Dly447IctSzsImvYwDu2tBn0KDsS"
    "zYY2pSjCDnVufjWtFDo3/140au303q8DNtwDupiMUorNIL1+pTlgkxzulV3AjdtraNdCGw"
    "qUFUmuzjl3GHVrZm9KVcB4CmTqrBSb2A3Pr6/f5Uwx51fFmObP788vYcWQsEMjO5TQG2L5"
    "I2Gry5yuoh2esXkrgRseM5ndzwFdINUWZ6UtkTo17JC5a/LFEredXvlyCrSa06pxWpFAkh"
    "uQbExppcJQ8lGFeavQYtxk5RJJW2MZN25h7SpGscelbu0797mNURwz5okqs1V7wsqg94gM"
    "7ycnXmOxI7oniy/qIBFFzS/155rXGwAO4YxzMsj9m1yqPow+4nyeXGXwVRLp608ZVMN9CC"
    "cL+sbntDoIfdJwEPqkfBA6LELTBeGUYnha6VbOmtMHWMU9I/AqHKL1h83zVEOAeuenzT0+"
    "s0Eg6wh8gUwj3/ucvwSjhHyjvbFAqW2OHWyOHofXr3DINU71mERP837lPBk8iXfZPnNEQ0"
    "B9FwfyuLCr0xvUn8jLkOgjeRXLhWCsTxG1DJm2kStnW8uJnQ3qar1tplFLfZrhpDpOV8fp"
    "qh5C2iNON2MD/tYgXe66zARMz9IuB4pzfnlUKU731qNuJPJU+DIyd8dNfgw/366FCwOz46"
    "IvQgbOplmVnsnjqn4gjsjZcsmAq1YaYxrSjIkrE/VQx2ces6rcHJvtfH1E668ViaFiP4h2"
    "fKjg+JiyGSxPfV0fKbXCmtdo5vFFNMHVcIHQGXxEfTFPiFU2yY98rhTiHqOiSt9tB3lKrT"
    "Tm6TD3DzjsclWFFevtOAmByhArE316ANWeD8h2091soy02B2Cx0Ulzd2dg0ElzB5c097OQ"
    "Ol1J95XXx01abxC3aKHvhoc3j8gNTBB56NLF4iFMhDVGfiILtphCE7LkACTB85lVim3PXn"
    "QeJ7UWmHGDpqojl7YbVsMW1K4I7KgHOCEY3Gmxk+NWkWHHDZFhxyV8dc3awQqdioTgp46Z"
    "il0757Wp37pzjqL1+/ftnBGfudT13xC+gkmHtmUz9l/E4fRiLMuHhUXCFsyyaXkP/6ae9D"
    "6u9/GDWOl2sI/jHmD8h7udQM4R7Q7p0efbi23N3q2frdf7ud7Pt7qfnzHPNudVm3l0p3En"
    "p2mbddt4PWM3vLHWlzKs2lcrjNPR5qiuHrERy3T95hnlo+6ytGdIhriFnp622UJPT+u3UL"
    "xX8AfAR9UB4aj5ANF92UpAedkgoLwsCyjwRL8y39Lfbq4/1OyYKUlxu7RNn/yXgFR8iI6s"
    "BnARjNweWYqwLwbTFzY/7OC8ymi/y83sj/8Hnotp4Q=="
)
