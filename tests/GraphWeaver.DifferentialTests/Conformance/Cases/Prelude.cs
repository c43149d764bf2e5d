// Put before every file of cases. A case is a public static method without parameters; it calls marked methods and returns all there is to see.
using System.Threading;
using MathNet.Numerics;

/// <summary>Exactly so many kernel call sites.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelsAttribute(int count) : Attribute { public int Count { get; } = count; }

/// <summary>Exactly these GW1001 lines about calls of MathNet, one piece of text each.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WarnsAttribute(params string[] pieces) : Attribute { public string[] Pieces { get; } = pieces; }

public static class Make
{
    public static Tensor<float> V(params float[] values) => Tensor.Create(values);

    public static Tensor<float> M(nint rows, nint columns, float first = 1)
    {
        var data = new float[rows * columns];
        for (var i = 0; i < data.Length; i++) { data[i] = first + i * 0.5f; }
        return Tensor.Create(data, [rows, columns]);
    }

    public static Tensor<double> D(params double[] values) => Tensor.Create(values);

    public static object Try(Func<object?> call)
    {
        try { return call() ?? "null"; }
        catch (Exception exception) { return exception.GetType().Name + ": " + exception.Message; }
    }
}
