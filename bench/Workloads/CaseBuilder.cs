using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>
/// Collects the peers of a case whose inputs stay as they are. Each kind of peer is added once: a loop in its five ways, a woven method in
/// its switches. What returns its result makes it anew on each call, what is given one writes into the builder's.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class CaseBuilder<T>(string workload, string size, Surroundings surroundings, T[][] inputs, params int[] resultLengths)
    where T : unmanaged, INumberBase<T>
{
    private readonly List<Peer> peers = [];
    private readonly List<IDisposable> leases = [];
    private LocalPeer? reference;

    /// <summary>The results that peers are given to write into.</summary>
    public T[][] Given { get; } = [.. resultLengths.Select(length => new T[length])];

    /// <summary>What a perfect implementation reads and writes.</summary>
    public double Bytes => (double)(inputs.Sum(input => (long)input.Length) + resultLengths.Sum(length => (long)length)) * Marshal.SizeOf<T>();

    /// <summary>A woven method and its twin under FastMath, by which the result is returned.</summary>
    public CaseBuilder<T> Woven<TResult>(Func<TResult> run, Func<TResult> fast, Func<TResult, double[]> read)
    {
        TResult? last = default;
        double[] Read() => read(last!);
        peers.Add(new WovenPeer(PeerNames.Woven, () => last = run(), Read, ExecutionMode.Graph, int.MaxValue));
        peers.Add(new WovenPeer(PeerNames.WovenOneThread, () => last = run(), Read, ExecutionMode.Graph, 1));
        peers.Add(new WovenPeer(PeerNames.WovenFast, () => last = fast(), Read, ExecutionMode.Graph, int.MaxValue));
        peers.Add(new WovenPeer(PeerNames.WovenFastOneThread, () => last = fast(), Read, ExecutionMode.Graph, 1));
        peers.Add(new WovenPeer(PeerNames.Eager, () => last = run(), Read, ExecutionMode.Eager, int.MaxValue));
        return this;
    }

    /// <summary>The same, of one tensor.</summary>
    public CaseBuilder<T> Woven(Func<Tensor<T>> run, Func<Tensor<T>> fast) => Woven(run, fast, tensor => Agreement.Values(tensor));

    /// <summary>A woven method and its twin under FastMath that write into the given results.</summary>
    public CaseBuilder<T> WovenGiven(Action run, Action fast)
    {
        peers.Add(new WovenPeer(PeerNames.WovenGiven, run, ReadGiven, ExecutionMode.Graph, int.MaxValue));
        peers.Add(new WovenPeer(PeerNames.WovenFastGiven, fast, ReadGiven, ExecutionMode.Graph, int.MaxValue));
        return this;
    }

    /// <summary>A peer that writes into the given results.</summary>
    public CaseBuilder<T> Local(string name, Action run)
    {
        peers.Add(new LocalPeer(name, run, ReadGiven));
        return this;
    }

    /// <summary>A peer that computes something else, for its cost.</summary>
    public CaseBuilder<T> Yardstick(string name, Action run)
    {
        peers.Add(new YardstickPeer(name, run));
        return this;
    }

    /// <summary>A loop over items, in both roundings; its chunks start at multiples of <paramref name="alignment"/>.</summary>
    public CaseBuilder<T> Loops(int items, int alignment, LoopBody<T> strict, LoopBody<T> fast)
    {
        Action<T[][], int> Split(LoopBody<T> body) => (results, threads) =>
            SecondThread.Split(threads, items, alignment, (start, end) => body(results, start, end));
        WholeLoops(Split(strict));
        AddLoops(Split(fast), PeerNames.LoopFastOneThread, PeerNames.LoopFast, PeerNames.LoopFastGiven);
        return this;
    }

    /// <summary>A computation by hand that divides its own work between the given number of threads; it has one rounding.</summary>
    public CaseBuilder<T> WholeLoops(Action<T[][], int> run)
    {
        AddLoops(run, PeerNames.LoopOneThread, PeerNames.Loop, PeerNames.LoopGiven);
        return this;
    }

    /// <summary>The C function of the workload's name, given the inputs, the results and <paramref name="sizes"/>.</summary>
    public CaseBuilder<T> C(params nint[] sizes)
    {
        var pinned = new Pinned(inputs.Concat(Given));
        leases.Add(pinned);
        foreach ((string name, CompiledC library) in surroundings.Compiled)
        {
            Local(name, library.Call(workload, pinned, sizes));
        }

        return this;
    }

    /// <summary>Adds the Python peers and closes the list.</summary>
    /// <param name="tolerance">See <see cref="Case.Tolerance"/>.</param>
    /// <param name="flops">See <see cref="Case.Flops"/>.</param>
    public Case Build(double tolerance, double flops = 0)
    {
        leases.AddRange(PythonCase.Open(surroundings.Python, workload, size, peers));
        return new Case
        {
            Workload = workload,
            Size = size,
            Peers = peers,
            Reference = reference!,
            Tolerance = tolerance,
            Bytes = Bytes,
            WorkingSet = Bytes,
            Flops = flops,
            Lease = new Leases(leases),
        };
    }

    private void AddLoops(Action<T[][], int> run, string oneThread, string twoThreads, string given)
    {
        T[][]? last = null;
        double[] ReadLast() => Agreement.Values(last!);
        void Fresh(int threads)
        {
            T[][] results = [.. resultLengths.Select(length => GC.AllocateUninitializedArray<T>(length))];
            run(results, threads);
            last = results;
        }

        var one = new LocalPeer(oneThread, () => Fresh(1), ReadLast);
        reference ??= one;
        peers.Add(one);
        peers.Add(new LocalPeer(twoThreads, () => Fresh(2), ReadLast));
        Local(given, () => run(Given, 2));
    }

    private double[] ReadGiven() => Agreement.Values(Given);
}
