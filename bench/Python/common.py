"""What the workloads have in common: the libraries that are there, the inputs, and the peers of a case."""
import importlib
import os
import time


def load(name):
    try:
        return importlib.import_module(name)
    except Exception:  # not installed, or broken: left out either way
        return None


np, ne, nb, torch = load("numpy"), load("numexpr"), load("numba"), load("torch")
THREADS = int(os.environ.get("OMP_NUM_THREADS", os.cpu_count() or 1))
if ne:
    ne.set_num_threads(THREADS)
if torch:
    torch.set_num_threads(THREADS)
f32, f64 = (np.float32, np.float64) if np else (None, None)
prange = nb.prange if nb else range


def uniform(count, seed):
    x = np.arange(count, dtype=np.uint32) * np.uint32(2654435761) + np.uint32((seed * 0x9E3779B9) & 0xFFFFFFFF)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return (x ^ (x >> np.uint32(16))).astype(f64) * (1.0 / 4294967296.0)


def array(shape, seed, low, high, dtype):
    return (low + (high - low) * uniform(int(np.prod(shape)), seed)).astype(dtype).reshape(shape)


class Case:
    """The peers of a workload at a size: functions without arguments that return their result."""

    def __init__(self, reset=None):
        self.peers, self.results, self.reset = {}, {}, reset or (lambda: None)

    def numba(self, function, *arguments):
        if nb:
            for name, fast in (("Numba", False), ("Numba fastmath", True)):
                compiled = nb.njit(parallel=True, fastmath=fast)(function)
                self.peers[name] = lambda compiled=compiled: compiled(*arguments)

    def torch(self, function, *arrays, native=None):
        if torch:
            arguments = [torch.from_numpy(a) for a in arrays]
            self.peers["torch"] = lambda: function(*arguments)
            # Scripting reads source; what it cannot read, tracing records.
            compiled = torch.jit.trace(function, tuple(arguments))
            self.peers["torch.jit"] = lambda: compiled(*arguments)
            if native:
                self.peers["torch native"] = lambda: native(*arguments)

    def numexpr(self, function):
        if ne:
            self.peers["NumExpr"] = function

    def run(self, peer, calls):
        function = self.peers[peer]
        self.reset()
        start = time.perf_counter()
        for _ in range(calls):
            result = function()
        seconds = time.perf_counter() - start
        self.results[peer] = result
        return seconds

    def checksums(self, peer):
        result = self.results[peer]
        parts = result if isinstance(result, tuple) else (result,)
        values = np.concatenate([np.array(part, dtype=f64).ravel() for part in parts])
        return [float(values.mean()), float((values * uniform(values.size, 99)).mean())]
