"""The Python peers of GraphWeaver's benchmarks: NumPy, NumExpr, Numba and torch.

A server of one JSON line to and fro. It says hello with what is installed, then answers
    {"do": "open", "workload": w, "size": s}   the names of the peers that have this workload
    {"do": "run", "peer": p, "calls": n}       the seconds of n calls
    {"do": "check", "peer": p}                 two checksums of the peer's last result
    {"do": "close"}                            lets go of the case
or with an error, and ends with its input. Each kernel is written from its definition. Inputs come from the hash of
Workloads/Inputs.cs, bit for bit, so that checksums agree between the languages.
"""
import importlib
import json
import math
import os
import sys
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
if np:
    f32, f64 = np.float32, np.float64


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


prange = nb.prange if nb else range


def gelu_chain(size):
    n = {"tiny": 16, "small": 1 << 16, "medium": 1 << 20, "large": 1 << 24}[size]
    x = array((n,), 1, -4, 4, f32)
    half, one, scale, cubic = f32(0.5), f32(1), f32(0.7978845608), f32(0.044715)
    case = Case()
    case.peers["NumPy"] = lambda: half * x * (one + np.tanh(scale * (x + cubic * x * x * x)))
    case.numexpr(lambda: ne.evaluate("half*x*(one+tanh(scale*(x+cubic*x*x*x)))", local_dict=dict(x=x, half=half, one=one, scale=scale, cubic=cubic)))

    def loop(x):
        y = np.empty_like(x)
        for i in prange(x.size):
            v = x[i]
            y[i] = half * v * (one + np.tanh(scale * (v + cubic * v * v * v)))
        return y
    case.numba(loop, x)
    case.torch(
        lambda x: 0.5 * x * (1.0 + torch.tanh(0.7978845608 * (x + 0.044715 * x * x * x))), x,
        native=lambda x: torch.nn.functional.gelu(x, approximate="tanh"))
    return case


def black_scholes(size, dtype, large):
    n = {"small": 1 << 14, "medium": 1 << 20, "large": large}[size]
    spot, strike, years = (array((n,), seed, low, high, dtype) for seed, low, high in ((1, 10, 100), (2, 10, 100), (3, 0.1, 2)))
    # float(...) keeps double constants plain: NumExpr widens by the widest operand.
    number = dtype
    a1, a2, a3, a4, a5 = (number(a) for a in (0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429))
    bell, slope, minus_rate, volatility, drift = (number(a) for a in (0.3989422804014327, 0.2316419, -0.02, 0.3, 0.065))
    one, minus_half, zero = number(1), number(-0.5), number(0)
    case = Case()

    def normal(d):
        k = one / (one + slope * np.abs(d))
        tail = bell * np.exp(minus_half * d * d) * (k * (a1 + k * (a2 + k * (a3 + k * (a4 + k * a5)))))
        return np.where(d > zero, one - tail, tail)

    def prices():
        deviation = volatility * np.sqrt(years)
        d1 = (np.log(spot / strike) + drift * years) / deviation
        p1, p2 = normal(d1), normal(d1 - deviation)
        discounted = strike * np.exp(minus_rate * years)
        return spot * p1 - discounted * p2, discounted * (one - p2) - spot * (one - p1)
    case.peers["NumPy"] = prices

    constants = dict(a1=a1, a2=a2, a3=a3, a4=a4, a5=a5, bell=bell, slope=slope, minus_rate=minus_rate, volatility=volatility,
                     drift=drift, one=one, minus_half=minus_half, zero=zero)

    def evaluate(text, **arrays):
        return ne.evaluate(text, local_dict={**constants, **arrays})

    def normal_expression(d):
        k = evaluate("one/(one+slope*abs(d))", d=d)
        tail = evaluate("bell*exp(minus_half*d*d)*(k*(a1+k*(a2+k*(a3+k*(a4+k*a5)))))", d=d, k=k)
        return evaluate("where(d>zero,one-tail,tail)", d=d, tail=tail)

    def price_expressions():
        deviation = evaluate("volatility*sqrt(years)", years=years)
        d1 = evaluate("(log(spot/strike)+drift*years)/deviation", spot=spot, strike=strike, years=years, deviation=deviation)
        d2 = evaluate("d1-deviation", d1=d1, deviation=deviation)
        p1, p2 = normal_expression(d1), normal_expression(d2)
        discounted = evaluate("strike*exp(minus_rate*years)", strike=strike, years=years)
        return (evaluate("spot*p1-discounted*p2", spot=spot, p1=p1, p2=p2, discounted=discounted),
                evaluate("discounted*(one-p2)-spot*(one-p1)", spot=spot, p1=p1, p2=p2, discounted=discounted))
    case.numexpr(price_expressions)

    def loop(spot, strike, years):
        call, put = np.empty_like(spot), np.empty_like(spot)
        for i in prange(spot.size):
            s, x, t = spot[i], strike[i], years[i]
            deviation = volatility * math.sqrt(t)
            d1 = (math.log(s / x) + drift * t) / deviation
            d2 = d1 - deviation
            k1 = one / (one + slope * abs(d1))
            t1 = bell * math.exp(minus_half * d1 * d1) * (k1 * (a1 + k1 * (a2 + k1 * (a3 + k1 * (a4 + k1 * a5)))))
            k2 = one / (one + slope * abs(d2))
            t2 = bell * math.exp(minus_half * d2 * d2) * (k2 * (a1 + k2 * (a2 + k2 * (a3 + k2 * (a4 + k2 * a5)))))
            p1 = one - t1 if d1 > zero else t1
            p2 = one - t2 if d2 > zero else t2
            discounted = x * math.exp(minus_rate * t)
            call[i] = s * p1 - discounted * p2
            put[i] = discounted * (one - p2) - s * (one - p1)
        return call, put
    case.numba(loop, spot, strike, years)

    def torch_normal(d):
        k = 1.0 / (1.0 + 0.2316419 * torch.abs(d))
        series = k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))))
        tail = 0.3989422804014327 * torch.exp(-0.5 * d * d) * series
        return torch.where(d > 0.0, 1.0 - tail, tail)

    def torch_prices(spot, strike, years):
        deviation = 0.3 * torch.sqrt(years)
        d1 = (torch.log(spot / strike) + 0.065 * years) / deviation
        p1, p2 = torch_normal(d1), torch_normal(d1 - deviation)
        discounted = strike * torch.exp(-0.02 * years)
        return spot * p1 - discounted * p2, discounted * (1.0 - p2) - spot * (1.0 - p1)
    case.torch(torch_prices, spot, strike, years)
    return case


