"""The Python peers of GraphWeaver's benchmarks: NumPy, NumExpr, Numba and torch.

A server of one JSON line to and fro. It says hello with what is installed, then answers
    {"do": "open", "workload": w, "size": s}   the names of the peers that have this workload
    {"do": "run", "peer": p, "calls": n}       the seconds of n calls
    {"do": "check", "peer": p}                 two checksums of the peer's last result
    {"do": "close"}                            lets go of the case
or with an error, and ends with its input. Each kernel is written from its definition. Inputs come from the hash of
Workloads/Inputs.cs, bit for bit, so that checksums agree between the languages.
"""
import json
import os
import sys

from common import f32, f64, nb, ne, np, torch
from elementwise import arc_distance, black_scholes, gelu_chain
from networks import matmul, mlp, mlp_batch
from rows import layernorm, softmax
from stencils import jacobi_1d, jacobi_2d

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
