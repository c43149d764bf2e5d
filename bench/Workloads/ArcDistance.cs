extern alias FastMath;

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Kernels;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.ArcDistance;
using Woven = GraphWeaver.Benchmarks.Programs.ArcDistance;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Angles on a sphere in double: four sines and cosines, two roots and an arc tangent for each.</summary>
internal sealed class ArcDistance() : Workload("arc_distance", "small", "medium", "large")
{
    private const int Tile = 1024;

    public override Case Create(string size, Surroundings surroundings)
    {
        int n = ((int[])[1 << 14, 100_000, 4_000_000])[Place(size)];
        double[] theta1 = Inputs.Array<double>(n, seed: 1, -1.5, 1.5);
        double[] phi1 = Inputs.Array<double>(n, seed: 2, -3, 3);
        double[] theta2 = Inputs.Array<double>(n, seed: 3, -1.5, 1.5);
        double[] phi2 = Inputs.Array<double>(n, seed: 4, -3, 3);
        (Tensor<double> t1, Tensor<double> p1) = (Tensor.Create(theta1, [n]), Tensor.Create(phi1, [n]));
        (Tensor<double> t2, Tensor<double> p2) = (Tensor.Create(theta2, [n]), Tensor.Create(phi2, [n]));
        var builder = new CaseBuilder<double>(Name, size, surroundings, [theta1, phi1, theta2, phi2], n);
        double[] angle = builder.Given[0];
        Tensor<double> result = Tensor.Create(angle, [n]);
        (double[] a, double[] b) = (new double[n], new double[n]);
        void Primitives(int at, int length) => ByPrimitives(
            theta1.AsSpan(at, length),
            phi1.AsSpan(at, length),
            theta2.AsSpan(at, length),
            phi2.AsSpan(at, length),
            angle.AsSpan(at, length),
            a.AsSpan(0, length),
            b.AsSpan(0, length));
        return builder
            .Woven(() => Woven.Run(t1, p1, t2, p2), () => WovenFast.Run(t1, p1, t2, p2))
            .WovenGiven(() => Woven.Into(t1, p1, t2, p2, result), () => WovenFast.Into(t1, p1, t2, p2, result))
            .Local(PeerNames.Primitives, () => Primitives(0, n))
            .Local(PeerNames.PrimitivesTiled, () => Tiles.Run(n, Tile, Primitives))
            .Loops(
                n,
                Vector512<double>.Count,
                (results, start, end) => Loop<Strict>(theta1, phi1, theta2, phi2, results[0], start, end),
                (results, start, end) => Loop<Fast>(theta1, phi1, theta2, phi2, results[0], start, end))
            .C(n)
            .Build(tolerance: 1e-12);
    }

    private static void ByPrimitives(
        ReadOnlySpan<double> theta1,
        ReadOnlySpan<double> phi1,
        ReadOnlySpan<double> theta2,
        ReadOnlySpan<double> phi2,
        Span<double> angle,
        Span<double> a,
        Span<double> b)
    {
        HalfSineSquared(theta2, theta1, a);
        HalfSineSquared(phi2, phi1, b);
        TensorPrimitives.Cos(theta1, angle);
        TensorPrimitives.Multiply<double>(b, angle, b);
        TensorPrimitives.Cos(theta2, angle);
        TensorPrimitives.MultiplyAdd<double>(b, angle, a, a);
        TensorPrimitives.Subtract(1.0, a, b);
        TensorPrimitives.Sqrt<double>(a, a);
        TensorPrimitives.Sqrt<double>(b, b);
        TensorPrimitives.Atan2<double>(a, b, angle);
        TensorPrimitives.Multiply(angle, 2.0, angle);
    }

    private static void HalfSineSquared(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> result)
    {
        TensorPrimitives.Subtract(x, y, result);
        TensorPrimitives.Multiply(result, 0.5, result);
        TensorPrimitives.Sin<double>(result, result);
        TensorPrimitives.Multiply<double>(result, result, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TArithmetic>(
        double[] theta1, double[] phi1, double[] theta2, double[] phi2, double[] angle, int start, int end)
        where TArithmetic : struct, IArithmetic
    {
        ref double theta1At = ref MemoryMarshal.GetArrayDataReference(theta1);
        ref double phi1At = ref MemoryMarshal.GetArrayDataReference(phi1);
        ref double theta2At = ref MemoryMarshal.GetArrayDataReference(theta2);
        ref double phi2At = ref MemoryMarshal.GetArrayDataReference(phi2);
        ref double angleAt = ref MemoryMarshal.GetArrayDataReference(angle);
        Vector512<double> half = Vector512.Create(0.5);
        for (nuint i = (nuint)start; i < (nuint)end; i += (nuint)Vector512<double>.Count)
        {
            Vector512<double> t1 = Vector512.LoadUnsafe(ref theta1At, i);
            Vector512<double> t2 = Vector512.LoadUnsafe(ref theta2At, i);
            Vector512<double> a = VectorMath.Sin((t2 - t1) * half);
            Vector512<double> b = VectorMath.Sin((Vector512.LoadUnsafe(ref phi2At, i) - Vector512.LoadUnsafe(ref phi1At, i)) * half);
            Vector512<double> h = TArithmetic.MultiplyAdd(VectorMath.Cos(t1) * VectorMath.Cos(t2) * b, b, a * a);
            Vector512<double> quarter = VectorMath.Atan2(Vector512.Sqrt(h), Vector512.Sqrt(Vector512<double>.One - h));
            (quarter + quarter).StoreUnsafe(ref angleAt, i);
        }
    }
}
