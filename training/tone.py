"""Train the tone model: `python -m training.tone`; seeded and resumable, checkpoints in training/work/.

Four layers of all-MiniLM-L6-v2 and a head a task on the frozen trunk below them, taught jointly on NewsMTSC (tone
towards a target) and on the directed sentiment of Park, Pan & Joo (2021).
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm
from training.data import GOLD
from training.model import Encoder, Sizes, load_encoder
from training.train import WORK, weights_folder

from helpers.language.sentence import DIRECTIONS, ROLES, TONES, Mark, roles_of
from helpers.rows import read_rows

LOWER = 2  # layers of the trunk, frozen
LONGEST = 128  # pieces; a longer sentence is cut around its marks
PIECES = 1200  # in a batch, padding included
TURNED = (0, 2, 1, 4, 3)  # the place of each label of directed sentiment when p and q change places
TASKS = ("portrayal", "directed")
CHECKPOINT = WORK / "tone.pt"


@dataclass(frozen=True)
class Item:
    """One sentence with marked words: pieces, the role of each, the label, the task (a place in `TASKS`)."""

    ids: tuple[int, ...]
    roles: tuple[int, ...]
    label: int
    task: int

    def turned(self) -> "Item":
        """The same pair with p and q in each other's place."""
        swap = {ROLES.index("p") + 1: ROLES.index("q") + 1, ROLES.index("q") + 1: ROLES.index("p") + 1}
        return Item(self.ids, tuple(swap.get(r, r) for r in self.roles), TURNED[self.label], self.task)


class Tone(nn.Module):
    """The trunk, the layers taught here and a head a task."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(sizes)
        self.top = ToneTop(sizes)
        self.dropout = nn.Dropout(0.1)

    def start(self, folder: Path) -> None:
        """Weights of the pinned encoder: the lower layers stay as they are, the upper ones are taught on."""
        load_encoder(self.encoder, load_file(str(folder / "model.safetensors")))
        self.top.layers = nn.ModuleList(self.encoder.layers[LOWER:])
        self.encoder.layers = nn.ModuleList(self.encoder.layers[:LOWER])
        self.encoder.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor, roles: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (N, 3) of tone to the target and (N, 5) of tone between p and q."""
        self.encoder.eval()
        with torch.no_grad():
            states = self.encoder(ids, mask)
        found: tuple[Tensor, Tensor] = self.top(self.dropout(states), mask, roles)
        return found


class ToneTop(nn.Module):
    """What is shipped: states of the trunk (N, P, H), mask and roles (N, P) -> scores (N, 3) and (N, 5)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.role = nn.Embedding(1 + len(ROLES), sizes.hidden)
        self.layers = nn.ModuleList()
        self.dropout = nn.Dropout(0.1)
        self.portrayal_hidden = nn.Linear(2 * sizes.hidden, sizes.hidden)
        self.portrayal = nn.Linear(sizes.hidden, len(TONES))
        self.directed_hidden = nn.Linear(3 * sizes.hidden, sizes.hidden)
        self.directed = nn.Linear(sizes.hidden, len(DIRECTIONS))
        nn.init.normal_(self.role.weight, std=0.02)
        nn.init.zeros_(self.role.weight[0])

    def forward(self, states: Tensor, mask: Tensor, roles: Tensor) -> tuple[Tensor, Tensor]:
        """The role of a piece is added to its state, then layers, then a head a task over means of pieces."""
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        x = states + self.role(roles)
        for layer in self.layers:
            x = layer(x, bias)

        def mean(chosen: Tensor) -> Tensor:
            weight = chosen.unsqueeze(-1).to(x.dtype)
            return (x * weight).sum(1) / weight.sum(1).clamp_min(1.0)

        whole = x[:, 0] + mean(mask)
        target, p, q = (mean(roles == i + 1) for i in range(len(ROLES)))
        # An axis of one keeps the export to matrix products of three axes, which int8 knows.
        one = self.dropout(functional.gelu(self.portrayal_hidden(torch.cat([target, whole], -1)[:, None])))
        two = self.dropout(functional.gelu(self.directed_hidden(torch.cat([p, q, whole], -1)[:, None])))
        return self.portrayal(one)[:, 0], self.directed(two)[:, 0]


def items(gold: Path, part: str, folder: Path) -> list[Item]:
    """The sentences of both sets; `part` is train or dev."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = []
    for row in read_rows(gold / "portrayal" / f"newsmtsc_{part}.jsonl.gz"):
        for target in row["targets"]:
            marks = [Mark(target["start"], target["end"], ROLES.index("target"))]
            found.append(item(tokenizer, row["sentence"], marks, TONES.index(target["label"]), 0))
    for row in read_rows(gold / "blame" / f"directed_sentiment_{part}.jsonl.gz"):
        marks = [Mark(row[k]["start"], row[k]["end"], ROLES.index(k)) for k in ("p", "q")]
        found.append(item(tokenizer, row["sentence"], marks, DIRECTIONS.index(row["label"]), 1))
    return found


