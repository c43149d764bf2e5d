using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// What vectors leave over: every length up to some vectors, of every size of element, with reductions beside what is written, in place and apart. Numbers are
/// small and whole, so that sums are exact in any order, and lie between others that a kernel must neither read into its sums nor write.
/// </summary>
public sealed class KernelLeftOverTests
{
    private const int Margin = 70;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_length_is_computed_and_nothing_beside_it(bool inPlace)
    {
        Every<byte>(ElementType.Byte, inPlace);
        Every<short>(ElementType.Int16, inPlace);
        Every<int>(ElementType.Int32, inPlace);
        Every<float>(ElementType.Single, inPlace);
        Every<double>(ElementType.Double, inPlace);
        Every<long>(ElementType.Int64, inPlace);
    }

    private static void Every<T>(ElementType type, bool inPlace)
        where T : unmanaged, INumber<T>
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(type);
        KernelValue given = inPlace ? x : builder.Tensor(type);
        KernelValue doubled = Node("Add", x, x);
        builder.Destination(given, doubled, inPlace ? [] : [x]);
        foreach (string reduction in new[] { "Sum", "MaxOfAll", "MinOfAll" })
        {
            builder.Output(Node(reduction, doubled));
        }

        module.AddKernel("Kernel", builder.Build());
        for (int length = 1; length <= 200; length++)
        {
            // Beside the elements lies what would be the largest, the smallest and no sum of theirs.
            T[] memory = [.. Enumerable.Range(0, length + (2 * Margin)).Select(index => T.CreateTruncating(index % 2 == 0 ? 60 : 0))];
            T[] expected = [.. Enumerable.Range(0, length).Select(index => T.CreateTruncating(2 * (1 + (index * 7 % 11))))];
            for (int index = 0; index < length; index++)
            {
                memory[Margin + index] = T.CreateTruncating(1 + (index * 7 % 11));
            }

            T[] target = inPlace ? memory : [.. memory];
            T[] before = [.. target];
            Tensor<T> source = Tensor.Create(memory, Margin, [length], []);
            Tensor<T> result = inPlace ? source : Tensor.Create(target, Margin, [length], []);
            (bool ran, object?[] outputs) = inPlace ? module.Run("Kernel", source) : module.Run("Kernel", source, result);
            string place = $"{typeof(T).Name}, {length} elements";
            Assert.True(ran, place);
            Assert.True(expected.AsSpan().SequenceEqual(target.AsSpan(Margin, length)), place);
            Assert.True(before.AsSpan(0, Margin).SequenceEqual(target.AsSpan(0, Margin)), place);
            Assert.True(before.AsSpan(Margin + length).SequenceEqual(target.AsSpan(Margin + length)), place);
            Assert.True(expected.Aggregate((one, other) => unchecked(one + other)).Equals(outputs[0]), place);
            Assert.True(expected.Max()!.Equals(outputs[1]) && expected.Min()!.Equals(outputs[2]), place);
        }

        KernelValue Node(string row, params KernelValue[] operands) => builder.Node(OperatorTable.Row(row), type, operands);
    }
}
