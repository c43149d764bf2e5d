using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;

namespace GraphWeaver.Benchmarks;

/// <summary>GELU side by side. In-process, so that every way meets the same machine in the same state.</summary>
[InProcess]
[MemoryDiagnoser]
public class GeluBenchmarks
{
    private float[] source = [];
    private float[] target = [];
    private Tensor<float> tensor = Tensor.Create<float>([]);

    [Params(16, 1024, 1 << 20)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(Size);
        source = [.. Enumerable.Range(0, Size).Select(_ => random.NextSingle() * 8 - 4)];
        target = new float[Size];
        tensor = Tensor.Create(source, [Size]);
    }

    [Benchmark(Baseline = true, Description = "woven")]
    public Tensor<float> Woven() => Gelu.Woven(tensor);

    [Benchmark(Description = "eager Tensor<T>")]
    public Tensor<float> Eager() => Gelu.Eager(tensor);

    [Benchmark(Description = "TensorPrimitives, given buffer")]
    public void Primitives() => Gelu.Primitives(source, target);

    [Benchmark(Description = "scalar loop, given buffer")]
    public void Scalar() => Gelu.Scalar(source, target);

    [Benchmark(Description = "hand-written, fresh result")]
    public Tensor<float> HandWrittenFresh() => HandWrittenGelu.Fresh(source);

    [Benchmark(Description = "hand-written, given buffer")]
    public void HandWrittenInto() => HandWrittenGelu.Into(source, target);
}
