"""Connection care. Made by `agm migrate new connection_care`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "connected_account" ADD "warned_of" TIMESTAMP;""",
        r"""ALTER TABLE "connected_account" ADD "check_due_at" TIMESTAMP;""",
        r"""ALTER TABLE "connected_account" ADD "warned_days" INT;""",
        r"""ALTER TABLE "connected_account" ADD "diagnosis" TEXT;""",
        r"""ALTER TABLE "connected_account" ADD "signed_in_at" TIMESTAMP;""",
    ],
    "postgres": [
        r"""ALTER TABLE "connected_account" ADD "check_due_at" TIMESTAMPTZ;""",
        r"""ALTER TABLE "connected_account" ADD "diagnosis" TEXT;""",
        r"""ALTER TABLE "connected_account" ADD "warned_of" TIMESTAMPTZ;""",
        r"""ALTER TABLE "connected_account" ADD "signed_in_at" TIMESTAMPTZ;""",
        r"""ALTER TABLE "connected_account" ADD "warned_days" INT;""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "connected_account" DROP COLUMN "warned_of";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "check_due_at";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "warned_days";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "diagnosis";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "signed_in_at";""",
    ],
    "postgres": [
        r"""ALTER TABLE "connected_account" DROP COLUMN "check_due_at";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "diagnosis";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "warned_of";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "signed_in_at";""",
        r"""ALTER TABLE "connected_account" DROP COLUMN "warned_days";""",
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
    "eJztXetz27i1/1cw+pLsjNYTy4mTm23vjOy4XbdJnImdm043HRqiIItrCmBByIqau/97D8"
    "CH+BZJ6wHR+JJYJA4I/g4I4Lx/9GZsTFz/aOg5fyfL3lv0o0fxjMAfmTt91MOet7ouLwg8"
    "clVT7DnWfdho5AuObQGXJ9j1CVwaE9/mjiccRmXjIYKmaMI48ji743jmH6Fbj5OJ8/0WTR"
    "w69pEj+ujWJzYnwppif3qLnv/6YXj+8/Wvw8Gr058k4QORzX5BYkpQ0BI5PqJMIF8wTsZH"
    "cjBjZsNoHHq34+fOqfPvObEEuyPQjsPTf/sXXIZnkO/Ej35699bEIe44hbozlh2o65ZYeu"
    "raly+X7/6iWsp3Glk2c+czumrtLcWU0bj5fO6MjySNvHdHKOFYkHGCIXTuuiHrokvBiOGC"
    "4HMSD3W8ujAmEzx3JVt7f5rMqS25ibz5yHX8KQB85Iz9I0oWljP+33CUCQrL+nh1Y11f3F"
    "hWLzch5GgyvAov2YzKyeRQITH78UfQ7wobdbUnH3D+6/Dz85PTnxQazBd3XN1UyPX+UIRY"
    "4IBU4b8CXP2fg/x8inkx5FH7DOgw0DZwRxdWeK++mgi+CKAtQNqb4e+WS+idmMLPwYsXFR"
    "j/3/CzghlaKZwZfObB5/8xvDUI7km8V/gGX1gThFcUm8F4/ZTeGcLHpzUAPj4txVfeSsOb"
    "WK2aYJwh6+BkPh68qYP14E052PJeGm2Jl9zprKJluhztDFkH0T59WQPs05elWMtbmYltM9"
    "lHDuW/XV99LJnTMUUG4LFjC/T/CLYqcYBAVwArsZA9z3z/324S0Ocfhv/IYn3+/uosuz/K"
    "Ds4ywMPCIMGxsMiD/w7uCGdGihmQpswyISQ9iv7oFituLj9cXN8MP3xK8ePd8OZC3hmoq8"
    "vM1efZhT7uBH29vPkVyZ/on1cfL7Jsi9vd/LMnx4TnglmULSw8TmISXY4updhMvnsOdNeC"
    "zWnKDbA53I8NlzfPZRf7wpr7rT7nLK3htM6c5uSB3bfic5rScFlnLi8Yv/c9bJPCE2i5oi"
    "BLt0mVgb7sXaMWkEqYyX2hViDGKw/yXxgnzh39O1kqqC9hMJjaRTqBUIP2NdnXYYK7urr6"
    "vDlexPqr3PwCFODdiVA4fIZp//ny/KanEB9h+36B+dhKQS/vsAHLXInb5m/NBrPsFUzxnY"
    "JIvosceaTCFILMPNEr0m6Gt/qV6s1Eo7XqzStKkI1dF4kpFmiG74mPcKAps/FKa2b3kc1m"
    "Mwe6HqMRmcCkQo7w0cThvkCjpSDIJfiB+HlF5laeUKCy/K2X6LOn5ulsBLf+ZXSZuuoyAw"
    "blQL+kokSZGRNkcJdf+uGtVjBe+O/nwfHL1y/fnJy+fANN1EDjK68rgL/8eJMRhYnH7AK1"
    "WimccXuDZgGaviBeIx1l2L6D6rKTQQ112cmgVF0mb/2ROf7Da/oFZ/9yfBMkXYS4ljHjpM"
    "KYcZI3ZkyF8Cw474l5gWaydFnIULVaHDSTqTa9NrC5gMNKiSHuArap3Fk7hXCCXOepnBzn"
    "/pcMwjkrOCyUK9hjgkfp1zWbybtWr0vxoVh6L1+pkzSt5rdmmG97ZsMqwduZMNKUxoShtT"
    "Js4lCQ2FrxOUNqlJ468zmhhmio9sxTGsVnZq00GmWjUT5gjXLJOrEBkD+le+sozPkVUivV"
    "PZyJKSVur0B1H93qV6nu7USjGp7J9pT5hCIPBvMWLaaEE8SUtj3WDx+hz2TGHsgYhV37CC"
    "bSsq8ci8WUOBxNHekKvCzyQN5o/9/oN/qFCsdFt7AKCd+ayx+3yjXZc7EAihlaYJgQSDA0"
    "JZhLP2Wp4VadOaKmr/KP3opZ+WU/fJD8m9AHhzM6I4FGI7plYdtmMDZJIbsm3z0Yrw+gx/"
    "yPfY+Cd7ZY+GVGn6Tq/TuwT/5AX3+9+HyBeIATnODQ5TX6+OX9+2CSGlOEDqaI5Lxoo9FJ"
    "0mut0kkOdP+S7z28XVvII1qt4Y4GuX+oM6tdG8SzC6bOwGfGun/P96LtpZAPJaJhMbnOPN"
    "DJE96EzWzZ0oTp2G2E8IqieyrirUQm4Qc4vHBrzt08zDdw2iyGOU3VBairVIUX/7iptoDE"
    "msL3Vx//GjXPmkWyEWFs4rikKfAZMoN8C+SxdOfOg37GmEswLcE9JspAPgKqbS3e8ZXdon"
    "52dfU+hfrZZRbWLx/OLmC3VCyARk6gJ8lbtE0YTatpf2i2iZUWoimb05TGAqU3l2P9WnM2"
    "p0gNn3Xmc5UoWa4urJQgn6YhLH3quGtqXEyQPALOw/lQjL3W2Gv1Bncb9tpw3dwAwOeMUm"
    "IDpsNVlx3FOb3Z1LGKw1q6AYiv4TG2sqt+Cjs8yNV3vUF8tfWkwIXnJ4yMe7CEZ6d4kUm8"
    "4DOosI1Hra3Eh1gvwO1qOBdT5MME+tmhCAsZfxbq04vj1aoIpB37Vt6CkTgU5KFbmVJrMS"
    "VUxat5hPuMIhmNjoJWyKF9dGtPiX1vjedEUajmKcs39IH9e2iNR2wuoCtEyXeBnn9klLz9"
    "Rn3G6E9H6BY4Ix88xkv/FvnwL5qyBQI2LJG8FkXORe3Y5LavnkPoGLEJ8tmMKJt6X/05Yu"
    "MlWmBpcXfHaszwerdjB99R5jvRExbTpRwPm0zg3ZBLfF/G8qVel3z3gDcVsXmp/amOFX7u"
    "E65M8CZ8z9jM97onamYzN4ZcTQy50QpVyIQ1VtwErc7oGxOulvhuxYRbFidYb0kpjRfUCu"
    "/EMPe/kN9xTOVxFo5QMyd0MMyhXx7eVkJuksk9ItpNAUnv2rKkhNyw5BEsMYnfnoIlQwkZ"
    "INeDbGm153h5L4b7OnOfkwn01i40MktrOK0zp5N6s6acztIaTuvM6ViJmGdzudNcisi4zD"
    "V3mVNa5nZuXClK48al9ceVNCa0YnSC1iyjOnM6tuM0ZXOK0PD4AHgs7Xd5Lpem6cpQmTRd"
    "eafmIFV0y3UyR2w+Ip0/opBd8MJFZThKv6Is2e5SYb44kI/IRAY8ie/HOGoaR00dHdy0Tt"
    "UeerDBq1ckbc836tfwc5MZbhplch+iMBtg5Ld2hG5k1UcBc0J6lwUFH5Es7kXGgVOYDU9H"
    "PsGudDuTDmLUXSIV+yH9vYCGfJcpTu6K61Nu+3ENU72EB7V1KVty6MoTnmJARfKWwGyM/o"
    "ye2WzmwewDEJ6Z/C36+KLBl1GUHLbcOyQm0NldoaV7yOar2xlXP+Pq9wRd/YxL1O4zIQvS"
    "vDpsiqpzVXg3v5zDwczhcAqy5txpAnSWTud53RLswYu6uVsqk7fkvCs5EXMOULFmeCeIum"
    "AO3Q3WgYhhSXEjj3a58TlD1gW8d21+NjUa1qC+pRoNzXTeRtldquw+gBJahwJlO6ubMbcd"
    "hrnAJdgn7VLMZEgNn3Xms0bu97oJDl1iszHyPgk2mxJET4PPe04MdjicbZDJipPQdug3hD"
    "VHaJA1OcKM68newd1GjrDVt74BjFukCdNzfViLdG6JLMllpU06tgPFuSIb294ThnEyJlQ4"
    "uLh61upuv9J5Kt2uVnawB8Klq5BMjyWrW4UOSoLdE/pLdNNHmBMEzyXA4NCdaercTYkvkI"
    "LUL04ktqG+Vc4xmepN5RqTKcGiAltBX7J/+SPKWOYIn7iTPgJ4SOhbJW/LVHjPfMQWNCAr"
    "T9cFTeIENeEwTSYubb2fktyqC3uSxhycMifSaMrn8Cw1BCQodmcKOKBQnNC4qpadFkbZmK"
    "4TLgc7N8vqo8TV8+DUCaWP0eE+CTabpP8m6b/maBqFnlHo6aj+MEn/965mOh9enw/fXZic"
    "/4+Atyznf4ztfjR4Fw+kOM9/cKNfpbcjcZO1KrvrKIW9TEIv0FQpzpRSDWHkz0e/wxw4Qr"
    "ewkjqS5BYxPpZ56202mzlCBiyqh/kqBNHx0Z0DP9FoqTRknLh4mVfl7eiZDSMe1xeoV0+1"
    "5pTOZyPCiZoyVXGO0QuYEvX6Kfki3uRhP3PuSvVSSaqNpIjZb2BMoJX6n8Hg5OT14MXJ6Z"
    "tXL1+/fvXmRayeyt+q0lOdXf5Vqqr6SVkur7tSgOVQLw/biNp3Qle17VikcPVsKCmkqYyc"
    "kBVn4XZTcXZFYsTZbFJFDEd3tyGgaSqDaRpTZttzzltpKzOkRl2ptbrS6IKMLkhHIVrrvE"
    "KXYzLzmCDUXgLXegUydaZFv0q4dlZtrfuw8Vox++tUlb2zsesSHpamYzBr3gb+KdifSqcT"
    "WQLOod5cKMlWFbSTopaNldilhGUbBh40zcvV23rI+hJ0Egfj0KKrrBvO0roCV9i8g/LW4N"
    "WrOhHyr16VB8jLe1lPdnhTOO03zbORpesg3ltInbRaqppKZDlKcwY66Nyku9SUGRHCiBBG"
    "hHjCIsQHMnbw0PdJoUkucbdSdJjJdhaOG9bIQjpxXBL5o7vOiGO+PELSFz44qLMZ8dGEsx"
    "kc5hEsAtJ0JU1iEyLsKRz/R0sQCCSyIBAsprIvRyCPEw9Dy6I0pFt/3nqrnBEcdBEcTMa+"
    "HWfsY9y5cwpskuVSxIpCZ5Bbyg9bSInI5hx2mDkvyLNS4TafojKpzJr7zMttxWpaczpF1M"
    "XpvY3C0zMQsKymNvYUURfmdyaXbS2gjyuAPs4DPVoKYvnOfwqArnIhSZF1qMzQjr1IFs5Y"
    "NEktF7fvEOQbCyebgjQ6LVD6lKK5IjBwFkTnTfHg1WmT9XdF0b3Fd/NKYOwKS8BhrckRLk"
    "nTBYx3HvRYnIu2HPCyXLQG7TqFZw9KE68NK4wq3qjijSq+86p4GX3RK1TDqzv9ahV83KaG"
    "9t0j3Gf0mY88F9BADg212wqcIvX5eoL1zjRzHy4bbxpdleKcuY10K1H7LiqwNq6f/Z05tN"
    "W5J0VoMmvofOqR61vDA0+CxJx1THoAc4jcP7jbSA+gTj6PR/dL2E1HgU0shlodzD/B59Qr"
    "OJar65WHci9qUc+PXtbDxbA6oVvlUKOyOGJV3Uh6rtz++NZTLjaA0TegkQtZH32LNYDymv"
    "wfMR68wW1fntNVjHmJT/2WH7jeJea33Ncko9WNTKCLTNBUG/0oTbSm69bOlKOuQ++bgB21"
    "N4ro5lir9S4PdnkJupjgUSXoDmiKb6UGXaTFHzUK3ElTdWJt2X7t1genYW7aJMnuktMebw"
    "vgDdu+jeWq1dp9cDocb9ySzWlKw2at2Wx0S0a3pKMKRGsD5adVpGmvSB2SuN2v1IpkGtYq"
    "vyHnnUykJ4tahDlzgvB/zhZR4Yrf2ai4vkZdYlVAI6gtq3Qhiymhq7ifGV4iKvUdtoudGX"
    "KEUneQB8KXwSX5gkiGXZAjdKtq/t4i7vgEOnLEFBFsT0NamaFgQmC6+99o0IELVBwtuCPC"
    "MCUcPkcmDJRHMzb3rSCkIxwaNFDBTFi+G8c0zMnnkgkMzGdBFxj5RPy8gEGEfdsY3lEW0u"
    "FjlTFhCoILg+fLEbK5QHBYGcsMhhOH+zJZoWSNinKiASTykTCNA71PEE6lmsh4qAX2Ebah"
    "uUxl6NA+gt9fT86/0RvV4jwkUwPxgeCXoEZJEE9FWZA6UT5DNh8/SoXUR7/FuarUj3Sepe"
    "BqKk1iWFJY9l6RKjEZbQ0Ual4vyzMlBgxDlx/R82e+DCSbu2T8rI+ewUvNg784EXwJLy7/"
    "9jiz5YPh10+BBjkxwGRB3AajVGRrUzomBxqEtUVDirVYBUNKgNpgRBHVaO4vtz4uuRzExa"
    "LbjXPHfC4cfINhzyl8n/D5zmpz/c/oWYLo2YbYPA0PUPUGIFtv6smUkLEsRiFkjadgk6k3"
    "iAzhpsYDi5y1mq/1h5OY42tmiQfbx4TxmZVY82qPbkF9K7JUVA0s+xCV/vXqxqSA1UxpH/"
    "GpWMW2Pr41Sa+zsi010P27+BD64HBGZ6QoD3w95DNdaA1+ZqyNQ9dO60SuZXUEicC101wI"
    "rAnq3u2Ez4glrZebfDcaW7Ti4SKdWAFSm1+k7K/HgRW11nN/Ncz9A24M48Yw3kmsjWF8L4"
    "ZxkObGLinYQ8uBT5AY6B8BfayvaWH0y9IaB32drX4rRWATHq+oDHd15q4yuOSZW+rvErff"
    "nbPLiy2xcdPOLklTQ8OvJUNqPhmdPxlXKnIVxwpOHqUfTobKfD7Zz2eCHXfOG2GaJDGAZg"
    "GVFpmZJ6ySIpulqOboDLRZaEvyn5SLHWX5T5oJHYezqG9F5sjZ63IMKPeGLqLtgqYjU9Kg"
    "Vmq7QUVqu0E+tZ1H+Aw31SaliLoA9K5VSqFNtZWAnaU150mdz5MJZ7EmK1qGrAvfWHoxq1"
    "WepaI6S744iwlHeBIflAlHeBJs3nPp0ANi7SFUt+0mnCZkxoTMHHDITHZl2AC6Uf6PjgKb"
    "WAxrYBpuRhuA9XzVU0eRTW/cusZ4fcK8OO1Npkm/ZqyX5UWt6wV8OcQOqzOpWq6h1gtNGb"
    "xHEL2lwroc4RN30g8DqMRUBjAh+Sg/rgOrYplkjSfprFoSIbbNpxWmxsxEwd3DnO1FU9dk"
    "ydTWuT7iU13dRtS+E45/2/aqDCZ/Dt1S+07cfnd2nW2iu2HTTmwoaGlfMKYFY1owpgVjWt"
    "BCRWYKZO9OBZE5mj5WTE73dpgAr5eWc7NMK7nuM5kA+6fDwCGmVyDWZVr0q6Q6HrS1cKJx"
    "jaoDgt0TikLiQNiSKSNgAnGYD28R/J5JIUul6cCui+AYEmTNeCBcxjHLjBM46KaoSMHG+z"
    "c1ffVas/oVgpnimjXFfoEPcIXpOUXVQSFt86kF2VzIctlNUE6QdOGUu/VivsGC1SYeJUVp"
    "rL5aH2knDm0ru2RIjeiiM59tTsYyoQxubODPEhrBxRiljVF6/+Buwyi9+tg3YUNNddZRkH"
    "PLYwrl8+H1+fDdxb4E7msYiK0E5k9Y6fVzAnemRb9K4PbjtpYXNa4hcMuOZXUObKsImDgl"
    "JMyln2WljskE5N4iSbo+YaFtMyRL2jVjq0J4z4oKfRhhWkNhutzKuT6bzCFYPONB7l/YK/"
    "owCpFfY61Lk+sMfks5+3jwpk7KsMGb8pxh8l4affV/A7ij9h3E96SWWfSkwix6kjeLBklK"
    "miC8ouieqmgrlmf8AKs4t+a84OBYbnpOU3UB6p3bnjmbOHAgawh8hswg39rqr8DIIX/GmE"
    "swrbT5R5QZ8EdAeoDLeAX8Z1dX71Pwn11m8f3y4ewCtk3FC2jkBNJTgTcRZ/D6BUllK6d6"
    "RGKmebu0dwSexJpsnymiLqC+g0MgCEdOsbNDqedhksQ4HxYsFz4htI0Ba0VmrFdaWzWqxN"
    "Vy3UyllPo01e7GnmHsGbqr2lvYMxI64McaMxilxAZMh6suO4pzennUyZ5xE1eY6hXYMhJ3"
    "+1V2DJFuV8OEIWPl7kjgmJfwsXwW5V8/QkPPI8DVcVBkS9WnUjR9pEprIewKwsNyUhkzx2"
    "Y7r1OrKu8magqe62T4GJEJLE9tTR8rao0lr96Es5lW1QvwBD6itpjHxDqr5HuCaYW4qRex"
    "6ylui6I0i+V6nJhAZ4i18Uk+gNzPB6S7aa62MRqbA9DYmBC63SkYTAhd50LovvhKpsvJvu"
    "p6v0rqnUctasi7HuFwaDlC1zBBVDlkKlOJED/IOPILmpHZCJogjwGQCMRMUiTYtuzFxLvp"
    "tcD0KyRV47m0XbcaMsNF1S/KAY4JNoPw+gm9O8+wQS3PsEGFZ9ggh6/JYNvZQ2fuXLSfDX"
    "tlmCnYtVNWm/KtO2UoWr9/30wJEoRiKt4itoBJJ3XLdmS/iNzp/b5KJhakDFP18/J7+KN6"
    "Mvu42ccPYqXbwT4u9wDrP4w2AjlFtDuke19uzrc1e7etgjP7udnPt7ufDwl37GnRZh7eqd"
    "zJ8arNum28nLEb3ljLExsW7asFyulwc9RXjtiIZrp88wzz9jRZ2hMkXdxCa5UaGVTUGhnk"
    "i43Ij6oBwmHzDqJ7XOuAclxxQDnOH1DgiaKwYE55DbYEiSn93LAM2143sz/+C/1TwG0="
)
