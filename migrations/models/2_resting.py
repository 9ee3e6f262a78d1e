"""Resting. Made by `agm migrate new resting`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "channel" ADD "rests_until" TIMESTAMP;""",
    ],
    "postgres": [
        r"""ALTER TABLE "channel" ADD "rests_until" TIMESTAMPTZ;""",
    ],
}

DOWNGRADE: dict[str, list[str | Exception]] = {
    "sqlite": [
        r"""ALTER TABLE "channel" DROP COLUMN "rests_until";""",
    ],
    "postgres": [
        r"""ALTER TABLE "channel" DROP COLUMN "rests_until";""",
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
    "eJztXW1z27i1/isYfXF2RuuJ5djJzbZ3Rnbcxm0SZ2LnbqebDg1RkMk1SbAgaEfN3f9eAH"
    "wnQYqk9QLR+GSLxAHB54AAznNwDn6MXDxHTnA49e2/o+XoLfgx8qCL2D+lO2Mwgr6fXecX"
    "KJw5oij0beM+LjQLKIEmZZcX0AkQuzRHgUlsn9rY44WngBUFC0yAT/AdgW5wCG59ghb291"
    "uwsL15AGw6BrcBMgmihgUD6xa8eP9xev7z9fvp5OT0Jy74gHixXwC1EIhKAjsAHqYgoJig"
    "+SFvzBybrDW2d7fl54ae/e8QGRTfIVaOsKf/9i92mT0DfUdB8tO/NxY2cuYF1O05r0BcN+"
    "jSF9e+fr189xdRkr/TzDCxE7peVtpfUgt7afEwtOeHXIbfu0MeIpCieU4hXug4seqSS1GL"
    "2QVKQpQ2dZ5dmKMFDB2u1tGfFqFncm0CP5w5dmAxgA/teXDooUfDnv9v3MqchGF8uroxri"
    "9uDGNU6RC8NSVdxZdM7PHOZHuUY/bjj6jeDBtxdcQfcP5++uXF8elPAg0c0DsibgrkRn8I"
    "QUhhJCrwzwAXfyuQn1uQyCFPypdAZw3tA3dyIcM7+2oS+BKANgDpyIXfDQd5d9RiPycvXz"
    "Zg/H/TLwJmVkrgjNlnHn3+n+Jbk+gexzvDN/rCuiCcSawH49VdemsIH522APjotBZffqsI"
    "b2606oJxSWyAnflo8qYN1pM39WDze0W0OV58pjNkw3Q92iWxAaJ9+qoF2KevarHmt0od28"
    "S8jgrKf7u++lTTp1OJEsBz26Tg/wGbqugeAt0ALMeC1+wGwb+dPKAvPk7/Ucb6/MPVWXl+"
    "5BWclYBnAwMHx4C0Cv47dofaLpIroChZVkIsepj8MyxV3Fx+vLi+mX78XNDHu+nNBb8zEV"
    "eXpasvygN9Wgn49fLmPeA/wT+vPl2U1ZaWu/nniLcJhhQbHn404DyPSXI5uVRQM/ru26y6"
    "HmouSq5BzfF8rLW8fi07MKBGGPT6nMuyWtMqa5qgB3zfS89FSa1llbX8iMl94EMTSVeg9U"
    "RBWW6dlIG66l1BC3ASZnEvZQVSvKog/wUTZN95f0dLAfUlawz0TBknEDNov+br2k9ws6vZ"
    "503gY8pfVfoXQ4G9O6IChy+s23+5PL8ZCcRn0Lx/hGRuFKDnd/AEl66kZau33IlbvgI9eC"
    "cg4u/CW55QmJQi16cjGbsZ3xo30pu5QivpzSsPARM6DqAWpMCF9ygAMGLKTJixZuYYmNh1"
    "bVb1HMzQgnUqYNMALGwSUDBbUgQcBB9QUCUyN/IECWX52yhX50j0U3fGbv1Lc5mqcpmRgi"
    "qgX3q0hsxMBUq48y99/0Yr1l725+fJ0avXr94cn756w4qIhqZXXjcAf/nppmQKIx+bElqt"
    "Fs60vEZTgmZAkd+Jo4zLD5AuO560oMuOJ7V0Gb/1R2n5z14zkKz96/HNiQwR4lbOjOMGZ8"
    "Zx1ZlhUeobbL1HQwkzWTsslKR6DQ6K2VTrHhtwSNlipcYRd8Gmqcpau4BwTlzlrpxv5+6H"
    "DEQIliwW6gn2VOBJ/LpiPXnb9DrrwaQfvV6U1PS60kTNwvaYNdFLzyVRTciprOecidyRkq"
    "tKalKuNFZqtlOznXvMdtaME2sA+XOxtoHCXB0hlaKVmWniecgZSWjl5Na4iVY2c4Va7Jo1"
    "LRwgD/isMW/Bo4UIAlgwwSl3eQi+IBc/oDmIqw4A60jLsdj0Si1kE2DZfJvqUrY7dq31f/"
    "O+eV89ajvglo1CNDBC/uNWbJv1HUiZhAseIesQgGJgIUj4HlrOvorKbNpyH+2PUaas6rAf"
    "P4j/j7wHm2DPRZG1ndwyoGli1jYuwatG333W3oCBnuo/3RcTvbOB4y8z+SRF7d+Z+vgP8O"
    "v7iy8XgEQ4sRUcuLwGn75++BB1Uk2Tq0CT5/tFH7YhL6803ZBv6O75hnv2dn0hT2SVhjtp"
    "5O6hLo12fRAvD5gqA19q6+53ZcumF6keakxDubjKOlBpl7YO6diwFwR6c6cTwplEL4wV46"
    "+2EDUDH9jihRghcaow37DVphzmotQQoG6iCi/+cdPMzqdM4YerT39Nipcp+3K0El7YDuoK"
    "fElMI98Deci3GldBP8PYQdCrwT0VKkE+Y1KbGrzTK9tF/ezq6kMB9bPLMqxfP55dsNlSqI"
    "AVsiOepOpt1SEevbr9vvkmMhaiq5qLktoDpbaWU36tu5oLolrPKuu5yZSspwsbLcjn6Qgr"
    "rjruujoXcyJPgHN/PhTtr9X+WrXB3YS/Nh431wDwOfY8ZDJMp1mVA8W5ONm08YqzsXQNEF"
    "+zx5jCr/o5rnAvR9/VDvFs6imAy56fczLuwBNe7uIyl7jkM2jwjSeljdyH2C746moaUgsE"
    "rAP9bHsAUh4bFfPp8liqVQLS0KjCENzG0RwGiAgvs46e0m7hnQ77irmFta9SEV9lMkJJlb"
    "DCUZmTVRl97aVUEt+NeCnrwrTaDSm14VpK4Z1r5u4H8jsCPb5i8xFx7XgPXQX9+uiiGnGd"
    "y+sJwUYCSO+ur0pqxLVKnqASnXfrOZD1wshgpisKAqO/xutr0dpXWfsELVht/aL/yrJa0y"
    "pr2rSQ2S/rWlFS76RQWs1RijxjHqLe+fVywvqT3gNdsxeWpR+uTfJRFtteCqCXG1LqunN8"
    "6F1nz+L70ZsA9CYAFZ2nSqeojL2j7NUbklVWC41b+FB59HSnDJZTEGeaSXyih+CGn3ZDWZ"
    "/gh91EB90AfqgBmo9FSK/Jng4CBB12HXpzgD1nCcS+QmCLA3LQdx4+eyc/l2fTj+sYRhwv"
    "1FaFA1fQ5Ss8oYCGwOCIrwV/Bgcmdn3W+xgIBzo2WB0nMPsyZEmx6t0yqYDKfoKefpn1n+"
    "qhfezax/4MfezaF7nlDi9WD91PxSpIDe70sfUP52xhZhO2CjJCYncBuiyncr/uCfbkZdu4"
    "4MbA4Mq2BoJoSBhUuBveOaEhRKduB+vIxDC4uVFFuz4auCQ2BLy3HQ2sc9OuQH0jexO6ct"
    "6a7K4lu/fg6IB9gbKf10272/bDXeAgGKB+4cslUa1nlfWs0L431QyHIalZO3mfhZp1evvn"
    "oecdJ53YH812yJJAUOw7DDrCWhHUyOr8E3rryc7B3UT+iexbXwPGPVJQqDk+rES6MkTW5E"
    "lQJtXHnuLckOlj58koCJojj9pQfjJDdnfcuHmqWK5V5okHRPhWIYAX4uSEeIMSxffI+yW5"
    "GQBIEGDPRUzB8XYmy76zUECBgLTmwN811c3PZbjlaURu+TapT7yq+PCGqC5eP/+RZMOwaY"
    "CcxRgweFC8t4rf5mlWDgKAH71IrD5PBiuSRobHzdQpMJTd/ZTXVlvY8zJ64VRakSZdvoJn"
    "rSMgJ6FPEZadIhw5V8Ww08Mpm8oNYsvB1t2y6pC4ai6cBkH6aA73WahZJ5TVCWUVR1MTep"
    "rQU5H+0Alld04znU+vz6fvLnQ+2SfAW5dPNsV2NwzexQOS55CNboybeDuUFllJ2V1jF0VH"
    "jlILUmAJ4kyQagCCIJz9zvrAIbhlI6nNRW4BJnNmnAMTu65NecCieFggQhDtANzZ7CeYLQ"
    "VDRpADJcesbumZHSMeVx9+Kp5qhJ4XujNEkOgyTXGOyQvo40/VI/kS3VRhP7PvanmpvFQv"
    "Yqo8Ru42MCZipf5nMjk+fj15eXz65uTV69cnb16m9FT1VhNPdXb5V05VjfO2XJW7EoBVUK"
    "8P20jKD4Kr2nQsUjx6drQUilLaTiibs+x2V3M2E9HmbCkDTnyEeDdAi1Ia0yKm2DRDQnqx"
    "lSVRTVcqTVdqLkhzQSoa0UrnFbqcI9fHFHnmkmltJLGpSyXGTca1nZU17uPCK83sXy1xpI"
    "oJHQcRAIN7xBP2mOhttD8FBhbfdGIzm9b2/JAKy5bfEaaWCYXZJYxlkzU8Klq1qzf1kNVn"
    "v3Ac9IYWVW3duJe2Nbji4gO0tyYnJ20i5E9O6gPk+b3yTnb2pmy13zXPRllugHhvIHVSNl"
    "R1tcgqknoNtNe5SbfJlGkTQpsQ2oR4xibERzS34TQIkNQll7vbaDq4vJwB04ItspAubAcl"
    "+9Ede0YgWR4Cvhc+WqhjFwVgQbDLFvOADQLcdcVdYgtETYst/2dLZhBwZJlB8GjxumwKfI"
    "J8yErK0pBu/HmrvXLacFDFcNAZ+7acsQ8T+86W+CTrrYhMQmWQe9oPG0iJiEPCZpiQSPKs"
    "NGybL0jpVGbd98zzacXoethjQWiI3XsTJz66zMAyuvrYC0JD6N+lXLatgD5qAPqoCvRsSZ"
    "ER2P+RAN20haQgtpY9JLuGeie7SB7tOe2SWi4tPyDI1xZOZjFr1JKQPrVoZgIaTkl0ngUn"
    "J6ddxt9MYniD7/pJYOhQg7LFWpclXF5mCBhvPehRnou2HvC6XLQa7RZo7xcTr4wqNBWvqX"
    "hNxQ+eiufRFyMpDS/ujJsp+LRMC/bdRyTA3kEAfIehAWwvZrcFODL6fLXA6s00YcAu6900"
    "qpLiBDuduJWk/BAJrLXzs79j2+u17ikI6swaKq96+PjWccGTE9FrHZ0eQC8idw/uJtIDiJ"
    "XP09H9GlczUGBzg6FSC/PP7HMaSZbl4nrjotxPSrTbR8/Pw4VsdAK3YkONyOIIxelGfOfK"
    "7Y9vI7HFhmH0jcnwgWwMvqUMIL/G/wJMoje4HfN1uogxr9lTv+EHrt4S81vla+LR6tomUM"
    "Um6MpGP4mJVnTc2ho56tjefRewk/KaiO6OtRjvqmDXH0GXCjzpCLo96uIbOYMuYfFnnQJ3"
    "ilKDGFs2f3brg90xN21eZHvJaY82BfCafd/ac9Vr7N47Dsef91RzUVKrWWk1a25Jc0sqUi"
    "BKOyg/Z5GmIxkdkrs9bmRFSgVbHb/B+x1PpMcPtYhz5kTh/wQ/JgdX/I5n8vM12gqLAzSi"
    "s2UFF/JoIS+L+3HhEnic7zAdaLvApoLuQA+ILKNL/AUBD7tAh+BWnPl7C4gdIFaRTS2AoG"
    "nFsjxDwQKx7h5886IKHCZFwCOxaRymBOPn8ISBfGmGw8CIQjriprECIpgJ8ncj0Itz8jlo"
    "wRoW4KgKCAJEf35kjYjrNiF7R36QDpmLjAkWM1wwez5vIQ4pYIuVOc9guLBJUJsloRWLMw"
    "a/pemixI9iqqPoaiFTYXyqL6+9IVthPuCZSYiutaxPVhhhBi4/gRcHAY/lCh00PxiDA/ZS"
    "YfQfQZQs2Uvz/32CTf5g9uuniMTNNTB/Jm2HVgqxlVkV8w2NIsuSJqVEkqRJOVA7tCiRmo"
    "XBcuPt4l9kel5zv3ZuWc/SxndoduixkZ59QW5rrf8ZHOSEDtakZitew7RrAC+9riezkdbI"
    "+kf7NuT61Aqt+GzEXGDiGrkxpnXrHr3ASMj5poaVHyIynl7d6KynivHUiZ7krNLqkM68vM"
    "r8UqGhu9/VgrwHm2DPRbLU5+2QL1WhNPiltnaO1jptE6xVNotzsVqnlahPHce83Q5fWon3"
    "Hm6q1SjsxEmbC1RSBTNUAhm/3U4DmbTSfT9r5u4B175g7QseJNbaF7wTXzCz5uYOksyh9c"
    "DnRDT0T4A+5Ud6+LnKsnpPusqOrox466LjTEprV2XtCh9DVbm1WzzS8tvb3/FyQ2pc9/6O"
    "PLXf8WspiepPRuVPxuFErtCYZOVR++GUpPTnU/58FtB2QtIJ07yIBrQMKKQUuT41as6VrE"
    "W1IqehLUNbk/Kj3uyoS/nRzejYn0F9IzZHxV9XUUD9BmCZ7BCYjlIW/1bZ3CYN2dwm1Wxu"
    "PiIu7MomFYSGAPS2KaXYp9rLwC7L6vWkyutJvS/8WahZ7wt/Fmre8RmOe6TafThmdJhw6t"
    "gFHbuwx7EL5ZFhDegmiRgGCmxuMGyBaTwZrQHW86ymgSJbnLhVDbb5DIk8/0ipyLhl0I3h"
    "J6XbRd7YyIyPyRGHasZcDLAwe48ojEbE19g0QM5iHEeyUItHkgD+qCA9kFMElfDDdvgWyp"
    "pQnU0+TZqjsBSOdM/67CjpujpdobJbvhM9teUQk/KD2I626b1+UeevoFvrdUjLb8/bsEl0"
    "1+xwSOnrnqy3Jrw14a0Jb014K0GR6ZOKt0dBlJamTzWTi7XtJ8CrreVKL1PKrvuCFkz91j"
    "TapjGSmHWlEuMmq45EZQ2YK9wi/TvF98gDsXBkbD1CEd5DWH94C9hvlxtZIl8CdBzAliFR"
    "+oIHRHh0LU9RAKNqZNni116/PlxVrTFr3GCYCa0ZFgwkO1PrF7tFqQEaaevP8YZDys8t7o"
    "JyTmQIq9yNn6oaDVh9oiQKktrrq/SSdmF7fW2Xkqg2XVTWs0nQHHnUhp0d/GVBbbhop7R2"
    "Su8e3E04pbOPfR0+1EJlAwW5MjwWUD6fXp9P313syuC+Zg0xhcH8GQpev2Jwl0qMmwzuIC"
    "1r+EnhFgY3r5gfkwBNEZeR5uZjfelnfmTCYsHsXpkl3V5Q6tuMxfJ+zdSrEN8zkhMXtDGt"
    "oDFd7+VcneNkHzyeaSN3b+zJPgwp8iu8dUVxlcHvaWcfTd60SWQ1eVOfyYrfK6Iv/naAOy"
    "k/QHyPW7lFjxvcosdVt2iUOqMLwpnE8KiijXie4QMbxYkREsnCseEA94LUEKDeuu+Z4IXN"
    "FmQdgS+JaeR7e/0FGBXkzzB2EPQaff6JZAn8GRPdw2G8Af6zq6sPBfjPLsv4fv14dsGmTa"
    "ELVsiOrCfJbiKC2etLUp02dvVERHfzfsnYEHsS7jJ9FoSGgPoWFoHMOLLlmx1qdx7mRfTm"
    "Q8lwESDk9XFgZWLae6W0V6PJXK3nZhqt1OdJu2t/hvZnqE619/Bn5DjgpzozsOchk2E6za"
    "ocKM7F4VElf8ZNetTPSOLLyN0dN/kxaLFcCxcGj5W7Q9HGvNwey4MkK/ghmPo+YlqdR6cd"
    "8QisSGYMxBlHADoUETSXuTnWW3mbE4uq20T1ydMqOT5maMGGp76uj0xaYctrtCDYVSqnPl"
    "ywj6gv5qmwypT8iGKlENenGGy7i5tUlvyvnsdJBVSGWJk9yXuQkXiPuJvutI1mbPaAsdEh"
    "dNsjGHQI3eBC6L4Gwqar2L7i+rjJ6g2TEi3sXR8Rtmg5BNesg/ADcW2PpxJBQZRx5BfgIn"
    "fGigAfMyABMzORzLDtWYuOd1NrgBk3WKp659Jmt9UgF8rOZKgHOBVYD8KrO/T2doZNWu0M"
    "mzTsDJtU8NUZbAe76Kysi3YzYWeOGcmsXfDa1E/dBUfR6vn7xkKAIg969C3Aj6zTcW7ZTP"
    "wXyXb6YCySiUUpw8SpbtU5/Ek16Xlcz+N7MdJtYR7nc4DxH+x1ArkgtD2kR19vzjfVezdN"
    "wen5XM/nm53Pp4jYpiWbzOM7jTM5zMqsmsbrFbvmibU+saFsXpWQ0/HkqK4dsRZmun7yjP"
    "P2dBnacyJDnEJPTtpMoScn9VMov1fyB7CPqgPCcfEBonvUaoFy1LBAOaouUNgT2UJfMmvW"
    "nwyWE9EHEnc8HGynk9kf/wU9uV+g"
)
