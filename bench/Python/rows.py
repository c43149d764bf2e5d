"""Reductions of rows."""
import math

from common import Case, array, f32, ne, np, prange, torch


def softmax_of(x):
    weights = np.exp(x - x.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def softmax(size):
    rows, columns = {"small": (512, 128), "medium": (8192, 128), "large": (65536, 256)}[size]
    x = array((rows, columns), 1, 0, 8, f32)
    case = Case()
    case.peers["NumPy"] = lambda: softmax_of(x)

    def expressions():
        weights = ne.evaluate("exp(x-m)", local_dict=dict(x=x, m=x.max(axis=-1, keepdims=True)))
        return ne.evaluate("weights/s", local_dict=dict(weights=weights, s=weights.sum(axis=-1, keepdims=True)))
    case.numexpr(expressions)

    def loop(x):
        y = np.empty_like(x)
        for i in prange(x.shape[0]):
            largest = x[i, 0]
            for j in range(1, x.shape[1]):
                largest = max(largest, x[i, j])
            total = np.float32(0)
            for j in range(x.shape[1]):
                weight = math.exp(x[i, j] - largest)
                y[i, j] = weight
                total += weight
            for j in range(x.shape[1]):
                y[i, j] /= total
        return y
    case.numba(loop, x)

    def torch_softmax(x):
        weights = torch.exp(x - torch.amax(x, dim=-1, keepdim=True))
        return weights / torch.sum(weights, dim=-1, keepdim=True)
    case.torch(torch_softmax, x, native=lambda x: torch.softmax(x, -1))
    return case


def layernorm(size):
    rows, columns = {"small": 64, "medium": 1024, "large": 16384}[size], 1024
    x, gain, bias = array((rows, columns), 1, -1, 3, f32), array((columns,), 2, 0.5, 1.5, f32), array((columns,), 3, -1, 1, f32)
    case = Case()

    def norm():
        distance = x - x.mean(axis=-1, keepdims=True)
        return distance / np.sqrt((distance * distance).mean(axis=-1, keepdims=True) + f32(1e-5)) * gain + bias
    case.peers["NumPy"] = norm

    def expressions():
        mean = x.mean(axis=-1, keepdims=True)
        variance = ne.evaluate("(x-mean)**2", local_dict=dict(x=x, mean=mean)).mean(axis=-1, keepdims=True)
        return ne.evaluate("(x-mean)/deviation*gain+bias", local_dict=dict(x=x, mean=mean, deviation=np.sqrt(variance + f32(1e-5)), gain=gain, bias=bias))
    case.numexpr(expressions)

    def loop(x, gain, bias):
        y, n = np.empty_like(x), x.shape[1]
        for i in prange(x.shape[0]):
            total = np.float32(0)
            for j in range(n):
                total += x[i, j]
            mean = total / np.float32(n)
            squares = np.float32(0)
            for j in range(n):
                distance = x[i, j] - mean
                squares += distance * distance
            deviation = np.float32(math.sqrt(squares / np.float32(n) + np.float32(1e-5)))
            for j in range(n):
                y[i, j] = (x[i, j] - mean) / deviation * gain[j] + bias[j]
        return y
    case.numba(loop, x, gain, bias)

    def torch_norm(x, gain, bias):
        distance = x - torch.mean(x, dim=-1, keepdim=True)
        return distance * torch.rsqrt(torch.mean(distance * distance, dim=-1, keepdim=True) + 1e-5) * gain + bias
    case.torch(torch_norm, x, gain, bias, native=lambda x, gain, bias: torch.nn.functional.layer_norm(x, (columns,), gain, bias, 1e-5))
    return case