def arc_distance(size):
    n = {"small": 1 << 14, "medium": 100_000, "large": 4_000_000}[size]
    theta1, phi1, theta2, phi2 = (array((n,), seed, -bound, bound, f64) for seed, bound in ((1, 1.5), (2, 3.0), (3, 1.5), (4, 3.0)))
    case = Case()

    def angles():
        a, b = np.sin((theta2 - theta1) * 0.5), np.sin((phi2 - phi1) * 0.5)
        h = a * a + np.cos(theta1) * np.cos(theta2) * b * b
        return 2.0 * np.arctan2(np.sqrt(h), np.sqrt(1.0 - h))
    case.peers["NumPy"] = angles

    def expressions():
        h = ne.evaluate("sin((theta2-theta1)*0.5)**2+cos(theta1)*cos(theta2)*sin((phi2-phi1)*0.5)**2",
                        local_dict=dict(theta1=theta1, theta2=theta2, phi1=phi1, phi2=phi2))
        return ne.evaluate("2.0*arctan2(sqrt(h),sqrt(1.0-h))", local_dict=dict(h=h))
    case.numexpr(expressions)

    def loop(theta1, phi1, theta2, phi2):
        angle = np.empty_like(theta1)
        for i in prange(theta1.size):
            a, b = math.sin((theta2[i] - theta1[i]) * 0.5), math.sin((phi2[i] - phi1[i]) * 0.5)
            h = a * a + math.cos(theta1[i]) * math.cos(theta2[i]) * b * b
            angle[i] = 2.0 * math.atan2(math.sqrt(h), math.sqrt(1.0 - h))
        return angle
    case.numba(loop, theta1, phi1, theta2, phi2)

    def torch_angles(theta1, phi1, theta2, phi2):
        a, b = torch.sin((theta2 - theta1) * 0.5), torch.sin((phi2 - phi1) * 0.5)
        h = a * a + torch.cos(theta1) * torch.cos(theta2) * b * b
        return 2.0 * torch.atan2(torch.sqrt(h), torch.sqrt(1.0 - h))
    case.torch(torch_angles, theta1, phi1, theta2, phi2)
    return case


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


