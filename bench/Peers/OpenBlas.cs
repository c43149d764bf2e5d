using System.Runtime.InteropServices;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>OpenBLAS's product of float matrices, by rows.</summary>
internal sealed unsafe class OpenBlas
{
    private const int RowMajor = 101;
    private const int NoTranspose = 111;

    private static readonly string[] names =
        ["libopenblas.so.0", "libopenblas.so", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0", "libopenblas"];

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> product;

    private OpenBlas(nint library)
    {
        product = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
    }

    /// <summary>Loads the library; null, and a line in <paramref name="absent"/>, where there is none.</summary>
    public static OpenBlas? TryLoad(List<string> absent)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return new OpenBlas(library);
            }
        }

        absent.Add("OpenBLAS: libopenblas is not installed");
        return null;
    }

    /// <summary>[m, k] times [k, n] into <paramref name="result"/>.</summary>
    public void Multiply(float[] x, float[] y, float[] result, int m, int n, int k)
    {
        fixed (float* a = x, b = y, c = result)
        {
            product(RowMajor, NoTranspose, NoTranspose, m, n, k, 1, a, k, b, n, 0, c, n);
        }
    }
}
