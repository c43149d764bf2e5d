extern alias FastMath;

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Benchmarks.Peers;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.Jacobi2D;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Five points of a square to one, in rows that start anywhere.</summary>
internal sealed class Jacobi2D() : Stencil("jacobi_2d")
{
    private const double Fifth = 0.2;

    public override Case Create(string size, Surroundings surroundings)
    {
        (int steps, int n) = (((int, int)[])[(50, 150), (50, 700), (10, 2800)])[Place(size)];
        return Create(
            size,
            surroundings,
            [n, n],
            steps,
            Programs.Jacobi2D.Run,
            WovenFast.Run,
            (x, y) => Primitives(x, y, n),
            (x, y, start, end) => Loop(x, y, n, start, end),
            alignment: 1);
    }

    private static void Primitives(double[] x, double[] y, int n)
    {
        for (int at = n + 1; at < (n - 1) * n; at += n)
        {
            Span<double> inner = y.AsSpan(at, n - 2);
            TensorPrimitives.Add<double>(x.AsSpan(at, n - 2), x.AsSpan(at - 1, n - 2), inner);
            TensorPrimitives.Add(inner, x.AsSpan(at + 1, n - 2), inner);
            TensorPrimitives.Add(inner, x.AsSpan(at + n, n - 2), inner);
            TensorPrimitives.Add(inner, x.AsSpan(at - n, n - 2), inner);
            TensorPrimitives.Multiply(inner, Fifth, inner);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop(double[] x, double[] y, int n, int start, int end)
    {
        ref double source = ref MemoryMarshal.GetArrayDataReference(x);
        ref double target = ref MemoryMarshal.GetArrayDataReference(y);
        nuint row = (nuint)n;
        for (int r = start + 1; r < end + 1; r++)
        {
            nuint i = (nuint)r * row + 1;
            nuint last = (nuint)r * row + row - 1;
            for (; i + (nuint)Vector512<double>.Count <= last; i += (nuint)Vector512<double>.Count)
            {
                Vector512<double> sum = Vector512.LoadUnsafe(ref source, i) + Vector512.LoadUnsafe(ref source, i - 1);
                sum = sum + Vector512.LoadUnsafe(ref source, i + 1) + Vector512.LoadUnsafe(ref source, i + row);
                (Vector512.Create(Fifth) * (sum + Vector512.LoadUnsafe(ref source, i - row))).StoreUnsafe(ref target, i);
            }

            for (; i < last; i++)
            {
                y[i] = Fifth * (x[i] + x[i - 1] + x[i + 1] + x[i + row] + x[i - row]);
            }
        }
    }
}
