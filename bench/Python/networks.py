"""Dense layers and products of matrices."""
import math

from common import Case, array, f32, np, prange, torch
from rows import softmax_of


def network(rows, *widths):
    x, zero = array((rows, widths[0]), 1, 0, 1, f32), f32(0)
    layers = []
    for k, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layers += [array((inputs, outputs), 10 + k, -1, 1, f32) * f32(1.0 / math.sqrt(inputs)), array((outputs,), 20 + k, -1, 1, f32)]
    w1, b1, w2, b2, w3, b3 = layers
    case = Case()

    def forward():
        h = np.maximum(x @ w1 + b1, zero)
        h = np.maximum(h @ w2 + b2, zero)
        return softmax_of(h @ w3 + b3)
    case.peers["NumPy"] = forward

    def loop(x, w1, b1, w2, b2, w3, b3):
        h = np.maximum(np.dot(x, w1) + b1, np.float32(0))
        g = np.maximum(np.dot(h, w2) + b2, np.float32(0))
        z = np.dot(g, w3) + b3
        y = np.empty_like(z)
        for i in prange(z.shape[0]):
            weights = np.exp(z[i] - z[i].max())
            y[i] = weights / weights.sum()
        return y
    case.numba(loop, x, *layers)
    case.torch(
        lambda x, w1, b1, w2, b2, w3, b3: torch.softmax(torch.relu(torch.relu(x @ w1 + b1) @ w2 + b2) @ w3 + b3, -1), x, *layers,
        native=lambda x, w1, b1, w2, b2, w3, b3: torch.softmax(
            torch.addmm(b3, torch.relu(torch.addmm(b2, torch.relu(torch.addmm(b1, x, w1)), w2)), w3), -1))
    return case


def mlp(size):
    return network(8, *{"small": (3, 256, 256, 256), "medium": (3, 2000, 1000, 500), "large": (3, 30000, 2000, 2000)}[size])


def mlp_batch(size):
    rows, width = {"small": (64, 128), "medium": (256, 512), "large": (1024, 1024)}[size]
    return network(rows, width, width, width, width)


def matmul(size):
    n = int(size)
    x, y = array((n, n), 1, -1, 1, f32), array((n, n), 2, -1, 1, f32)
    case = Case()
    case.peers["NumPy"] = lambda: x @ y
    case.torch(lambda x, y: x @ y, x, y)
    return case
