"""Rate budget. Made by `agm migrate new rate_budget`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""CREATE TABLE IF NOT EXISTS "rate_budget" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "environment" VARCHAR(16) NOT NULL /* environment */,
    "name" VARCHAR(16) NOT NULL /* what it is of */,
    "subject" VARCHAR(128) NOT NULL,
    "percent" INT NOT NULL,
    "regains_at" TIMESTAMP,
    "observed_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_rate_budget_environ_80bad8" UNIQUE ("environment", "name", "subject")
) /* How much of one limit is used. `subject` is the app, Page or account it is of, whoever the workspace. */;""",
    ],
    "postgres": [
        r"""CREATE TABLE IF NOT EXISTS "rate_budget" (
    "id" UUID NOT NULL PRIMARY KEY,
    "environment" VARCHAR(16) NOT NULL,
    "name" VARCHAR(16) NOT NULL,
    "subject" VARCHAR(128) NOT NULL,
    "percent" INT NOT NULL,
    "regains_at" TIMESTAMPTZ,
    "observed_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_rate_budget_environ_80bad8" UNIQUE ("environment", "name", "subject")
);""",
        r"""COMMENT ON COLUMN "rate_budget"."environment" IS 'environment';""",
        r"""COMMENT ON COLUMN "rate_budget"."name" IS 'what it is of';""",
        r"""COMMENT ON TABLE "rate_budget" IS 'How much of one limit is used. `subject` is the app, Page or account it is of, whoever the workspace.';""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""DROP TABLE IF EXISTS "rate_budget";""",
    ],
    "postgres": [
        r"""DROP TABLE IF EXISTS "rate_budget";""",
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
    "eJztXetz27i1/1cw+pLsjOJJ5NibZm/vjO11G7dJnImdu51uOjREQhbWJKGCpBV1u//7PQ"
    "DfT5G0HhCDL4lF4oDg74AAzvv3kcMsYntHZwv6d7IavUW/j1zsEPijcGeMRnixSK+LCz6e"
    "2rIpXlDjIWo09XyOTR8uz7DtEbhkEc/kdOFT5orGZwiaohnjaMHZPceOd4TuFpzM6Lc7NK"
    "Ou5SHqj9GdR0xOfGOOvfkdev7uw9nFi5t3Z5OT0x8E4SMRzX5C/pygsCWiHnKZjzyfcWId"
    "icFYzITRUPd+x88NXPrvgBg+uyfQjsPTf/0XXIZnkG/Ei38uHowZJbaVQ51aogN53fBXC3"
    "nty5ern/8iW4p3mhomswPHTVsvVv6cuUnzIKDWkaAR9+6JSzj2iZVhiBvYdsS6+FI4Yrjg"
    "84AkQ7XSCxaZ4cAWbB39zyxwTcFNtAimNvXmAPARtbwjlywNav1vNMoMhWF8vL41bi5vDW"
    "NUmhBiNAVeRZdM5orJRF1fYPb7H2G/KTby6kg84OLd2efnx6c/SDSY599zeVMiN/pDEmIf"
    "h6QS/xRw+X8J8os55tWQx+0LoMNA+8AdX0jxTr+aGL4YoC1AOnLwN8Mm7r0/h5+Tly8bMP"
    "6/s88SZmglcWbwmYef/8fo1iS8J/BO8Q2/sC4IpxSbwXj9lN4Zwq9OWwD86rQWX3ErD29m"
    "teqCcYFsgJP51eRNG6wnb+rBFvfyaAu8xE5nVC3T9WgXyAaI9unrFmCfvq7FWtwqTGyTiT"
    "5KKP/t5vpjzZxOKAoAW9T00X8RbFX+AQLdAKzAQvTseN6/7Sygzz+c/aOI9cX76/Pi/ig6"
    "OC8ADwuDAMfAfhn8n+GOTx1SzYA8ZZEJEelR/MewWHF79eHy5vbsw6ccP34+u70Udyby6q"
    "pw9XlxoU86Qb9c3b5D4if65/XHyyLbkna3/xyJMeHAZ4bLlga2spjEl+NLOTaTbwsK3fVg"
    "c55yA2yO9mPN5c1z2caebwRer8+5SKs5rTKnOXlkD734nKfUXFaZy0vGH7wFNknlCbReUV"
    "Ck26TKQF32rlELCCXM7KFSK5DgVQb5L4wTeu/+nawk1FcwGOyaVTqBSIP2S7avwwQ3vZp+"
    "3hwvE/1VaX4BCvDuxJc4fIZp//nq4nYkEZ9i82GJuWXkoBd32IQVriRty7eciVO8gl18Ly"
    "ES7yJGHqswfZ84C39Upd2Mbo0b1ZuZRmvVm9cuQSa2beTPsY8c/EA8hENNmYlTrZk5RiZz"
    "HApdW2hKZjCpEPU9NKPc89F05RNkE/xIvLIicytPqFBZ/jrK9DmS89SZwq1/aV2mqrrMkE"
    "El0K9cv0aZmRAUcBdf+uGtVjBe+O/F5NXrH1+/OT59/QaayIEmV35sAP7q421BFCYLZlao"
    "1WrhTNprNCvQ9Hyy6KSjjNoPUF12PGmhLjue1KrLxK0/Csd/eE2v4uxfj2+GZIgQtzJmHD"
    "cYM47Lxoy57y8MOO/5QYVmsnZZKFD1WhwUk6k2vTawwIfDSo0h7hK2qdJZO4dwhlzlqZwd"
    "5/6XDMI5qzgs1CvYE4In6dcVm8m7Vq8L8aFaeq9fqbM0vea3Yphve2bDKsH7mTDylNqEob"
    "QybEZdkNh68blAqpWeKvM5o4boqPYsU2rFZ2Gt1BplrVE+YI1yzTqxAZA/5XsbKMzlFVIp"
    "1T2ciV2X2KMK1X18a9ykujczjVp4Jptz5hEXLWAwb9FyTjhBTGrbE/3wEfpMHPZILBR17S"
    "GYSKuxdCz254RyNKfCFXhV5YG80f6/ul/dL65PbXQHq5DvGYH4cSddkxc29oHCQUsMEwL5"
    "DM0J5sJPWWi4ZWfUb+mr/PsoZVZ52Y8eJP4m7iPlzHVIqNGIbxnYNBmMTVCIrsm3BYzXA9"
    "AT/ie+R+E7Gyz6MuNPUvb+DdgnfqBf3l1+vkQ8xAlOcOjqBn388v59OEm1KUIFU0R2XvTR"
    "6GTplVbpZAe6f8n3Ad6uL+QxrdJwx4PcP9SF1a4P4sUFU2XgC2Pdv+d71fZSyYca0bCaXG"
    "UeqOQJr8Nmtmxpwq5ld0I4pRieingrkUn4EQ4v3Ai4XYb5Fk6b1TDnqYYAdZOq8PIft80W"
    "kERT+P7641/j5kWzSDEijM2oTboCXyDTyPdAHgt37jLo54zZBLs1uCdEBcinQLWtxTu5sl"
    "vUz6+v3+dQP78qwvrlw/kl7JaSBdCIhnqSskVbh9H0mvaHZptItRBd2Zyn1BYotbmc6Ne6"
    "szlHqvmsMp+bRMl6dWGjBPl9GsLyp477rsbFDMkT4DycD0Xba7W9Vm1wt2GvjdbNDQB8wV"
    "yXmIDpWdrlQHHObzZtrOKwlm4A4ht4jCntqp+iDg9y9V1vEE+3nhy48PyMkXEPlvDiFK8y"
    "iVd8Bg228bi1kfkQ2wW4XZ8F/hx5MIFeUBdhX8SfRfr06ni1JgJhx74Tt2Ak1AV56E6k1F"
    "rOiSvj1RaEe8xFIhodha0QdcfozpwT88GwAiIpZPOc5Rv6wN4DtMZTFvjQFXLJNx89/8hc"
    "8var6zHm/nCE7oAz4sEWXnl3yIN/0ZwtEbBhhcS1OHIubsdmd2P5HOJaiM2Qxxwibepj+e"
    "eUWSu0xMLibltyzPB6dxbF9y7zaPyE5XwlxsNmM3g3ZBPPE7F8udcl3xbAm4bYvNz+1MYK"
    "H3iESxO8Dt/TNvO97omK2cy1IVcRQ268QlUyYY0VN0OrMvrahKskvlsx4dbFCbZbUmrjBZ"
    "XCOzPM/S/k9xy74jgLRyiHRg6GJfTrw9tqyHUyuSdEu0kg3fu+LKkh1yx5Akt04rfvwZIh"
    "hQyQ60G2NPpzvL4XzX2Vuc/JDHrrFxpZpNWcVpnTWb1ZV04XaTWnVeZ0okQss7neaS5HpF"
    "3murvMSS1zPzeuHKV241L648oaE3oxOkOrl1GVOZ3YcbqyOUeoeXwAPBb2uzKXa9N0Fah0"
    "mq6yU3OYKrrnOlki1h+Ryh9RxC544aoyHLVfUZFsd6kwXx7IR6QjA76L70c7ampHTRUd3J"
    "RO1R55sMGrNyRtLzcat/BzExluOmVyP0NRNsDYb+0I3Yqqjz7MCeFdFhZ8RKK4F7FCpzAT"
    "no48gm3hdiYcxFx7hWTsh/D3AhryTaQ4ua+uT7ntx3VM9RId1NalbCmhK054kgENyVtCsz"
    "H6M3pmMmcBsw9AeKbzt6jjiwZfRlVy2HrvkIRAZXeFnu4hm69up139tKvfd+jqp12idp8J"
    "2Sfdq8PmqAZXhXfzyzkczCiHU5ARcNoF6CKdyvO6J9iTl21ztzQmbyl5V3LiBxygYt3wzh"
    "ANwRy6G6xDEcMQ4kYZ7Xrjc4FsCHjv2vysazSsQX1LNRq66by1srtW2X0AJbQOBcp+Vjdt"
    "bjsMc4FNsEf6pZgpkGo+q8xnhdzvVRMchsRmbeT9LtisSxB9H3zec2Kww+Fsh0xWnES2Q6"
    "8jrCVCjazOEaZdT/YO7jZyhKXf+gYw7pEmTM31YS3SpSWyJpeVMunYDhTnhmxse08YxolF"
    "XJ/i6upZ6d1xo/NUvl2r7GCPhAtXIZEeS1S3ihyUfPZA3J/imx7CnCB4LgEGR+5Mc3o/J5"
    "6PJKRedSKxDfUtc46JVG8y15hICRYX2Ar7Ev2LH3HGMup7xJ6NEcBDIt8qcVukwnvmIbZ0"
    "Q7L6dF3QJElQEw1TZ+JS1vspy622sGdp9MGpcCKNp3wJz1pDQIZid6aAAwrFiYyrctnpYZ"
    "RN6AbhcrBzs6w6Slw1D06DUPpoHe53wWad9F8n/VccTa3Q0wo9FdUfOun/3tVMF2c3F2c/"
    "X+qc/0+Aty7nf4LtfjR4l4+kOs9/eGPcpLcjSZO1KrubOIW9SELvo7lUnEmlGsLIC6a/wR"
    "w4QnewklJBcocYt0TeepM5DvVFwKJ8mCdDEKmH7in8RNOV1JBxYuNVWZW3o2d2jHhcX6Be"
    "PtUIXDdwpoQTOWWa4hzjF9Al6tVT8sW8KcN+Tu9r9VJZqo2kiNlvYEyolfrTZHJ8/OPk5f"
    "Hpm5PXP/548uZlop4q32rSU51f/VWoqsZZWa6su5KAlVCvD9uI2w9CV7XtWKRo9ewoKeSp"
    "tJxQFGfhdldxNiXR4mwxqSKGo7vdEdA8lcY0jykzzYDzXtrKAqlWVyqtrtS6IK0LUlGIVj"
    "qv0JVFnAXziWuugGujCpm60GLcJFzTtK3xEDVeK2b/Mpdl70xs24RHpekYzJq3oX8K9ubC"
    "6USUgKPuIvClZCsL2glRy8RS7JLCsgkDD5uW5eptPWR9CTqBg3ZoUVXWjWZpW4Eraj5AeW"
    "tyctImQv7kpD5AXtwrerLDm8Jpv2uejSLdAPHeQuqkdKnqKpGVKPUZ6KBzk+5SU6ZFCC1C"
    "aBHiOxYhPhCL4jPPI5UmuczdRtHBEe0MnDRskYV0Rm0S+6PbdMoxXx0h4QsfHtSZQzw048"
    "yBwzyCRUCYroRJbEZ8cw7H/+kKBAKBLAgEy7noi/powckCQ8uqNKRbf956q5wWHFQRHHTG"
    "vh1n7GOc3tMKm2S9FJFSqAxyT/lhCykRWcBhhwl4RZ6VBrf5HJVOZdbdZ15sK0bXmtM5oi"
    "FO720UnnZAwDK62thzREOY34Vctq2AftUA9Ksy0NOVTwyP/qcC6CYXkhzZgMoM7diLZEkt"
    "v0tquaT9gCDfWDjZHKTReYXSpxbNlEDDWRGdN8eTk9Mu629KMbzFd/NKYGz7hg+HtS5HuC"
    "zNEDDeedBjdS7aesDrctFqtNsUnj0oTbwyrNCqeK2K16r4waviRfTFqFINL++Mm1XwSZsW"
    "2vcF4R5zn3loYQMaiLqRdluCU6U+X0+w3pkm8OCy9qZRVSnOmd1JtxK3H6ICa+P62d8YdX"
    "ude3KEOrOGyqcesb51PPBkSPRZR6cH0IfI/YO7jfQA8uTzdHS/RN0MFNjMYqjUwfwTfE6j"
    "imO5vN54KF/ELdr50Yt6uBhWJ3QnHWpkFkcsqxsJz5W737+OpIsNYPQVaMRCNkZfEw2guC"
    "b+R4yHb3A3Fud0GWNe41O/5Qeud4n5tfQ1iWh1LROoIhN01UY/SROt6Lq1M+WoTd2HLmDH"
    "7bUiujvWcr0rg11fgi4heFIJugOa4lupQRdr8aedAnfyVINYW7Zfu/WRdsxNmyXZXXLaV9"
    "sCeMO2b2256rV2H5wOZ2H1ZHOeUrNZaTZr3ZLWLamoAlHaQPkpjTQdValDMrfHjVqRQsNW"
    "5TfEvBOJ9ERRiyhnThj+z9kyLlzxG5tW19doSywLaIS1ZaUuZDknbhr34+AVcoW+w7QxdR"
    "D1pbqDPBK+Ci+JF0Qi7IIcoTuZpsDA98DtQnehLRXZGAa1xC5M4q8uhfFxSiyEPURFggK0"
    "JJzA45bQlSwffIc49Qh0Qv05IticR8MQyQ5mBL4c76sbjsWGAXC05NSPIp5wNGSRe1Cc8l"
    "jgGWF0SDQsaCDjosSIgBdulN7PJjN4R4+FXWDkEf/FEgYR9W1igEvU5OGWTL4wBxmIwfPF"
    "CFngIzj3WCIZ4oxyT+Q9FFyWAVNuCId4JHwRoQopjMySTeTbAw7YhOYiKyJ1xwKXX44vvr"
    "q3ssVFRCYHAoj5P4XlTsLQLJeFWRjFM0Rz60naqDH6NUl7JX/kUzaFV3MZF6PqxKL3hqyL"
    "2cBtoJCfyKo+6WLIMHT1ET1/5omYtMAm1rMxegYvFYR/ceLzFby4+HvBmSkeDL9+CJXRmQ"
    "Fma+t2GKUkW5sdMjvQMEIuHlKiEKsYUgbUDiOKqaaBt9r6uMTKktSd7jfOHfO5cvAdhh24"
    "8H3C5+u05vqf0bMM0bMNsXkencXaDUC03tSTXUIsUdfCF+Wiwv2q3SAKhJsaDyxyRjpf2w"
    "8nM8fXzJIFbB8zxh0js+a1Ht3S9YzY6NE0sOJDZCbZ61udTVYx/X/Mp2pt3fpQ2Sy9ynq7"
    "3ED37y1E3EfKmeuQqpTy7ZAvdKE0+IWxdo6CO20TBFdUN2Ri4E5L0bQ6Pny3E74glvRebs"
    "rdKGwcS4aLVGIFSG1eld2gHQdSaqXnfjrM/QOubezaxj5IrLWNfS82dpDmLJtU7KH1wGdI"
    "NPRPgD7R1/SwHxZpta+/ygbEvHa/K6/L1JrbKnM7Vft24XJKpbmrMnelea3M3FpHqaT97r"
    "ykXm6JjZv2ksoaljp+LQVS/cmo/MnYQm0vOVZxzqz9cApU+vMpfj4zTO2Ad8I0S6IBLQIq"
    "7G/OwjdqqrPWolqi09AWoa1JnFMvZNYlzukmYh7Oor4VCbNknS0xoN6Nvop2CHqtQi2MVj"
    "kRJw05ESflnIgLwh3cVXeYIxoC0LtWIEYW9F7qlCKtPk+qfJ7MuAZ2WdEKZEP4xvKLWau6"
    "Pg1lfcpVfXQcy3fxQek4lu+CzXuuOXtArD2EssjDhFPHWulYqwOOtSquDBtAN04cM1BgM4"
    "thC0yjzWgDsF6kPQ0U2fzGrWpw4CfMq/MlFZqMWwYJGou4dbtIQUrMqKyXLAIcab3QnMF7"
    "hGF/Mh6Q+h6xZ+MoXM6fi3A1JB7lJQWEZeSaKA4mXJNrQgu3+bTKnKqF8MkHmLOjeOrq9K"
    "rKhlLEfGqr24jbD8LNc9s+tOHkL6Fba99J2u/OrrNNdDds2kkMBT3tC9q0oE0L2rSgTQtK"
    "qMh0ZfXdqSAKR9Onisn53g4T4PXScmmWKSXXfQbEzwPrvrpAdObuuEmaE3wzpmnDtYLcO7"
    "ZETmDORWIQkdjDpg6V+WoDj4h8tV4w/Y2YaR4RePQYfYJXEMlosSn9dlBIwUDqWs6ZyI0i"
    "mzbUudjZUysFu0IYbFwgNHqoFu2UFe10uPZ+w7Xr6++uB/4QyvCOZIameF1RA/N4VaqEvS"
    "bCKSVRGe2ewuGryZs2GE/e1IMs7pWEQ7NyVanVbGQotG6jQrfBiYi68nqIfXlKLfSpLPSx"
    "qUf4Yy/pvkCqHWCUY3RJAN2TZERm8CLzszBUYFQlHeVbNEtIYVsDZxq3KOTnswfioog4NE"
    "OJ1Ilw2OEwH98i+O0I85PMfIltG81AUpHZI0EwEfm8hKiDw26q6v5tvP/1WRi1XKOKXCO5"
    "ZsyxVxEd2eCUm6Ma4Elv89n6WeCbrE6GqdmmUpIh6P+3bSCMFqw+eRlylPo4oNxxIBdASd"
    "2+Vp0CqT7fq8xnkxNLJFbFnV2fi4TapKPddbW77v7B3Ya7bvqxbwDji1xnAwW5tDzmUL44"
    "u7k4+/lyb6ZI4rBHbI8qJe3w1rhZxE4btRCtPZgexALZFzgYFsTEiXvnGPlYCMYMpsxbdG"
    "fRe2gizYKiEMLNu7MXk5PTbOkEToB0JRo8wJ5WKWpv9XmysoUJmOQrPkSlKEzsIuw9IDwF"
    "seII1ZfAgDkva1BExUPDAhFR5QVZryJTeYGhKfnqSgpL2kdtG66LGhSxn1hU8FU+By7cM5"
    "EtPSxwIYtzwDu21Bn0KL8QzYY2KfnDDnWOcjW1FDpH+V4kam303q8BNtwDuqiMUorNIL1+"
    "pTlglZzYK7uAG7fX0K6FNjxQViS5OmfMJtitmb0pVQHjKZCps1JsYjc8v75+n1PFnF8VfZ"
    "q/fDi/hBVDwg6NaHhCb/Dljw5bXeZ0Fe3wlM1bcdzgxCS0nwG6QKo1zkprInVq2CFz12TO"
    "Qmw7vfLlFGg1p1XjtCKOJDdwsjGllkq4ko8q1FuFFuMmLZeXtDUWceMW2q6iF3tc8pPeuy"
    "+o8OKYEe5Vqa3aE1Y6vUdk4n4S8RofO6J7sgiddhJRVP1SH9e8XgFwCDHOySD3r3Kp+jD6"
    "HOfz5CqDr9KRvj7KoBruQ4gs6Ouf0yoQ+rghEPq4HAgdFqHpgnBKMTypdCux5vgRVnFuBL"
    "zCIFofbJ6nGgLUO48252xG4UDWEfgCmUa+d5y/BKOEfKO+sUCpdY4ddI6cwetXGOQap3pM"
    "oqd5v7KGBJ7EumyfOaIhoL6LgDzm0er0BvUReRkSHZJXsVx4hPQpopYh0zpy5XRruWNng7"
    "har5tplFK/T3dS7aer/XRVdyHt4aeb0QE/1UmXuS4xAdOztMuB4pxfHlXy073l2I2OPBW2"
    "jMzdcZMdw8+3a2HCENlxhS1COs6mWZWeyXBVP/CO0NliQYCrVupjGtKMkSsT9WDbJ5xYVW"
    "aOzXa+3qP114rEULEdRBs+VDB8TMkMlqe+po+UWmHJazTjzIkmuBomEDyDj6gv5gmxyir5"
    "kc+UQpwT7FXJu+0gT6mVxjwd5v4Bh12uqrBivR4nIVAZYmW8Tw+g2vMB6W66q220xuYAND"
    "Y6ae7uFAw6ae7gkuZ+8aRMV5J95fVxk9QbxC1ayLth8OYRuoEJIoMuXVE8hHhhjZGfkEOc"
    "KTRBCwZAIhGfWSXY9uxF53FSa4EZN0iq2nNpu241xMG0wrGjHuCEYHDRYseTVp5hkwbPsE"
    "kJX12zdrCHTkVc8FPDTMWunbPa1G/dOUPR+v37dk6QT1zs+m8RW8KkE7plM7ZfxO703liW"
    "DwuLhDnEori8hz+pJ72P6338IFa6HezjYg8w/sPcTiDniHaH9OjL7cW2Zu/WY+v1fq7386"
    "3u52eEU3NetZlHdxp3cpy2WbeN1zN2wxtrfSnDqn21QjkdbY7qyhEb0UzXb55RPuouS3uG"
    "ZIhb6MlJmy305KR+CxX3CvYA+Kg6IBw1HyC6r1odUF41HFBelQ8o8ES/Mt/S326uP9bsmC"
    "lJcbukpo/+i+BUfIiGrAZwBRi5PbLkYV90pi9sfqKD8yql/S43sz/+H27dwOo="
)
