"""Element-wise chains."""
import math

from common import Case, array, f32, f64, ne, np, prange, torch


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
