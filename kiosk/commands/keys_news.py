"""`kiosk keys news`: the area's news secrets: handed to a neighbour, taken from one, or drawn anew after a loss."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace

from kiosk.errors import ExitCode, UsageProblem


def run(parsed: argparse.Namespace) -> int:
    """Share, take or renew, and say what has to be done then."""
    from kiosk.commands.passphrase import unlocked
    from kiosk.desk.keys import public_file, shared_news, spoken_check
    from kiosk.desk.region import Region
    from kiosk.news.keys import SECRET_LENGTH
    from kiosk.paths import check_modes, place
    from kiosk.vault.locks import one_at_a_time

    if (parsed.file is None) != bool(parsed.new) or bool(parsed.take) != bool(parsed.check):
        raise UsageProblem("A file goes with --to and --take, none with --new, and --check with --take.")
    here = place()
    check_modes(here)
    to = public_file.read(parsed.to) if parsed.to else None
    seeds = unlocked(here, parsed.passphrase_file)
    with one_at_a_time(here):
        region = Region.read(here.desk_toml, seeds)
        region.must_deal()
        if parsed.new:
            replace(region, news_secret=os.urandom(SECRET_LENGTH)).write(here.desk_toml, seeds.current)
            print(
                "The news secret is a new one: whoever has the old one finds nothing in later editions. Hand it to your"
            )
            print("neighbours (`kiosk keys news --to PUBLIC FILE`), and write every station a new file.")
        elif to is not None:
            region.write(here.desk_toml, seeds.current)  # a desk from before there were news has only now got a secret
            check = shared_news.share(parsed.file, region, to, seeds)
            print(f"{parsed.file} holds this region's news secret, sealed for {spoken_check.of_key(to)}")
            print(f"Read this check out to that provider by voice, never send it along: {check}")
            print("There: `kiosk keys news --take FILE --check CHECK`.")
            return ExitCode.DONE
        else:
            later, code = shared_news.take(parsed.file, region, seeds, parsed.check)
            later.write(here.desk_toml, seeds.current)
            print(f"The news of {code} can be told here. Destroy the file, and write every station a new one.")
    print("For each station: `kiosk region --again --station LABEL FILE`, and there `kiosk region --take FILE`.")
    return ExitCode.DONE
