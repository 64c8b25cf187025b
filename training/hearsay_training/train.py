"""Step 2: trains encoder and heads; resumes from WORK/last.pt.

    python -m hearsay_training.train WORK [--epochs 5] [--cool 2] [--own data]

Two processes of one thread each share the work: every step both take a batch, and their gradients are
averaged in shared memory, so that they stay one model. The rate stands at its peak until the last `--cool`
epochs and falls to nothing in them; int8 is simulated and the weights are averaged near the end. The schedule may be changed
while a run goes on, before its cooling begins: WORK/plan.json, {"epochs": 3.5, "cool": 1.5, "int8": 0.4, "average": 0.3}.
"""

import argparse
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.multiprocessing as mp

from . import corpora, data, evaluate, losses, mentions, tellings, told
from .model import Engine, load_base, tapped, widened
from .unigram import UNK, Unigram


WARM = 0.25
WIDE = ("upos", "deps", "mentions", "cues", "parts", "triggers", "roles", "inner", "stance", "acts", "status")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--epochs", type=float, default=5.0)
    parser.add_argument("--cool", type=float, default=2.0, help="last epochs, in which the rate falls")
    parser.add_argument("--int8", type=float, default=0.5, help="last epochs, in which int8 is simulated")
    parser.add_argument("--average", type=float, default=0.4, help="last part, over which weights are averaged")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--budget", type=int, default=700, help="pieces a process and step, padding included")
    parser.add_argument("--own", type=Path, default=Path("data"), help="the project's labelled sentences")
    parser.add_argument("--own-times", type=int, default=2)
    parser.add_argument("--ewt-times", type=int, default=1, help="how often an epoch sees EWT")
    parser.add_argument("--silent", type=float, default=0.2, help="share of PolNeAR's sentences without attribution seen an epoch")
    parser.add_argument("--start", type=Path, help="a checkpoint whose weights are taken over; heads that it lacks start fresh")
    parser.add_argument("--taps", type=int, nargs="*", default=[], help="layers that the accurate tier's heads read beside the last")
    parser.add_argument("--fast-taps", type=int, nargs="*", default=[])
    parser.add_argument("--wide", nargs="*", default=list(WIDE), help="the heads that read them")
    parser.add_argument("--told", type=float, default=1.0, help="share of PolNeAR's sentences with attribution seen an epoch")
    parser.add_argument("--warm", type=float, default=WARM)
    parser.add_argument("--tweets", type=float, default=0.1, help="share of the tweets seen an epoch")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    return parser.parse_args()


def groups(engine, given):
    """Parameters with their rates: lower layers learn slower, heads fastest."""
    layers = len(engine.encoder.layers)
    made = [{"params": list(engine.heads.parameters()), "lr": given.head_rate}]
    for number, layer in enumerate(engine.encoder.layers):
        made.append({"params": list(layer.parameters()), "lr": given.rate * 0.9 ** (layers - 1 - number)})
    below = [engine.encoder.position, *engine.encoder.ln.parameters()]
    made.append({"params": below, "lr": given.rate * 0.5})
    for group in made:
        group["peak"] = group["lr"]
    return made


def factor(done, epochs, cool, warm=WARM):
    """The share of the peak rate after `done` epochs: a short rise, a level, a straight way down."""
    if done < warm:
        return done / warm
    return max(0.02, min(1.0, (epochs - done) / cool))


PLAN = ("epochs", "cool", "int8", "average")


class Team:
    """The processes of a run: they meet every step and average their gradients."""

    def __init__(self, given, numbers):
        self.size = size = given.processes
        self.plan = torch.tensor([getattr(given, name) for name in PLAN], dtype=torch.float64).share_memory_()
        self.plan_file = given.work / "plan.json"
        self.barrier = mp.get_context("spawn").Barrier(size)
        self.flat = torch.zeros(size, numbers).share_memory_()

    def average(self, rank, parameters):
        """Replaces every gradient by its mean over the processes."""
        mine = self.flat[rank]
        at = 0
        for parameter in parameters:
            if parameter.grad is None:
                mine[at : at + parameter.numel()].zero_()
            else:
                mine[at : at + parameter.numel()].copy_(parameter.grad.flatten())
            at += parameter.numel()
        self.barrier.wait()
        mean = self.flat.mean(0)
        if rank == 0 and self.plan_file.exists():
            # Between the barriers, so that all processes see a changed plan from the same step on.
            found = json.loads(self.plan_file.read_text())
            self.plan.copy_(torch.tensor([found[name] for name in PLAN], dtype=torch.float64))
        self.barrier.wait()
        at = 0
        for parameter in parameters:
            parameter.grad = mean[at : at + parameter.numel()].view_as(parameter)
            at += parameter.numel()


