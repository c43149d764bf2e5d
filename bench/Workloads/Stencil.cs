using System.Numerics.Tensors;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>
/// What the two Jacobi iterations have in common: two tensors that every peer overwrites, put back before each timed call, and no result
/// to allocate. There is no product to contract with a sum, so that one loop stands for both roundings.
/// </summary>
internal abstract class Stencil(string name) : Workload(name, "small", "medium", "large")
{
    /// <summary>A woven method.</summary>
    protected delegate void Program(Tensor<double> a, Tensor<double> b, int steps);

    /// <summary>One half step, over the places from <paramref name="start"/> to before <paramref name="end"/> of those inside the border.</summary>
    protected delegate void HalfStep(double[] x, double[] y, int start, int end);

    protected Case Create(
        string size,
        Surroundings surroundings,
        nint[] lengths,
        int steps,
        Program woven,
        Program fast,
        Action<double[], double[]> primitives,
        HalfStep loop,
        int alignment)
    {
        int n = (int)lengths[0];
        int elements = (int)TensorPrimitives.Product<nint>(lengths);
        double[] firstA = Inputs.Array<double>(elements, seed: 1, 0, 1);
        double[] firstB = Inputs.Array<double>(elements, seed: 2, 0, 1);
        (double[] a, double[] b) = (new double[elements], new double[elements]);
        (Tensor<double> tensorA, Tensor<double> tensorB) = (Tensor.Create(a, lengths), Tensor.Create(b, lengths));
        double[] Read() => Agreement.Values([a, b]);
        void Loop(int threads)
        {
            for (int step = 0; step < steps; step++)
            {
                SecondThread.Split(threads, n - 2, alignment, (start, end) => loop(a, b, start, end));
                SecondThread.Split(threads, n - 2, alignment, (start, end) => loop(b, a, start, end));
            }
        }

        var reference = new LocalPeer(PeerNames.LoopOneThread, () => Loop(1), Read);
        var peers = new List<Peer>
        {
            new WovenPeer(PeerNames.Woven, () => woven(tensorA, tensorB, steps), Read, ExecutionMode.Graph, int.MaxValue),
            new WovenPeer(PeerNames.WovenOneThread, () => woven(tensorA, tensorB, steps), Read, ExecutionMode.Graph, 1),
            new WovenPeer(PeerNames.WovenFast, () => fast(tensorA, tensorB, steps), Read, ExecutionMode.Graph, int.MaxValue),
            new WovenPeer(PeerNames.Eager, () => woven(tensorA, tensorB, steps), Read, ExecutionMode.Eager, int.MaxValue),
            new LocalPeer(
                PeerNames.Primitives,
                () =>
                {
                    for (int step = 0; step < steps; step++)
                    {
                        primitives(a, b);
                        primitives(b, a);
                    }
                },
                Read),
            reference,
            new LocalPeer(PeerNames.Loop, () => Loop(2), Read),
        };
        var pinned = new Pinned([a, b]);
        peers.AddRange(surroundings.Compiled.Select(c => new LocalPeer(c.Name, c.Library.Call(Name, pinned, n, steps), Read)));
        return new Case
        {
            Workload = Name,
            Size = size,
            Reference = reference,
            Tolerance = 1e-12,
            Bytes = 2.0 * steps * 2 * sizeof(double) * elements,
            WorkingSet = 2.0 * sizeof(double) * elements,
            Reset = () =>
            {
                firstA.CopyTo(a, 0);
                firstB.CopyTo(b, 0);
            },
            Lease = new Leases([pinned, .. PythonCase.Open(surroundings.Python, Name, size, peers)]),
            Peers = peers,
        };
    }
}
