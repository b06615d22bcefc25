"""The joint model: a BERT encoder over word pieces and one small head per task over words."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

NER_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
SHAPES = 12
ROLES = ("source", "cue", "content")  # what a word may be to the anchor of an attribution, beside nothing
FARTHEST = 64  # words; the pull of distance between anchor and word is learnt up to here, to either side


@dataclass(frozen=True)
class Sizes:
    """Dimensions of the model; the encoder's are those of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    shape: int = 32
    arc: int = 256
    relation: int = 96
    dropout: float = 0.2
    told: int = 256
    role: int = 128


class Layer(nn.Module):
    """One post-norm transformer layer: (B, P, H) -> (B, P, H)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.heads = sizes.heads
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.output = nn.Linear(hidden, hidden)
        self.norm_attention = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, sizes.inner)
        self.down = nn.Linear(sizes.inner, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Attend with an additive bias (B, 1, 1, P), then the feed-forward part."""

        def split(y: Tensor) -> Tensor:
            return y.reshape(y.shape[0], y.shape[1], self.heads, -1).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(x.shape[0], x.shape[1], -1)
        x = self.norm_attention(x + self.dropout(self.output(mixed)))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT: piece ids and mask (B, P) -> states (B, P, H)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.kind = nn.Parameter(torch.zeros(sizes.hidden))
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Run the encoder; `mask` is 1 for pieces and 0 for padding."""
        places = torch.cumsum(torch.ones_like(ids), 1) - 1
        x = self.words(ids) + self.positions(places) + self.kind
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x


class RoleLayer(nn.Module):
    """One pre-norm transformer layer over the words around an anchor: (N, W, D) -> (N, W, D)."""

    def __init__(self, size: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm_attention, self.norm = nn.LayerNorm(size), nn.LayerNorm(size)
        self.mix, self.output = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, 2 * size), nn.Linear(2 * size, size)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Attend with an additive bias (N, 1, 1, W), then the feed-forward part."""
        n, w, size = x.shape
        parts = self.mix(self.norm_attention(x)).reshape(n, w, 3, self.heads, size // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = x + self.dropout(self.output(mixed.transpose(1, 2).reshape(n, w, size)))
        return x + self.dropout(self.down(functional.gelu(self.up(self.norm(x)))))


class Roles(nn.Module):
    """What each word of a window is to an anchor: nothing, source, cue or content."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.word = nn.Linear(sizes.told, sizes.role)
        self.key = nn.Linear(sizes.told, sizes.role)
        self.query = nn.Linear(sizes.told, sizes.role)
        self.shift = nn.Linear(sizes.told, sizes.role)
        self.distance = nn.Embedding(2 * FARTHEST + 1, sizes.role)
        self.layers = nn.ModuleList(RoleLayer(sizes.role) for _ in range(2))
        self.norm = nn.LayerNorm(sizes.role)
        self.role = nn.Linear(sizes.role, 1 + len(ROLES))
        nn.init.normal_(self.distance.weight, std=0.2)

    def forward(self, told: Tensor, inside: Tensor, rows: Tensor, anchors: Tensor) -> Tensor:
        """Scores (N, W, 4) for N anchors (window, word), from states (B, W, T); `inside` (B, W) is 0 for padding."""
        own = told[rows, anchors][:, None]
        away = torch.cumsum(torch.ones_like(inside), 1)[rows] - 1 - anchors[:, None]
        x = self.word(told)[rows] + self.key(told)[rows] * self.query(own) + self.shift(own)
        x = x + self.distance(away.clamp(-FARTHEST, FARTHEST) + FARTHEST)
        bias = (1.0 - inside[rows][:, None, None].float()) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        scores: Tensor = self.role(self.norm(x))
        return scores


class Parser(nn.Module):
    """All heads over one pass; a word is the mean of its first and last piece and its case shape.

    `roles` is no part of the pass: it is asked about the anchors that the pass finds.
    """

    def __init__(self, sizes: Sizes, tags: int, relations: int) -> None:
        super().__init__()
        self.encoder = Encoder(sizes)
        self.shape = nn.Embedding(SHAPES, sizes.shape)
        self.join = nn.Linear(sizes.hidden + sizes.shape, sizes.hidden)
        self.dropout = nn.Dropout(sizes.dropout)
        self.tag = nn.Linear(sizes.hidden, tags)
        self.start = nn.Linear(sizes.hidden, 1)
        self.name_hidden = nn.Linear(sizes.hidden, 128)
        self.name = nn.Linear(128, len(NER_TAGS))
        self.reference = nn.Linear(128, len(NER_TAGS))
        self.mention = nn.Linear(128 + 2 * len(NER_TAGS), len(NER_TAGS))
        self.arc_dependent = nn.Linear(sizes.hidden, sizes.arc)
        self.arc_head = nn.Linear(sizes.hidden, sizes.arc)
        self.arc_weight = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.root = nn.Linear(sizes.hidden, 1)
        self.rel_dependent = nn.Linear(sizes.hidden, sizes.relation)
        self.rel_head = nn.Linear(sizes.hidden, sizes.relation)
        self.rel_weight = nn.Parameter(torch.zeros(sizes.relation + 1, relations, sizes.relation + 1))
        self.told = nn.Linear(sizes.hidden, sizes.told)
        self.anchor = nn.Linear(sizes.told, 1)
        self.roles = Roles(sizes)
        nn.init.normal_(self.arc_weight, std=1 / math.sqrt(sizes.arc) / 4)
        nn.init.normal_(self.rel_weight, std=1 / sizes.relation)

    def forward(
        self, ids: Tensor, mask: Tensor, first: Tensor, last: Tensor, shape: Tensor
    ) -> dict[str, Tensor]:
        """Word-level outputs (B, W, ...) from pieces (B, P) and the words' first and last piece (B, W)."""
        states = self.encoder(ids, mask)

        def pick(index: Tensor) -> Tensor:
            return torch.gather(states, 1, index.unsqueeze(-1).expand(-1, -1, states.shape[-1]))

        x = torch.cat([(pick(first) + pick(last)) * 0.5, self.shape(shape).to(states.dtype)], -1)
        x = self.dropout(functional.gelu(self.join(x)))
        drop = self.dropout
        hidden = drop(functional.gelu(self.name_hidden(x)))
        name = self.name(hidden)
        dependent = drop(functional.gelu(self.arc_dependent(x)))
        reference = self.reference(hidden)
        told = drop(functional.gelu(self.told(x)))
        extended = torch.cat([dependent, torch.ones_like(dependent[..., :1])], -1)
        return {
            "tag": self.tag(x),
            "start": self.start(x)[..., 0],
            "name": name,
            "reference": reference,
            "mention": self.mention(torch.cat([hidden, name, reference], -1)),
            "arc_dependent": extended @ self.arc_weight.to(extended.dtype),
            "arc_head": drop(functional.gelu(self.arc_head(x))),
            "root": self.root(x)[..., 0],
            "rel_dependent": drop(functional.gelu(self.rel_dependent(x))),
            "rel_head": drop(functional.gelu(self.rel_head(x))),
            "told": told,
            "anchor": self.anchor(told)[..., 0],
        }

    def arcs(self, out: dict[str, Tensor]) -> Tensor:
        """Scores (B, dependent, head); the diagonal is the score of being the root."""
        scores = (out["arc_dependent"] @ out["arc_head"].transpose(1, 2)).float()
        eye = torch.eye(scores.shape[1], dtype=torch.bool, device=scores.device)
        return torch.where(eye, out["root"].float().unsqueeze(-1), scores)

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Label scores (N, R) for rows of dependents and their heads (N, relation)."""
        one = torch.ones_like(dependent[..., :1])
        left, right = torch.cat([dependent, one], -1), torch.cat([head, one], -1)
        weight = self.rel_weight.to(left.dtype)
        mixed = (left @ weight.reshape(weight.shape[0], -1)).reshape(left.shape[0], -1, right.shape[-1])
        return (mixed * right.unsqueeze(1)).sum(-1).float()


def load_encoder(encoder: Encoder, state: dict[str, Tensor]) -> None:
    """Copy a BERT checkpoint's tensors (Hugging Face names) into the encoder."""
    names = {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "output",
        "attention.output.LayerNorm": "norm_attention",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm",
    }
    state = {name.removeprefix("bert."): value for name, value in state.items()}
    own = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "positions.weight": state["embeddings.position_embeddings.weight"],
        "kind": state["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for i in range(len(encoder.layers)):
        for theirs, ours in names.items():
            for part in ("weight", "bias"):
                own[f"layers.{i}.{ours}.{part}"] = state[f"encoder.layer.{i}.{theirs}.{part}"]
    encoder.load_state_dict(own)