class Sources:
    """Everything an epoch draws from."""

    def __init__(self, given):
        self.parsed = data.parsed_train()
        self.uner = mentions.uner()[0]
        self.tweets = mentions.tweets()
        self.re3d = mentions.re3d()
        self.polnear = list(tellings.polnear("train"))
        self.plover = list(tellings.plover())
        self.given = given

    def epoch(self, number, encoder):
        """The epoch's batches; the same for the same seed and epoch."""
        rng = data.seeded(self.given.seed * 1000 + number)
        sentences = list(self.parsed) + self.uner * 2 + self.re3d
        sentences += [s for s in self.parsed if s.source == "ewt"] * (self.given.ewt_times - 1)
        if self.given.own.exists():
            sentences += own(self.given.own) * self.given.own_times
        sentences += self.plover
        sentences += data.shuffled([s for s in self.polnear if s.parts], rng, self.given.told)
        sentences += data.shuffled([s for s in self.polnear if not s.parts], rng, self.given.silent)
        sentences += data.shuffled(self.tweets, rng, self.given.tweets)
        examples = [encoder.example(data.noisy(s, rng)) for s in sentences]
        examples = [e for e in examples if len(e["ids"]) <= 256]
        return data.batches(examples, self.given.budget, rng)


def own(folder):
    """The project's labelled sentences with all that is known of them."""
    made = list(tellings.own(folder, "train"))
    for sentence, named in zip(made, mentions.labelled(folder, "train"), strict=True):
        sentence.mentions = named.mentions[: len(sentence.words)]
    return made


def drop_pieces(batch, share, generator):
    """Replaces a share of the pieces by the unknown one."""
    drawn = torch.rand(batch["ids"].shape, generator=generator) < share
    special = (batch["ids"] == 0) | (batch["ids"] == 2) | ~batch["present"]
    batch["ids"] = batch["ids"].masked_fill(drawn & ~special, UNK)


def fresh(given, base, labels):
    """An engine of the form that was asked for, not yet trained."""
    config = dict(base["config"], tasks=data.tasks(labels))
    if given.taps:
        config = tapped(config, {"accurate": given.taps, "fast": given.fast_taps}, given.wide)
    return Engine(config)


