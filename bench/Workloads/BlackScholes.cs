using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Option prices: some forty operators, two logarithms' worth of transcendental functions, two results.</summary>
internal sealed class BlackScholes<T>(
    string type,
    int large,
    double tolerance,
    BlackScholes<T>.Pricing woven,
    BlackScholes<T>.Pricing fast,
    BlackScholes<T>.PricingInto into,
    BlackScholes<T>.PricingInto fastInto)
    : Workload("black_scholes_" + type, "small", "medium", "large")
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Tile = 512;

    /// <summary>A woven method.</summary>
    public delegate (Tensor<T> Call, Tensor<T> Put) Pricing(Tensor<T> spot, Tensor<T> strike, Tensor<T> years);

    /// <summary>A woven method that is given its results.</summary>
    public delegate void PricingInto(Tensor<T> spot, Tensor<T> strike, Tensor<T> years, Tensor<T> call, Tensor<T> put);

    public override Case Create(string size, Surroundings surroundings)
    {
        int n = ((int[])[1 << 14, 1 << 20, large])[Place(size)];
        T[] spot = Inputs.Array<T>(n, seed: 1, 10, 100);
        T[] strike = Inputs.Array<T>(n, seed: 2, 10, 100);
        T[] years = Inputs.Array<T>(n, seed: 3, 0.1, 2);
        (Tensor<T> s, Tensor<T> k, Tensor<T> t) = (Tensor.Create(spot, [n]), Tensor.Create(strike, [n]), Tensor.Create(years, [n]));
        var builder = new CaseBuilder<T>(Name, size, surroundings, [spot, strike, years], n, n);
        (T[] call, T[] put) = (builder.Given[0], builder.Given[1]);
        (Tensor<T> c, Tensor<T> p) = (Tensor.Create(call, [n]), Tensor.Create(put, [n]));
        var whole = new BlackScholesPrimitives<T>(n);
        var tiled = new BlackScholesPrimitives<T>(Tile);
        return builder
            .Woven(() => woven(s, k, t), () => fast(s, k, t), prices => Agreement.Values(prices.Call, prices.Put))
            .WovenGiven(() => into(s, k, t, c, p), () => fastInto(s, k, t, c, p))
            .Local(PeerNames.Primitives, () => whole.Run(spot, strike, years, call, put))
            .Local(PeerNames.PrimitivesTiled, () => Tiles.Run(n, Tile, (at, length) => tiled.Run(
                spot.AsSpan(at, length), strike.AsSpan(at, length), years.AsSpan(at, length), call.AsSpan(at, length), put.AsSpan(at, length))))
            .Loops(
                n,
                Vector512<T>.Count,
                (results, start, end) => Loop<Strict>(spot, strike, years, results[0], results[1], start, end),
                (results, start, end) => Loop<Fast>(spot, strike, years, results[0], results[1], start, end))
            .C(n)
            .Build(tolerance);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TArithmetic>(T[] spots, T[] strikes, T[] years, T[] calls, T[] puts, int start, int end)
        where TArithmetic : struct, IArithmetic
    {
        ref T spotAt = ref MemoryMarshal.GetArrayDataReference(spots);
        ref T strikeAt = ref MemoryMarshal.GetArrayDataReference(strikes);
        ref T yearsAt = ref MemoryMarshal.GetArrayDataReference(years);
        ref T callAt = ref MemoryMarshal.GetArrayDataReference(calls);
        ref T putAt = ref MemoryMarshal.GetArrayDataReference(puts);
        for (nuint i = (nuint)start; i < (nuint)end; i += (nuint)Vector512<T>.Count)
        {
            Vector512<T> spot = Vector512.LoadUnsafe(ref spotAt, i);
            Vector512<T> strike = Vector512.LoadUnsafe(ref strikeAt, i);
            Vector512<T> t = Vector512.LoadUnsafe(ref yearsAt, i);
            Vector512<T> deviation = Number(0.3) * Vector512.Sqrt(t);
            Vector512<T> d1 = TArithmetic.MultiplyAdd(Number(0.065), t, Functions.Log(spot / strike)) / deviation;
            Vector512<T> p1 = Normal<TArithmetic>(d1);
            Vector512<T> p2 = Normal<TArithmetic>(d1 - deviation);
            Vector512<T> discounted = strike * Functions.Exp(Number(-0.02) * t);
            TArithmetic.MultiplyAdd(spot, p1, -(discounted * p2)).StoreUnsafe(ref callAt, i);
            TArithmetic.MultiplyAdd(discounted, Vector512<T>.One - p2, -(spot * (Vector512<T>.One - p1))).StoreUnsafe(ref putAt, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Normal<TArithmetic>(Vector512<T> d)
        where TArithmetic : struct, IArithmetic
    {
        Vector512<T> k = Vector512<T>.One / TArithmetic.MultiplyAdd(Number(0.2316419), Vector512.Abs(d), Vector512<T>.One);
        Vector512<T> series = TArithmetic.MultiplyAdd(k, Number(1.330274429), Number(-1.821255978));
        series = TArithmetic.MultiplyAdd(k, series, Number(1.781477937));
        series = TArithmetic.MultiplyAdd(k, series, Number(-0.356563782));
        series = k * TArithmetic.MultiplyAdd(k, series, Number(0.319381530));
        Vector512<T> tail = Number(0.3989422804014327) * Functions.Exp(Number(-0.5) * d * d) * series;
        return Vector512.ConditionalSelect(Vector512.GreaterThan(d, Vector512<T>.Zero), Vector512<T>.One - tail, tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Number(double value) => Vector512.Create(T.CreateTruncating(value));
}
