"""The weighted mean of two checkpoints, the second of which went on from the first: often better than either
(Wortsman et al. 2022, "Model soups", arXiv 2203.05482).

    python -m hearsay_training.mean FIRST SECOND OUT [--share 0.6]

Heads that only the second has are taken from it.
"""

import argparse

import torch

from .model import Engine, widened


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("out")
    parser.add_argument("--share", type=float, default=0.6, help="the second one's share")
    given = parser.parse_args()
    first, second = (torch.load(path, map_location="cpu", weights_only=True) for path in (given.first, given.second))
    # The second's heads may read more layers than the first's did.
    wide = widened(first["model"], Engine(second["config"]))
    torch.save({"config": second["config"], "model": mean(wide, second["model"], given.share)}, given.out)


def mean(first, second, share):
    """The mean of what both have; the rest as in the second."""
    both = {name for name, value in second.items() if name in first and value.is_floating_point()}
    return {name: (1 - share) * first[name] + share * value if name in both else value for name, value in second.items()}


if __name__ == "__main__":
    main()
