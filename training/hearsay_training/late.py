"""Trains the heads that learn from our own labels alone, on vectors of an encoder that stays as it is.

    python -m hearsay_training.late WORK CHECKPOINT OUT [--own data] [--taps 4] [--without PREFIX ...]

They read the tapped layers beside the last one: what the last layer makes of a word serves the tree first of all. The vectors are
computed once, with int8 simulated, so a training takes minutes. Everything else in the checkpoint stays bit for bit. The roles
learn from PLOVER's sentences too, at the word that the head for triggers holds for the act. `--without` keeps files whose
name starts so out of the training, to weigh the heads' word on sentences that they have not seen.
"""

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F

from . import data, evaluate, tellings, told
from .data import IGNORE
from .model import Engine, tapped, widened

TASKS = ("inner", "acts", "stance", "status")
# Passes over the words that a task knows: every word, or cues and triggers alone.
EPOCHS = {"inner": 8, "acts": 8, "stance": 30, "status": 30}


ROLE_EPOCHS = 8


def late(name):
    """Whether a tensor belongs to a head that is trained here."""
    return any(f".taggers.{task}." in name for task in TASKS) or ".pairs.roles." in name


def refreshed(engine, taps):
    """The same engine whose late heads are fresh and read `taps` (by tier) too."""
    made = Engine(tapped(engine.config, taps, (*TASKS, "roles")))
    kept = {k: v for k, v in widened(engine.state_dict(), made).items() if not late(k)}
    missing, unknown = made.load_state_dict(kept, strict=False)
    if unknown or not all(late(k) for k in missing):
        raise ValueError("the checkpoint is of another form")
    return made


def vectors(engine, encoder, sentences):
    """The words' vectors of every tier, with the labels that each task knows."""
    examples = [encoder.example(s) for s in sentences]
    found = {tier: [] for tier in engine.tiers}
    labels = {task: [] for task in TASKS}
    for _, batch in data.by_length(examples, 3000):
        present = torch.arange(batch["first"].shape[1])[None, :] < batch["count"][:, None]
        with torch.no_grad():
            for tier, words in engine.words(batch).items():
                found[tier].append(words[present].half())
        for task in TASKS:
            labels[task].append(batch[task][present])
    return {t: torch.cat(v) for t, v in found.items()}, {t: torch.cat(v) for t, v in labels.items()}


def fit(tagger, words, labels, epochs, seed, batch=256, rate=2e-3):
    """Trains one head."""
    torch.manual_seed(seed)
    known = labels != IGNORE
    words, labels = words[known], labels[known]
    optimiser = torch.optim.AdamW(tagger.parameters(), lr=rate, weight_decay=0.05)
    steps = epochs * -(-len(words) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    tagger.train()
    for _ in range(epochs):
        order = torch.randperm(len(words))
        for chosen in order.split(batch):
            loss = F.cross_entropy(tagger(words[chosen].float()), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 2.0)
            optimiser.step()
            schedule.step()
    tagger.eval()


def role_examples(engine, encoder, sentences, tier):
    """For every act of the sentences: the vectors of all words, the act's place, the role of every word."""
    examples = [encoder.example(s) for s in sentences]
    found = []
    for _, batch in data.by_length(examples, 3000):
        rows, at, labels = batch["roles"]
        if not len(rows):
            continue
        with torch.no_grad():
            words = engine.words(batch)[tier]
            logs = engine.heads[tier].taggers["triggers"](words).log_softmax(-1)
        for row, place, known in zip(rows.tolist(), at.tolist(), labels):
            count = int(batch["count"][row])
            if place < 0:
                place = int(logs[row, :count, int(batch["type"][row])].argmax())
            found.append((words[row, :count].half(), place, known[:count]))
    return found


def role_batches(examples, size=48):
    """Examples of like length together: vectors, places and labels."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i][2]))
    for start in range(0, len(order), size):
        some = [examples[i] for i in order[start : start + size]]
        words = torch.nn.utils.rnn.pad_sequence([w.float() for w, _, _ in some], batch_first=True)
        labels = torch.nn.utils.rnn.pad_sequence([known for _, _, known in some], batch_first=True, padding_value=IGNORE)
        yield words, torch.tensor([at for _, at, _ in some]), labels


def fit_roles(pairs, examples, seed, rate=2e-3):
    """Trains the head for roles."""
    torch.manual_seed(seed)
    made = list(role_batches(examples))
    optimiser = torch.optim.AdamW(pairs.parameters(), lr=rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=ROLE_EPOCHS * len(made))
    pairs.train()
    for _ in range(ROLE_EPOCHS):
        for chosen in torch.randperm(len(made)).tolist():
            words, at, labels = made[chosen]
            scores = pairs(words, words[torch.arange(len(words)), at])
            loss = F.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(pairs.parameters(), 2.0)
            optimiser.step()
            schedule.step()
    pairs.eval()


def role_scores(pairs, examples):
    """F1 of the words of each role, at true acts."""
    hits = {role: [0, 0, 0] for role in tellings.ROLES[1:]}
    for words, at, labels in role_batches(examples):
        with torch.no_grad():
            best = pairs(words, words[torch.arange(len(words)), at]).argmax(-1)
        for number, role in enumerate(tellings.ROLES[1:], 1):
            known = labels != IGNORE
            gold, made = (labels == number) & known, (best == number) & known
            for place, value in enumerate((gold & made, gold, made)):
                hits[role][place] += int(value.sum())
    return {role: round(200 * both / max(1, gold + made), 2) for role, (both, gold, made) in hits.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--own", type=Path, default=Path("data"), help="the project's labelled sentences")
    parser.add_argument("--taps", type=int, nargs="+", default=[4], help="layers that the accurate tier's late heads read too")
    parser.add_argument("--fast-taps", type=int, nargs="+", default=[2])
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--tiers", nargs="*", default=["accurate", "fast"], help="the tiers whose heads are trained")
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    torch.set_num_threads(1)
    engine, encoder, _ = evaluate.load(given.work, given.checkpoint)
    engine = refreshed(engine, {"accurate": given.taps, "fast": given.fast_taps})
    engine.quant.on = True
    engine.eval()
    sentences = list(tellings.own(given.own, "train"))
    apart = [s for s in sentences if s.document.startswith(tuple(given.without))] if given.without else []
    sentences = [s for s in sentences if not given.without or not s.document.startswith(tuple(given.without))]
    words, labels = vectors(engine, encoder, sentences)
    for tier in given.tiers:
        for task in TASKS:
            fit(engine.heads[tier].taggers[task], words[tier], labels[task], EPOCHS[task], given.seed)
        learnt = sentences + list(tellings.plover())
        fit_roles(engine.heads[tier].pairs["roles"], role_examples(engine, encoder, learnt, tier), given.seed)
    torch.save({"config": engine.config, "model": engine.state_dict()}, given.out)
    found = {"sentences": len(sentences)}
    for name, held in {"test": list(tellings.own(given.own, "test")), "apart": apart}.items():
        if held:
            found[name] = told.own_report(engine, encoder, held)
            for tier in given.tiers:
                found[name][tier]["roles"] = role_scores(engine.heads[tier].pairs["roles"], role_examples(engine, encoder, held, tier))
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