class Run:
    """The state of a training run, kept in WORK/last.pt."""

    def __init__(self, given, team, rank):
        self.given, self.team, self.rank = given, team, rank
        torch.manual_seed(given.seed)
        torch.set_num_threads(1)
        base = json.loads((given.work / "base.json").read_text())
        self.sources = Sources(given)
        labels = data.inventories(self.sources.parsed)
        self.labels = labels
        self.encoder = data.Encoder(Unigram(base["pieces"], base["scores"]), labels)
        self.engine = fresh(given, base, labels)
        with np.load(given.work / "base.npz") as arrays:
            load_base(self.engine.encoder, dict(arrays))
        if given.start:
            started = torch.load(given.start, map_location="cpu", weights_only=True)["model"]
            self.engine.load_state_dict(widened(started, self.engine), strict=False)
        self.optimiser = torch.optim.AdamW(groups(self.engine, given), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.learning = [p for g in self.optimiser.param_groups for p in g["params"]]
        self.epoch, self.place, self.step, self.average, self.averaged = 0, 0, 0, None, 0
        if (given.work / "last.pt").exists():
            self._resume()
        torch.manual_seed(given.seed + 1000 * self.epoch + rank)

    def _resume(self):
        saved = torch.load(self.given.work / "last.pt", map_location="cpu", weights_only=True)
        self.engine.load_state_dict(saved["model"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.epoch, self.place, self.step = saved["epoch"], saved.get("place", 0), saved["step"]
        self.average, self.averaged = saved["average"], saved["averaged"]
        print(f"resumed at epoch {self.epoch}, step {self.step}", flush=True)

    def save(self):
        """Writes the checkpoint, whole or not at all."""
        state = {
            "config": self.engine.config,
            "model": self.engine.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "epoch": self.epoch,
            "place": self.place,
            "step": self.step,
            "average": self.average,
            "averaged": self.averaged,
        }
        _write(state, self.given.work / "last.pt")

    def accumulate(self):
        """Adds the weights to the running average."""
        self.averaged += 1
        if self.average is None:
            self.average = {k: v.detach().clone() for k, v in self.engine.state_dict().items()}
            return
        for name, value in self.engine.state_dict().items():
            self.average[name] += (value.detach() - self.average[name]) / self.averaged

    def train_epoch(self):
        """The rest of an epoch; says whether another is to follow."""
        given, size = self.given, self.team.size
        made = self.sources.epoch(self.epoch, self.encoder)
        made = made[: len(made) // size * size]
        log, started, words = {}, time.time(), 0
        self.engine.train()
        generator = torch.Generator().manual_seed(given.seed + 100 * self.epoch + self.rank)
        for number in range(self.place, len(made), size):
            done = self.epoch + number / len(made)
            epochs, cool, int8, average = self.team.plan.tolist()
            if done >= epochs or (given.steps and self.step >= given.steps):
                return False
            self._rates(factor(done, epochs, cool, given.warm))
            self.engine.quant.on = done >= epochs - int8
            batch = data.collate(made[number + self.rank])
            words += int(batch["count"].sum())
            drop_pieces(batch, 0.06, generator)
            self._one(batch, log)
            self.place = number + size
            if done < epochs - average:
                self.average, self.averaged = None, 0
            elif self.step % 5 == 0 and self.rank == 0:
                self.accumulate()
            if self.step % 50 == 0 and self.rank == 0:
                self._say(done, words * size / (time.time() - started), log)
            if self.step % 100 == 0 and self.rank == 0:
                self.save()
        self.epoch, self.place = self.epoch + 1, 0
        return self.epoch < self.team.plan[0]

    def _say(self, done, pace, log):
        figures = {k: round(v / 50, 3) for k, v in sorted(log.items())}
        print(f"{time.strftime('%H:%M:%S')} epoch {done:.2f} step {self.step} {pace:.0f} words/s {figures}", flush=True)
        log.clear()

    def _rates(self, share):
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * share

    def _one(self, batch, log):
        self.optimiser.zero_grad(set_to_none=True)
        loss, figures = losses.total(self.engine, batch)
        if not math.isfinite(float(loss.detach())):
            raise FloatingPointError(f"loss at step {self.step}")
        loss.backward()
        self.team.average(self.rank, self.learning)
        torch.nn.utils.clip_grad_norm_(self.learning, 2.0)
        self.optimiser.step()
        self.step += 1
        for name, value in figures.items():
            log[name] = log.get(name, 0.0) + value

    def score(self, every=1):
        """Scores on dev (one sentence in `every`) with int8 simulated, appended to scores.jsonl."""
        self.engine.quant.on = True
        parse = corpora.ewt("dev")[::every]
        found = evaluate.report(self.engine, self.encoder, self.labels, parse, own=self._own_dev())
        found["tellings"] = told.report(self.engine, self.encoder, list(tellings.polnear("dev"))[:: 2 * every])
        if self.given.own.exists():
            found["told_own"] = told.own_report(self.engine, self.encoder, list(tellings.own(self.given.own, "test")))
        with open(self.given.work / "scores.jsonl", "a") as out:
            out.write(json.dumps({"epoch": self.epoch, "step": self.step} | found) + "\n")
        print(f"after epoch {self.epoch}: {found}", flush=True)

    def _own_dev(self):
        return mentions.labelled(self.given.own, "test") if self.given.own.exists() else []

    def finish(self):
        """Writes the averaged weights."""
        state = self.average or self.engine.state_dict()
        _write({"config": self.engine.config, "model": state}, self.given.work / "final.pt")
        self.engine.load_state_dict(state)
        self.score()


def _write(state, path):
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, path)


def work(rank, given, team):
    """One process's run."""
    run = Run(given, team, rank)
    more = True
    while more:
        more = run.train_epoch()
        if rank == 0:
            run.save()
            run.score(every=4)
    if rank == 0:
        run.finish()


def main():
    given = arguments()
    team = Team(given, trainable(given))
    mp.spawn(work, args=(given, team), nprocs=given.processes)


def trainable(given):
    """How many numbers are trained (the labels decide the heads' sizes)."""
    base = json.loads((given.work / "base.json").read_text())
    labels = data.inventories(corpora.ewt("train") + corpora.gum("train"))
    return sum(p.numel() for p in fresh(given, base, labels).parameters() if p.requires_grad)


if __name__ == "__main__":
    main()