def stencil(shape):
    first = array(shape, 1, 0, 1, f64), array(shape, 2, 0, 1, f64)
    a, b = first[0].copy(), first[1].copy()

    def reset():
        a[...] = first[0]
        b[...] = first[1]
    return a, b, Case(reset)


def jacobi_1d(size):
    steps, n = {"small": (800, 3200), "medium": (100, 400_000), "large": (10, 8_000_000)}[size]
    a, b, case = stencil((n,))

    def both(half):
        for _ in range(steps):
            half(a, b)
            half(b, a)
        return a, b

    def half(x, y):
        y[1:-1] = 0.33333 * (x[:-2] + x[1:-1] + x[2:])

    def expression(x, y):
        ne.evaluate("0.33333*(l+m+r)", local_dict=dict(l=x[:-2], m=x[1:-1], r=x[2:]), out=y[1:-1])
    case.peers["NumPy"] = lambda: both(half)
    case.numexpr(lambda: both(expression))

    def loop(a, b, steps):
        n = a.size
        for _ in range(steps):
            for i in prange(1, n - 1):
                b[i] = 0.33333 * (a[i - 1] + a[i] + a[i + 1])
            for i in prange(1, n - 1):
                a[i] = 0.33333 * (b[i - 1] + b[i] + b[i + 1])
        return a, b
    case.numba(loop, a, b, steps)
    return case


def jacobi_2d(size):
    steps, n = {"small": (50, 150), "medium": (50, 700), "large": (10, 2800)}[size]
    a, b, case = stencil((n, n))

    def both(half):
        for _ in range(steps):
            half(a, b)
            half(b, a)
        return a, b

    def views(x):
        return x[1:-1, 1:-1], x[1:-1, :-2], x[1:-1, 2:], x[2:, 1:-1], x[:-2, 1:-1]

    def half(x, y):
        m, l, r, d, u = views(x)
        y[1:-1, 1:-1] = 0.2 * (m + l + r + d + u)

    def expression(x, y):
        ne.evaluate("0.2*(m+l+r+d+u)", local_dict=dict(zip("mlrdu", views(x))), out=y[1:-1, 1:-1])
    case.peers["NumPy"] = lambda: both(half)
    case.numexpr(lambda: both(expression))

    def loop(a, b, steps):
        n = a.shape[0]
        for _ in range(steps):
            for i in prange(1, n - 1):
                for j in range(1, n - 1):
                    b[i, j] = 0.2 * (a[i, j] + a[i, j - 1] + a[i, j + 1] + a[i + 1, j] + a[i - 1, j])
            for i in prange(1, n - 1):
                for j in range(1, n - 1):
                    a[i, j] = 0.2 * (b[i, j] + b[i, j - 1] + b[i, j + 1] + b[i + 1, j] + b[i - 1, j])
        return a, b
    case.numba(loop, a, b, steps)
    return case


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


WORKLOADS = {
    "gelu_chain": gelu_chain,
    "black_scholes_float": lambda size: black_scholes(size, f32, 1 << 23),
    "black_scholes_double": lambda size: black_scholes(size, f64, 1 << 22),
    "arc_distance": arc_distance,
    "softmax": softmax,
    "layernorm": layernorm,
    "jacobi_1d": jacobi_1d,
    "jacobi_2d": jacobi_2d,
    "mlp": mlp,
    "mlp_batch": mlp_batch,
    "matmul": matmul,
}


def answer(question, case):
    do = question["do"]
    if do == "open":
        case = WORKLOADS[question["workload"]](question["size"])
        return {"peers": list(case.peers)}, case
    if do == "run":
        return {"seconds": case.run(question["peer"], question["calls"])}, case
    if do == "check":
        return {"checksums": case.checksums(question["peer"])}, case
    return {}, None


def serve(out):
    libraries = {"numpy": np, "numexpr": ne, "numba": nb, "torch": torch}
    print(json.dumps({
        "ready": np is not None,
        "absent": [name for name, module in libraries.items() if module is None],
        "present": {name: module.__version__ for name, module in libraries.items() if module is not None},
    }), file=out, flush=True)
    case = None
    for line in sys.stdin if np else ():
        try:
            reply, case = answer(json.loads(line), case)
        except Exception as error:  # a peer that cannot run is reported, not hidden
            reply = {"error": str(error).splitlines()[0][:200] if str(error) else type(error).__name__}
        print(json.dumps(reply), file=out, flush=True)


if __name__ == "__main__":
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print must not be taken for a reply
    if torch:
        torch.set_grad_enabled(False)
    serve(replies)
