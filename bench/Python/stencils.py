"""Jacobi iterations to and fro between two arrays."""
from common import Case, array, f64, ne, np, prange


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