def item(tokenizer: Tokenizer, text: str, marks: Sequence[Mark], label: int, task: int) -> Item:
    """One sentence, cut around its marks when it is longer than `LONGEST` pieces."""
    row = tokenizer.encode(text)
    roles = roles_of(marks, np.array(row.offsets)).tolist()
    ids = list(row.ids)
    if len(ids) > LONGEST:
        marked = [i for i, role in enumerate(roles) if role] or [0]
        low = min(max(0, (marked[0] + marked[-1]) // 2 - LONGEST // 2), len(ids) - LONGEST)
        ids = [ids[0], *ids[low + 1 : low + LONGEST - 1], ids[-1]]
        roles = [0, *roles[low + 1 : low + LONGEST - 1], 0]
    return Item(tuple(ids), tuple(roles), label, task)


def batches(given: Sequence[Item], draw: random.Random) -> Iterator[list[Item]]:
    """One epoch in batches of one task and of like length, in an order drawn anew; half of the pairs turned."""
    order = [one.turned() if one.task and draw.random() < 0.5 else one for one in given]
    draw.shuffle(order)
    found: list[list[Item]] = []
    for at in range(0, len(order), 2000):
        batch: list[Item] = []
        for one in sorted(order[at : at + 2000], key=lambda one: (one.task, len(one.ids))):
            if batch and (one.task != batch[0].task or (len(batch) + 1) * len(one.ids) > PIECES):
                found.append(batch)
                batch = []
            batch.append(one)
        found.append(batch)
    draw.shuffle(found)
    yield from found


def tensors(batch: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pieces, mask and roles (N, P), padded, and labels (N,)."""
    ids, mask, roles = torch.zeros((3, len(batch), max(len(one.ids) for one in batch)), dtype=torch.long)
    for row, one in enumerate(batch):
        size = len(one.ids)
        ids[row, :size], mask[row, :size] = torch.tensor(one.ids), 1
        roles[row, :size] = torch.tensor(one.roles)
    return ids, mask, roles, torch.tensor([one.label for one in batch])


def train(args: argparse.Namespace) -> None:
    """Run or resume the training."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    WORK.mkdir(exist_ok=True)
    model = Tone(Sizes())
    model.start(weights_folder())
    layers = list(model.top.layers.parameters())
    heads = [p for n, p in model.top.named_parameters() if not n.startswith("layers.")]
    tops = (args.rate, 5 * args.rate)
    optimizer = torch.optim.AdamW(
        [{"params": group, "lr": top} for group, top in zip((layers, heads), tops, strict=True)],
        weight_decay=0.01, betas=(0.9, 0.98),
    )  # fmt: skip
    given = items(args.gold, "train", weights_folder())
    plan = [
        batch
        for epoch in range(args.epochs)
        for batch in batches(given, random.Random(args.seed * 100 + epoch))
    ]
    step = 0
    if CHECKPOINT.is_file() and not args.fresh:
        state = torch.load(CHECKPOINT)
        model.top.load_state_dict(state["top"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
    model.train()
    for number in tqdm(range(step, len(plan)), initial=step, total=len(plan), disable=None):
        share = min(1.0, (number + 1) / (0.08 * len(plan))) * (1 - number / len(plan))
        for group, top in zip(optimizer.param_groups, tops, strict=True):
            group["lr"] = top * share
        torch.manual_seed(args.seed * 1_000_000 + number)
        ids, mask, roles, labels = tensors(plan[number])
        loss = functional.cross_entropy(model(ids, mask, roles)[plan[number][0].task], labels)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*layers, *heads], 1.0)
        optimizer.step()
        if (number + 1) % args.save == 0 or number + 1 == len(plan):
            save(model, optimizer, number + 1)


def save(model: Tone, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Write the checkpoint whole or not at all."""
    draft = CHECKPOINT.with_suffix(".draft")
    torch.save({"top": model.top.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, draft)
    draft.replace(CHECKPOINT)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=int, default=200)
    parser.add_argument("--fresh", action="store_true")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
