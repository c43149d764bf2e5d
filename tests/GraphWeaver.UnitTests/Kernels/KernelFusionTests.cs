using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// Kernels of several operators: register and tile stages mixed, several outputs, several types, reductions beside results.
/// </summary>
public sealed class KernelFusionTests
{
    private delegate bool SumKernel(Tensor<float> input, out float sum);

    public static TheoryData<int> Sizes() => new(TestValues.Sizes);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_chain_of_basic_operators_rounds_as_eager_does(int size)
    {
        var builder = new KernelGraphBuilder();
        KernelValue a = builder.Tensor(ElementType.Single);
        KernelValue b = builder.Tensor(ElementType.Single);
        KernelValue s = builder.Scalar(ElementType.Single);
        KernelValue product = Node(builder, "Multiply", ElementType.Single, a, b);
        KernelValue sum = Node(builder, "Add", ElementType.Single, product, s);
        builder.Output(Node(
            builder, "Divide", ElementType.Single, Node(builder, "Subtract", ElementType.Single, s, sum),
            Node(builder, "Sqrt", ElementType.Single, a)));
        var left = (Tensor<float>)TestValues.Tensor(ElementType.Single, size, 1, isTame: false);
        var right = (Tensor<float>)TestValues.Tensor(ElementType.Single, size, 2, isTame: false);
        Tensor<float> expected = (0.3f - (left * right + 0.3f)) / Tensor.Sqrt<float>(left);
        AssertSame(expected, Run(builder, left, right, 0.3f)[0]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Register_and_tile_stages_feed_each_other_and_intermediate_values_are_given_out(int size)
    {
        var builder = new KernelGraphBuilder();
        KernelValue a = builder.Tensor(ElementType.Double);
        KernelValue b = builder.Tensor(ElementType.Double);
        KernelValue sum = Node(builder, "Add", ElementType.Double, a, b);
        KernelValue root = Node(builder, "RadiansToDegrees", ElementType.Double, sum);
        KernelValue power = Node(builder, "Ieee754Remainder", ElementType.Double, root, Node(builder, "Ieee754Remainder", ElementType.Double, a, sum));
        builder.Output(Node(builder, "Subtract", ElementType.Double, power, sum));
        builder.Output(root);
        builder.Output(Node(builder, "Max", ElementType.Double, a, root));
        builder.Output(Node(builder, "Negate", ElementType.Double, a));
        var left = Tensor.Create(Enumerable.Range(0, size).Select(i => i * 0.25 - 10).ToArray());
        var right = Tensor.Create(Enumerable.Range(0, size).Select(i => 3.5 - i % 100).ToArray());
        object?[] outputs = Run(builder, left, right);
        Tensor<double> eagerSum = left + right;
        Tensor<double> eagerRoot = Tensor.RadiansToDegrees<double>(eagerSum);
        AssertSame(Tensor.Ieee754Remainder<double>(eagerRoot, Tensor.Ieee754Remainder<double>(left, eagerSum)) - eagerSum, outputs[0]);
        AssertSame(eagerRoot, outputs[1]);
        AssertSame(Tensor.Max<double>(left, eagerRoot), outputs[2]);
        AssertSame(-left, outputs[3]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void One_kernel_holds_several_element_types(int size)
    {
        var builder = new KernelGraphBuilder();
        KernelValue a = builder.Tensor(ElementType.Single);
        KernelValue n = builder.Tensor(ElementType.Int64);
        KernelValue whole = builder.Node(
            OperatorTable.Row("ConvertTruncating"), ElementType.Single, [Node(builder, "Add", ElementType.Single, a, a)],
            ElementType.Int64);
        KernelValue total = Node(builder, "Add", ElementType.Int64, whole, n);
        builder.Output(Node(builder, "GreaterThan", ElementType.Int64, total, n));
        builder.Output(Node(builder, "Sum", ElementType.Int64, total));
        builder.Output(Node(builder, "MaxOfAll", ElementType.Single, a));
        var singles = Tensor.Create(Enumerable.Range(0, size).Select(i => i * 0.75f - 100).ToArray());
        var longs = Tensor.Create(Enumerable.Range(0, size).Select(i => 1L << (i % 62)).ToArray());
        object?[] outputs = Run(builder, singles, longs);
        Tensor<long> eager = Tensor.ConvertTruncating<float, long>(singles + singles) + longs;
        AssertSame(Tensor.GreaterThan<long>(eager, longs), outputs[0]);
        Assert.Equal(Tensor.Sum<long>(eager), outputs[1]);
        Assert.Equal(Tensor.Max<float>(singles), outputs[2]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Integer_reductions_equal_eager(int size)
    {
        var builder = new KernelGraphBuilder();
        KernelValue a = builder.Tensor(ElementType.Int32);
        KernelValue doubled = Node(builder, "Multiply", ElementType.Int32, a, builder.Scalar(ElementType.Int32));
        foreach (string reduction in new[] { "Sum", "Average", "MinOfAll", "MaxOfAll" })
        {
            builder.Output(Node(builder, reduction, ElementType.Int32, doubled));
        }

        var tensor = (Tensor<int>)TestValues.Tensor(ElementType.Int32, size, 5, isTame: false);
        Tensor<int> eager = tensor * 3;
        Assert.Equal(
            [Tensor.Sum<int>(eager), Tensor.Average<int>(eager), Tensor.Min<int>(eager), Tensor.Max<int>(eager)],
            Run(builder, tensor, 3));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Minimum_and_maximum_know_NaN_and_signed_zeros(int size)
    {
        var builder = new KernelGraphBuilder();
        KernelValue a = builder.Tensor(ElementType.Single);
        builder.Output(Node(builder, "MinOfAll", ElementType.Single, a));
        builder.Output(Node(builder, "MaxOfAll", ElementType.Single, a));
        KernelModule module = Module(builder);
        float[][] patterns =
        [
            [0f, -0f], [-0f, 0f], [-0f], [float.NaN, 1f], [1f, 2f, float.NaN],
            [float.NegativeInfinity], [float.PositiveInfinity], [3f, -5f, 1e38f],
        ];
        foreach (float[] pattern in patterns)
        {
            // The pattern ends the tensor, so that it meets the left-over elements too.
            var tensor = Tensor.Create(Enumerable.Range(0, size).Select(i => pattern[(size - 1 - i) % pattern.Length]).ToArray());
            (bool ran, object?[] outputs) = module.Run("Kernel", tensor);
            Assert.True(ran);
            Assert.Equal(0, TestValues.Ulps(outputs[0]!, Tensor.Min<float>(tensor)));
            Assert.Equal(0, TestValues.Ulps(outputs[1]!, Tensor.Max<float>(tensor)));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Float_sums_keep_the_documented_bound_and_repeat_their_bits(int size)
    {
        var builder = new KernelGraphBuilder();
        KernelValue a = builder.Tensor(ElementType.Single);
        builder.Output(Node(builder, "Sum", ElementType.Single, a));
        builder.Output(Node(builder, "Average", ElementType.Single, a));
        KernelModule module = Module(builder);
        var random = new Random(size);
        float[] values = Enumerable.Range(0, size).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        Tensor<float> tensor = Tensor.Create(values);
        double exact = values.Sum(value => (double)value);
        double bound = size * Math.Pow(2, -24) * values.Sum(value => Math.Abs((double)value));
        object?[] first = module.Run("Kernel", tensor).Outputs;
        Assert.InRange((float)first[0]!, exact - bound - 1e-30, exact + bound + 1e-30);
        Assert.InRange((float)first[1]!, (exact - bound) / size - 1e-7, (exact + bound) / size + 1e-7);
        for (int repetition = 0; repetition < 5; repetition++)
        {
            Assert.Equal(first, module.Run("Kernel", tensor).Outputs);
        }
    }

    [Fact]
    public void A_sum_of_negative_zeros_is_eagers_zero()
    {
        var builder = new KernelGraphBuilder();
        builder.Output(Node(builder, "Sum", ElementType.Double, builder.Tensor(ElementType.Double)));
        var tensor = Tensor.Create([-0d, -0d, -0d]);
        Assert.Equal(0, TestValues.Ulps(Run(builder, tensor)[0]!, Tensor.Sum<double>(tensor)));
    }

    [Fact]
    public void Results_are_fresh_and_shaped_and_strided_as_eagers_are()
    {
        var builder = new KernelGraphBuilder();
        KernelValue sum = Node(builder, "Add", ElementType.Single, builder.Tensor(ElementType.Single), builder.Scalar(ElementType.Single));
        builder.Output(sum);
        builder.Output(sum);
        var input = Tensor.Create(new float[6], [2, 1, 3]);
        object?[] outputs = Run(builder, input, 1f);
        Tensor<float> eager = input + 1f;
        foreach (Tensor<float> output in outputs.Cast<Tensor<float>>())
        {
            Assert.Equal(eager.Lengths.ToArray(), output.Lengths.ToArray());
            Assert.Equal(eager.Strides.ToArray(), output.Strides.ToArray());
            Assert.Equal(eager.IsPinned, output.IsPinned);
            AssertSame(eager, output);
        }

        Assert.NotSame(outputs[0], outputs[1]);
        ((Tensor<float>)outputs[0]!)[0, 0, 0] = 9f;
        Assert.Equal(1f, ((Tensor<float>)outputs[1]!)[0, 0, 0]);
        Assert.Equal(0f, input[0, 0, 0]);
    }

    [Fact]
    public void A_hundred_tile_operators_fit_the_stack_of_a_thread()
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Double);
        KernelValue sum = x;
        Tensor<double> tensor = Tensor.Create(Enumerable.Range(0, 5000).Select(i => i * 0.001).ToArray());
        Tensor<double> eager = tensor;
        for (int step = 0; step < 100; step++)
        {
            sum = Node(builder, "Add", ElementType.Double, Node(builder, "DegreesToRadians", ElementType.Double, sum), x);
            eager = Tensor.DegreesToRadians<double>(eager) + tensor;
        }

        builder.Output(sum);
        KernelModule module = Module(builder);
        (bool Ran, object?[] Outputs) result = (false, []);
        var thread = new Thread(() => result = module.Run("Kernel", tensor), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.True(result.Ran);
        AssertSame(eager, result.Outputs[0]);
    }

    [Fact]
    public void A_kernel_allocates_its_results_and_nothing_else()
    {
        var builder = new KernelGraphBuilder();
        KernelValue root = Node(builder, "DegreesToRadians", ElementType.Single, Node(builder, "Exp", ElementType.Single, builder.Tensor(ElementType.Single)));
        builder.Output(Node(builder, "Sum", ElementType.Single, root));
        SumKernel kernel = Module(builder).Delegate<SumKernel>("Kernel");
        Tensor<float> tensor = Tensor.Create(new float[3000]);
        Assert.True(kernel(tensor, out float sum));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 10; call++)
        {
            kernel(tensor, out sum);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(3000 * MathF.PI / 180, sum, 0.01f);
    }

    [Fact]
    public void One_tensor_may_be_several_inputs()
    {
        var builder = new KernelGraphBuilder();
        builder.Output(
            Node(builder, "Multiply", ElementType.Single, builder.Tensor(ElementType.Single), builder.Tensor(ElementType.Single)));
        var tensor = Tensor.Create([1f, 2f, 3f]);
        AssertSame(tensor * tensor, Run(builder, tensor, tensor)[0]);
    }

    [Fact]
    public void A_kernel_references_no_implementation_assembly()
    {
        var builder = new KernelGraphBuilder();
        builder.Output(
            Node(builder, "DegreesToRadians", ElementType.Single, Node(builder, "Exp", ElementType.Single, builder.Tensor(ElementType.Single))));
        string[] allowed = ["System.Runtime", "System.Runtime.Intrinsics", "System.Numerics.Tensors", "GraphWeaver"];
        Assert.All(Module(builder).ReferencedAssemblies, assembly => Assert.Contains(assembly, allowed));
    }

    private static KernelValue Node(KernelGraphBuilder builder, string row, ElementType type, params KernelValue[] operands) =>
        builder.Node(OperatorTable.Row(row), type, operands);

    private static KernelModule Module(KernelGraphBuilder builder)
    {
        var module = new KernelModule();
        module.AddKernel("Kernel", builder.Build());
        return module;
    }

    private static object?[] Run(KernelGraphBuilder builder, params object[] inputs)
    {
        (bool ran, object?[] outputs) = Module(builder).Run("Kernel", inputs);
        Assert.True(ran);
        return outputs;
    }

    private static void AssertSame(object expected, object? actual)
    {
        object[] wanted = TestValues.Elements(expected);
        object[] given = TestValues.Elements(actual);
        Assert.Equal(wanted.Length, given.Length);
        for (int element = 0; element < wanted.Length; element++)
        {
            Assert.True(
                TestValues.Ulps(given[element], wanted[element]) == 0,
                $"at {element} of {wanted.Length}: kernel {given[element]}, eager {wanted[element]}");
        }
    }
}
