"""Follow ups. Made by `agm migrate new follow_ups`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""CREATE TABLE IF NOT EXISTS "follow_up" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "task" VARCHAR(32) NOT NULL /* task */,
    "state" VARCHAR(32) NOT NULL /* state */,
    "text" TEXT,
    "handles" JSON NOT NULL,
    "actor" VARCHAR(64) NOT NULL,
    "due_at" TIMESTAMP,
    "epoch" INT NOT NULL,
    "failures" INT NOT NULL,
    "sent_at" TIMESTAMP,
    "unknowns" INT NOT NULL,
    "platform_id" VARCHAR(200),
    "error" JSON,
    "created_at" TIMESTAMP NOT NULL,
    "finished_at" TIMESTAMP,
    "publication_id" CHAR(36) NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* One thing to be done for a publication after its call. */;""",
        r"""CREATE INDEX IF NOT EXISTS "idx_follow_up_publica_e79ac8" ON "follow_up" ("publication_id", "id");""",
        r"""CREATE INDEX IF NOT EXISTS "follow_up_due" ON "follow_up" ("due_at") WHERE due_at IS NOT NULL;""",
        r"""CREATE UNIQUE INDEX IF NOT EXISTS "follow_up_one_open" ON "follow_up" ("publication_id", "task") WHERE due_at IS NOT NULL;""",
        r"""ALTER TABLE "post" ADD "first_comment" TEXT;""",
        r"""ALTER TABLE "publication" ADD "first_comment" TEXT;""",
    ],
    "postgres": [
        r"""CREATE TABLE IF NOT EXISTS "follow_up" (
    "id" UUID NOT NULL PRIMARY KEY,
    "task" VARCHAR(32) NOT NULL,
    "state" VARCHAR(32) NOT NULL,
    "text" TEXT,
    "handles" JSONB NOT NULL,
    "actor" VARCHAR(64) NOT NULL,
    "due_at" TIMESTAMPTZ,
    "epoch" INT NOT NULL,
    "failures" INT NOT NULL,
    "sent_at" TIMESTAMPTZ,
    "unknowns" INT NOT NULL,
    "platform_id" VARCHAR(200),
    "error" JSONB,
    "created_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "publication_id" UUID NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""CREATE INDEX IF NOT EXISTS "idx_follow_up_publica_e79ac8" ON "follow_up" ("publication_id", "id");""",
        r"""CREATE INDEX IF NOT EXISTS "follow_up_due" ON "follow_up" ("due_at") WHERE due_at IS NOT NULL;""",
        r"""CREATE UNIQUE INDEX IF NOT EXISTS "follow_up_one_open" ON "follow_up" ("publication_id", "task") WHERE due_at IS NOT NULL;""",
        r"""COMMENT ON COLUMN "follow_up"."task" IS 'task';""",
        r"""COMMENT ON COLUMN "follow_up"."state" IS 'state';""",
        r"""COMMENT ON TABLE "follow_up" IS 'One thing to be done for a publication after its call.';""",
        r"""ALTER TABLE "post" ADD "first_comment" TEXT;""",
        r"""ALTER TABLE "publication" ADD "first_comment" TEXT;""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "post" DROP COLUMN "first_comment";""",
        r"""ALTER TABLE "publication" DROP COLUMN "first_comment";""",
        r"""DROP TABLE IF EXISTS "follow_up";""",
    ],
    "postgres": [
        r"""ALTER TABLE "post" DROP COLUMN "first_comment";""",
        r"""ALTER TABLE "publication" DROP COLUMN "first_comment";""",
        r"""DROP TABLE IF EXISTS "follow_up";""",
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
    "eJztXetz27i1/1cw+pLsjOJJ5DibJrd3xnbcxm0SZ2LnbqfrDgWRkMU1BagEaUXd7v9+D8"
    "D3UyStB0TjS2KROCD4OyCA8/59MGcWcfjR6cL+O1kN3qHfBxTPCfyRuzNEA7xYJNfFBQ9P"
    "HNkUL2zjPmw04Z6LTQ8uT7HDCVyyCDdde+HZjIrGpwiaoilz0cJldy6e8yM0Xrhkav8Yo6"
    "lNLY5sb4jGnJgu8YwZ5rMxev7x8+n5i+uPp6OTNz8Jwgcimr1H3oygoCWyOaLMQ9xjLrGO"
    "xGAsZsJobHq34+f61P63TwyP3RFo58LTf/0XXIZnkB+ERz8X98bUJo6VQd22RAfyuuGtFv"
    "La9++XH/4iW4p3mhgmc/w5TVovVt6M0bi579vWkaAR9+4IJS72iJViCPUdJ2RddCkYMVzw"
    "XJ/EQ7WSCxaZYt8RbB38z9SnpuAmWvgTx+YzAPjItvgRJUvDtv43HGWKwjC+XN0Y1xc3hj"
    "EoTAgxmhyvwksmo2Iy2dQTmP3+R9Bvgo28OhAPOP94+u358ZufJBqMe3euvCmRG/whCbGH"
    "A1KJfwK4/L8A+fkMu+WQR+1zoMNAu8AdXUjwTr6aCL4IoC1AOpjjH4ZD6J03g5+jly9rMP"
    "6/028SZmglcWbwmQef/5fw1ii4J/BO8A2+sDYIJxSbwXj9lN4Zwq/eNAD41ZtKfMWtLLyp"
    "1aoNxjmyHk7mV6O3TbAeva0GW9zLoi3wEjudUbZMV6OdI+sh2m9eNwD7zetKrMWt3MQ2me"
    "ijgPLfrq++VMzpmCIHsGWbHvovgq3KO0Cga4AVWIie55z/20kD+vzz6T/yWJ9/ujrL74+i"
    "g7Mc8LAwCHAM7BXB/wB3PHtOyhmQpcwzISQ9iv7oFytuLj9fXN+cfv6a4ceH05sLcWckr6"
    "5yV5/nF/q4E/TL5c1HJH6if159ucizLW5388+BGBP2PWZQtjSwlcYkuhxdyrCZ/FjY0F0H"
    "NmcpN8DmcD/WXN48lx3MPcPnnT7nPK3mtMqcdskDu+/E5yyl5rLKXF4y954vsElKT6DVio"
    "I83SZVBuqyd41aQChhpvelWoEYryLIf2Euse/o38lKQn0Jg8HULNMJhBq0X9J9HSa4ydXk"
    "83bxMtZfFeYXoADvTjyJwzeY9t8uz28GEvEJNu+X2LWMDPTiDhux3JW4bfHWfDTPX8EU30"
    "mIxLuIkUcqTM8j84U3KNNuhreGterNVKO16s0rSpCJHQd5M+yhOb4nHOFAU2biRGtmDpHJ"
    "5nMburbQhExhUiHb42hqu9xDk5VHkEPwA+FFReZWnlCisvx1kOpzIOfpfAK3/qV1marqMg"
    "MGFUC/pF6FMjMmyOEuvvTDW61gvPDfi9Gr1z+/fnv85vVbaCIHGl/5uQb4yy83OVGYLJhZ"
    "olarhDNur9EsQZN7ZNFKRxm276G67HjUQF12PKpUl4lbf+SO//CavOTsX41viqSPEDcyZh"
    "zXGDOOi8aMmectDDjveX6JZrJyWchRdVocFJOpNr02MN+Dw0qFIe4CtqnCWTuDcIpc5amc"
    "Huf+lwziuqzksFCtYI8JHqVfV2wm71q9LsSHcum9eqVO03Sa34phvu2ZDauE282EkaXUJg"
    "yllWFTm4LE1onPOVKt9FSZzyk1REu1Z5FSKz5za6XWKGuN8gFrlCvWiQ2A/DXbW09hLq6Q"
    "Sqnu4UxMKXEGJar76NawTnVvpho18Ew2Z4wTihYwmHdoOSMuQUxq22P98BH6RubsgVgo7J"
    "ojmEiroXQs9mbEdtHMFq7AqzIP5I32f0tv6Xfq2Q4awyrkccMXP8bSNXnhYA8o5miJYUIg"
    "j6EZwa7wUxYabtmZ7TX0Vf59kDCruOyHDxJ/E/pgu4zOSaDRiG4Z2DQZjE1QiK7JjwWMlw"
    "PoMf9j36PgnQ0WfpnRJyl7/wHsEz/QLx8vvl0gN8AJTnDo8hp9+f7pUzBJtSlCBVNEel50"
    "0eik6ZVW6aQHun/J9x7erivkEa3ScEeD3D/UudWuC+L5BVNl4HNj3b/ne9n2UsqHCtGwnF"
    "xlHqjkCa/DZrZsacLUclohnFD0T0W8lcgk/ACHF9fwXacI8w2cNsthzlL1Aeo6VeHFP27q"
    "LSCxpvDT1Ze/Rs3zZpF8RBib2g5pC3yOTCPfAXks3LmLoJ8x5hBMK3CPiXKQT4BqW4t3fG"
    "W3qJ9dXX3KoH52mYf1++ezC9gtJQugkR3oSYoWbR1G02naH5ptItFCtGVzllJboNTmcqxf"
    "a8/mDKnms8p8rhMlq9WFtRLk0zSEZU8dd22NiymSR8B5OB+Kttdqe63a4G7DXhuumxsA+J"
    "xRSkzA9DTpsqc4ZzebJlZxWEs3APE1PMaUdtWvYYcHufquN4gnW08GXHh+ysi4B0t4foqX"
    "mcRLPoMa23jU2kh9iM0C3K5OfW+GOEygFzZF2BPxZ6E+vTxerY5A2LHH4haMxKYgD41FSq"
    "3ljFAZr7YgLmcUiWh0FLRCNh2isTkj5r1h+URSyOYZyzf0gfk9tMYT5nvQFaLkh4eef2GU"
    "vLulnDH60xEaA2fEgy284mPE4V80Y0sEbFghcS2KnIvasel4KJ9DqIXYFHE2J9KmPpR/Tp"
    "i1QkssLO6OJccMrze2bHxHGbejJyxnKzEeNp3CuyGHcC5i+TKvS34sgDc1sXmZ/amJFd7n"
    "xJUmeB2+p23me90TFbOZa0OuIobcaIUqZcIaK26KVmX0tQlXSXy3YsKtihNstqRUxgsqhX"
    "dqmPtfyO9cTMVxFo5Qczt0MCygXx3eVkGuk8k9ItpNAknvurKkglyz5BEs0YnfnoIlQwoZ"
    "INeDbGl053h1L5r7KnPfJVPorVtoZJ5Wc1plTqf1Zm05nafVnFaZ07ESscjmaqe5DJF2mW"
    "vvMie1zN3cuDKU2o1L6Y8rbUzoxOgUrV5GVeZ0bMdpy+YMoebxAfBY2O+KXK5M05Wj0mm6"
    "ik7NQarojutkgVh/RCp/RCG74IXLynBUfkV5st2lwnx5IB+Rjgx4Et+PdtTUjpoqOrgpna"
    "o99GCDV69J2l5sNGzg5yYy3LTK5H6KwmyAkd/aEboRVR89mBPCuywo+IhEcS9iBU5hJjwd"
    "cYId4XYmHMSos0Iy9kP4ewEN+SFSnNyV16fc9uNapnoJD2rrUrYU0BUnPMmAmuQtgdkY/R"
    "k9M9l8AbMPQHim87eo44sGX0ZZcthq75CYQGV3hY7uIZuvbqdd/bSr3xN09dMuUbvPhOyR"
    "9tVhM1S9q8K7+eUcDma2C6cgw3ftNkDn6VSe1x3BHr1smrulNnlLwbvSJZ7vAlSsHd4poj"
    "6YQ3eDdSBiGELcKKJdbXzOkfUB712bn3WNhjWob6lGQzudt1Z2Vyq7D6CE1qFA2c3qps1t"
    "h2EucAjmpFuKmRyp5rPKfFbI/V41waFPbNZG3ifBZl2C6Gnwec+JwQ6Hsy0yWbkktB3ylr"
    "AWCDWyOkeYdj3ZO7jbyBGWfOsbwLhDmjA114e1SBeWyIpcVsqkYztQnGuyse09YZhLLEI9"
    "G5dXz0ruDmudp7LtGmUHeyCucBUS6bFEdavQQclj94S+j25yhF2C4LkEGBy6M83suxnhHp"
    "KQ8vJEYhvqW+YcE6neZK4xkRIsKrAV9CX6Fz+ijGW2x4kzHSKAh4S+VeK2SIX3jCO2pAFZ"
    "dbouaBInqAmHqTNxKev9lOZWU9jTNPrglDuRRlO+gGelISBFsTtTwAGF4oTGVbnsdDDKxn"
    "S9cDnYuVlWHSWumgenXih9tA73SbBZJ/3XSf8VR1Mr9LRCT0X1h076v3c10/np9fnphwud"
    "8/8R8Fbl/I+x3Y8G7+KBlOf5D24M6/R2JG6yVmV3HaWwF0noPTSTijOpVEMYcX/yG8yBIz"
    "SGldQWJGPEXEvkrTfZfG57ImBRPozLEESbozsbfqLJSmrIXOLgVVGVt6Nntox4XF+gXj7V"
    "8Cn15xPiEjll6uIcoxfQJerVU/JFvCnCfmbfVeql0lQbSRGz38CYQCv1p9Ho+Pjn0cvjN2"
    "9PXv/888nbl7F6qnirTk91dvlXoaoapmW5ou5KAlZAvTpsI2rfC13VtmORwtWzpaSQpdJy"
    "Ql6chdttxdmERIuz+aSKGI7uTktAs1Qa0yymzDR91+2krcyRanWl0upKrQvSuiAVhWil8w"
    "r9hTkOW35fDEqk6fjesE6gnspWhr9oJlQLX5VQwGVoQpAVuZjgQHYysZSj8NQjrqz7ZmLH"
    "KXd5ad+N9G6JKuNFtfQwEhyCZnO8CkrhmQ6250D1PnCAYTCFQ98W9kBcEL9lMN4YuTYn0I"
    "ntzRDB5iykE5L3lAANF7K4u7qlDhajWLq2RwL/GRw+A7riQm7ODkcMVdbKCwr0BS84xxYJ"
    "KOc+9xBlXnJ1acMAxWOXM8bJLQUqk81lciTR7h5WTPoejX0q/+Lj0NkHuoPm8nEcRgKnCM"
    "shcFc4CS1nshYhLOOYvvAXMAh2L98eTV02DwoKJjgPAVYPkBtH/j9CHQEvhkLXIRCDkbg/"
    "ROO4MJVthe8MDxIvK15FQCvidON+ZHHDKbYd3yUNFRe/DlIDCz+5QH/RIYlTPLmb5G4Kup"
    "Qajau0H2HqqcWheZjfNx8FTEeDLQIHhbZD0QoWVRQskucFyJvleoloVRb540EqkuelK9Yx"
    "sdJgx6PcP9pijS+CXe1zFbXXGTDau1qF23UR7uocGCkSXSnsEWkwdA7ArSpqdT6HPqtpdO"
    "KTjbk6h4JRm4w8aRINaNF3XArjbZeeFJlee1ReeyINSIsPJk2iP5j8B5PS5rQ5D+XI+nD8"
    "LyQcbHAqGtWnGywk6dU57/Zw2NfBDk9ia9AJa54Gn4sa+MZ+KwVKbSnW4RjaBL9/cLcRjp"
    "H62jcA8tdsbz2FubhCKuXrcGmR+YJ5hJor4NygxOMh12JY5/dgJ22N+7DxWu+HX0KzOnYc"
    "4iLM74kl3QveBbk4MJ8JBwHhr2DThe9Jo37O1h66D8DAg6ZF34htPaQ0f0dmKRI46OQdqp"
    "qdw1naVEgPm/fQZDE6OWkinZ+cVEvn4l4+ax+8Kfda1xTJ0/UQ7y2UidKn+C16oR+UxmOX"
    "UUF9EoS1rKZlNRWFCKXdpT8Ty8annJPS8OPU3VrRYS7aGThu2KDi6tR2SJR7z7EnLnZXRy"
    "hwghYHdTYnPPDMxRTBIiA8SYUP7ZR45gyO/5NV4ua8nIm+bA8tXLLA0LKs5OrWn7fekVcL"
    "DqoIDro64Y79KJlr39kleqdqKSKhUBnkjvLDFtyCme/CDuO7JTVlalIEZqj6YLXetdOq2F"
    "YM+aPF3M4Q9XF6N3IWOK5xFjguOgvMQcAy2uYTyBD1YX7n6vY2AvpVDdCvikBPVh4xuP2f"
    "EqDr0mVkyDaSL2PfUO8lY8bStrw23qRx+x5BvjFvrhlIo7MSpU8lmgmBhrOsLqEb6Bm5KD"
    "pglRVqcBiugLaMOAfyVFAfHsw1GH64+n726QJ9/XZxfnl9GTpzxVozeVNcggt2pA84/ZTP"
    "qG1bhMnaumabrS9H1r/Nb/OH6KkLfxhuaYBdzczOkuk53WBO8xkenbxpM50Tiv7N5M2bk7"
    "DjGW1jF9M0fcB416JghTdzNeBV3swa7QZoH5ZNTxlWaKOeNuppo17vjXoiZ+2g1KAn7wzr"
    "jXlxmwZ2vAVxOaPPOFo4WGQVitIPSXDKDHHrCda75fkcLmu/PFXNay5zWmlpo/Z9VIVvXE"
    "j9jdm007knQ6hjelQ+9Yj1reWBJ0Wizzo6ikcfIvcP7jaieOTJ5/Hofg+76SmwqcVQqYP5"
    "V/icBiXHcnm99lC+iFo0i8ixOeIYVic0lq55Mv0klvHxwgdu/PvtQDrrAUa3QCMWsiG6jT"
    "WA4pr4X2S7lG8wHopzuqzMURGds8UHyhynTL5fmMszSPMZOvNFqReEQ55IuymyknqEityp"
    "QwS/RViQOKmaDoxABAsJqvl7+RyZYFU2CGZqU0++XwufrkjIqQUQVQSQnabtU3SR3Jkm1r"
    "FpSfLParCj9lrr3R5rubgWwa7OmBIT6PyIj0iZEu4+bYBPkehkNd2Rn9ou94ww+3abVaZA"
    "qJeb7ka2Sas42yxVL/bUbdvrXfJg89LMDJWuammS3eVxe7UtgDfsqqbNw50WkYNTlC6sjm"
    "zOUmo2K81mrcDVClwV9YxKewGkUzSV6RyzGZxqVI+5ho0qIol5Jwr9iHJDYTm/IFuPy5ZR"
    "LZzf2KS8DlJT4pbVj6ROUVYwCi6JF0Sy2MQRGsusQga+A27nugscFoLKPUtMYRLfUhvG59"
    "rEkgrGqVQ9EleWBWpeTOmWBmOpK6a0EKc85nMjCOZMCgzFtYSAFzSsPOyQKbwjZ0EXGHHi"
    "vVjCIMK+TQxwucRkriV1njMQQBk8X4xQlGWCc48l6k9JyQmeLbgs45tpugwSDfS0ge5VNo"
    "kUr9iE5qJgs02l4vWX4/NbeiNbnIdkciA8KUQVRFJTFhS+Es8Qza1HaWGHoipRWJFT/shW"
    "k+xcOSmdZ6VB7aSAYejyC3r+jIsQct8h1rMhegYv5Qd/ucRzV/Di4u+Fy0zxYPj1U6HIkk"
    "MwJ4ZPPdtpM0pJZrUZaBDQHg0pVgSXDCkFaosRRVQTn6+2Pi6xssQlFLqNc8d8Lh18i2H7"
    "FL5P+Hznjbn+Z/QsRfRsQ2yehWexZgMQrTf1ZEqIxQE1DxatcL9qNogc4abGI8qbJfO1+X"
    "BSc3zNLIkzj6fWvMajW1JuRJbFuoHlH6LrsKlp94r4VK6tW5/ZIk2vst4uM9D9u+QR+mC7"
    "jJarqJshn+tCafBzY20dtP6mScx6Xt2QCll/U1YTT6dz2eGEz4klnZebYjcKW2ni4SKVWA"
    "FSGy+zGzTjQEKt9NxPhrl/wLVvifYt6SXW2rdE+5Y8KeS1b8k+lxtd7ndvEz/WU3YpDZmj"
    "1YFkKhvOs1attrwuUmtuq8xtXWe6z9zVdaY35h2YNqi2/FpypPqTUfmTcYS5SnKsTYXkHJ"
    "X+fHSZ9i0DKuzO84UQKf0ySbQS1QKdhjYPra4xvWZR34qEWfBKKDCgQS31FG0fFCw7KKi+"
    "IO4ct9WZZ4j6APSuNVmh50gndUqeVp8nVT5Pplxi26xoObI+fGPZxaxR+cma6pPF4pM6fu"
    "tJfFA6futJsDnrstrUITTn6Kpjt3LHjqqjdU2t2MoTtYZTxxjqGMMDjjHMrwwbQDfKStZT"
    "YFOLYQNMw81oA7CeJz31FNnsxq1qUOxX7JYn48s1GTYMjjUWUetmEbI2McPqs5k0djMG7x"
    "GEu8o4WNvjxJkOwzBRbybCNJF4FJexpKKd9EdCoT9SRUjtNp9WmrA7FzZ8D3N2EE1dnbtb"
    "2RCiiE9NdRtR+164N2/bdzyY/AV0K+07cfvd2XW2ie6GTTuxoaCjfUGbFrRpQZsWtGlBCR"
    "VZ+iDZUqlToNQqiHoVRO5o+lgxOdvbYQK8XlouzDKl5LpvgPiZb4EAMigR6VJ3h3XSnOCb"
    "MUkarhXkPrIlmvvmTCTEEQltHHtuy2ToPiciGTr3J78RM8mfA48eoq/wCiLTOTal3w4KKB"
    "hIXcsZEzmBZNOaIko7e2qpYJcL/47q2IcP1aKdsqKdTlOw3zQF0ZfSBfiIVmnEZWayaF1R"
    "A/NoVSqFvSLCKSFRGe2OwuGr0dsmGI/eVoMs7hWEQ7N0VanUbKQotG6jRLfhEhF1xTuIfV"
    "lKLfSpLPSxCSfuQyfpPkeqHWCUY3RBAN2TZESm8CKz0yBUYFAmHWVb1EtIQVsDpxo3qBLr"
    "sXtCUUgcmKFEylA47LgwH98h+D0X5ieZ8RWHhZlk1lQQTEQeOyHq4KCbsqKyG+9/ffZRLd"
    "eoItdIrhkzzEuiI2uccjNUPTzpbb5KBfM9k1XJMBXbVELSB/3/tg2E4YLVJS9DhlIfB5Q7"
    "DmQzz9CuVp0cqT7fq8xn0yWWSCiMW7s+5wm1SUe762p33f2Duw133eRj3wDG55nOegpyYX"
    "nMoHx+en1++uFib6ZIMmcP2BmUStrBrWG9iJ00aiBac5gexALZFzgYVFvGsXvnEHlYCMYM"
    "psw7NLbsO2gizYKiAMj1x9MXo5M36ZIhLgHSlWhwD3taqai91efJii4mYJKtdBKWYDExRZ"
    "jfIzwBseIIVZd+gTkva6+ElamDwihhxRFZpyVVcYShCbmlksKS9lHHgeui9krkJxZWE5fP"
    "gQt3TNaXloVdZFEaeMeGOoMOZUfC2dCkFEXQoc7Nr6aWQufm34tErY3e+zXABntAG5VRQr"
    "EZpNevNAeskhN7ZRtwo/Ya2rXQBgfKkiRXZ4w5BNOK2ZtQ5TCeAJk6K8UmdsOzq6tPGVXM"
    "2WXep/n757MLWDEk7NDIDk7oNb784WGrzZwuo+2fsnkrjhsuMYndzQCdI9UaZ6U1kTo1bJ"
    "+5a7L5Qmw7nfLl5Gg1p1XjtCKOJNdwsjGllkq4kg9K1Fu5FsM6LReP2xqLqHEDbVfeiz0q"
    "dWvf0Re28OKYEpeXqa2aE5Y6vYdk4n4c8RodO8J7sviidhJRVP1SHde8XgFwCDHO8SD3r3"
    "Ip+zC6HOez5CqDr9KRvjrKoBzuQ4gs6Oqf0ygQ+rgmEPq4GAgdFKFpg3BC0T+pdCux5vgB"
    "VnHX8N0Sg2h1sHmWqg9Q7zza3GVTGw5kLYHPkWnkO8f5SzAKyNfqG3OUWufYQufoMnj9Eo"
    "Nc7VSPSPQ071bOk8CTWJvtM0PUB9R3EZDHuF2e3qA6Ii9FokPySpYLTkiXImopMq0jV063"
    "ljl21oir1bqZWin1abqTaj9d7aerugtpBz/dlA74sU66jFJiAqanSZc9xTm7PKrkp3vjYh"
    "oeeUpsGam7wzo7hpdt18CEIbLjCluEdJxNsio9k+Gqns+P0OliQYCrVuJjGtAMEZWJerDj"
    "EZdYZWaOzXa+3qP115LEUJEdRBs+VDB8TMgUlqeupo+EWmHJazB12Tyc4GqYQPAUPqKumM"
    "fEKqvkBx5TCnGXYF4m7zaDPKFWGvNkmPsHHHa5ssKK1XqcmEBliJXxPj2Aas8HpLtpr7bR"
    "GpsD0NjopLm7UzDopLm9S5r7nUuZriD7yuvDOqnXj1o0kHeD4M0jdA0TRAZdUlE8hPCgxs"
    "h7NCfzCTRBCwZAIhGfWSbYduxF53FSa4EZ1kiq2nNpu241ZI7tEseOaoBjgt5Fix2PGnmG"
    "jWo8w0YFfHXN2t4eOhVxwU8MMyW7dsZqU711ZwxF6/fvmxlBHqGYeu8QW8KkE7plM7JfRO"
    "70fCjLhwVFwubEsnFxD39UT3of1/v4Qax0O9jHxR5g/IfRViBniHaH9OD7zfm2Zu/WY+v1"
    "fq73863u56fEtc1Z2WYe3qndyXHSZt02Xs3YDW+s1aUMy/bVEuV0uDmqK0dsRDNdvXmG+a"
    "jbLO0pkj5uoScnTbbQk5PqLVTcy9kD4KNqgXDYvIfovmp0QHlVc0B5VTygwBO90nxLf7u+"
    "+lKxYyYk+e3SNj30XwSn4kM0ZNWAK8DI7JEFD/u8M31u8xMdnJUp7Xe5mf3x/2c6x2E="
)
