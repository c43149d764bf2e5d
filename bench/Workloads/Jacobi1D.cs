extern alias FastMath;

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Benchmarks.Peers;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.Jacobi1D;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Three points of a line to one. The small size has 1,600 tiny half steps: the cost of a kernel's start counts.</summary>
internal sealed class Jacobi1D() : Stencil("jacobi_1d")
{
    private const double Third = 0.33333;

    public override Case Create(string size, Surroundings surroundings)
    {
        (int steps, int n) = (((int, int)[])[(800, 3200), (100, 400_000), (10, 8_000_000)])[Place(size)];
        return Create(size, surroundings, [n], steps, Programs.Jacobi1D.Run, WovenFast.Run, Primitives, Loop, Vector512<double>.Count);
    }

    private static void Primitives(double[] x, double[] y)
    {
        Span<double> inner = y.AsSpan(1, y.Length - 2);
        TensorPrimitives.Add<double>(x.AsSpan(0, inner.Length), x.AsSpan(1, inner.Length), inner);
        TensorPrimitives.Add(inner, x.AsSpan(2, inner.Length), inner);
        TensorPrimitives.Multiply(inner, Third, inner);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop(double[] x, double[] y, int start, int end)
    {
        ref double source = ref MemoryMarshal.GetArrayDataReference(x);
        ref double target = ref MemoryMarshal.GetArrayDataReference(y);
        nuint i = (nuint)start;
        for (; i + (nuint)Vector512<double>.Count <= (nuint)end; i += (nuint)Vector512<double>.Count)
        {
            Vector512<double> sum = Vector512.LoadUnsafe(ref source, i) + Vector512.LoadUnsafe(ref source, i + 1);
            (Vector512.Create(Third) * (sum + Vector512.LoadUnsafe(ref source, i + 2))).StoreUnsafe(ref target, i + 1);
        }

        for (; i < (nuint)end; i++)
        {
            y[i + 1] = Third * (x[i] + x[i + 1] + x[i + 2]);
        }
    }
}
