using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// Parts of matrices, whose rows lie side by side in memory with gaps between them: long rows and short ones, some elements and many chunks, which begin
/// within rows. Numbers are small and whole, so that every result is exact; what lies between the rows is neither summed nor written.
/// </summary>
public sealed class KernelEvenRowTests
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 5, 1 }, { 1, 300 }, { 3, 7 }, { 40, 16 }, { 40, 17 }, { 9, 100 }, { 9, 127 }, { 9, 128 }, { 9, 129 }, { 700, 301 }, { 3000, 130 }, { 3, 3000 }, { 2, 100_003 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Elements_of_parts_are_computed_where_they_lie(int rows, int columns)
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue given = builder.Tensor(ElementType.Single);
        KernelValue sum = Node(builder, "Add", x, y);
        builder.Destination(given, sum, [x]);
        builder.Output(Node(builder, "Multiply", sum, x));
        builder.Output(Node(builder, "MaxOfAll", sum));
        module.AddKernel("Kernel", builder.Build());

        Matrix first = new(rows, columns, 3, 1);
        Matrix second = new(rows, columns, 5, 2);
        foreach (bool inPlace in new[] { false, true })
        {
            Matrix target = inPlace ? first : new Matrix(rows, columns, 4, 3);
            float[] before = [.. target.Memory];
            float[] one = first.Elements;
            float[] expected = [.. one.Zip(second.Elements, (a, b) => a + b)];
            (bool ran, object?[] outputs) = module.Run("Kernel", first.Part, second.Part, target.Part);
            Assert.True(ran);
            Assert.Equal(expected, target.Elements);
            Assert.Equal(target.Between(before), target.Between(target.Memory));
            Assert.Equal(expected.Zip(one, (a, b) => a * b), (Tensor<float>)outputs[0]!);
            Assert.Equal(expected.Max(), outputs[1]);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_of_parts_are_reduced_where_they_lie(int rows, int columns)
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue gain = builder.Tensor(ElementType.Single);
        KernelValue given = builder.Tensor(ElementType.Single);
        KernelValue largest = builder.Node(OperatorTable.Row("MaxOfRows"), ElementType.Single, [x], keepsDimensions: true);
        KernelValue below = Node(builder, "Subtract", x, largest);
        KernelValue total = builder.Node(OperatorTable.Row("SumOfRows"), ElementType.Single, [below], keepsDimensions: true);
        builder.Destination(given, Node(builder, "Add", Node(builder, "Multiply", below, gain), Node(builder, "Add", total, largest)), [x]);
        builder.Output(total);
        module.AddKernel("Kernel", builder.Build());

        Matrix matrix = new(rows, columns, 3, 1);
        Tensor<float> gains = Tensor.Create([.. Enumerable.Range(0, columns).Select(column => (float)(column % 3))], [columns]);
        foreach (bool inPlace in new[] { false, true })
        {
            Matrix target = inPlace ? matrix : new Matrix(rows, columns, 4, 3);
            float[] before = [.. target.Memory];
            float[][] lines = [.. matrix.Elements.Chunk(columns)];
            float[] largests = [.. lines.Select(line => line.Max())];
            float[] totals = [.. lines.Select((line, row) => line.Sum(value => value - largests[row]))];
            float[] expected = [.. lines.SelectMany((line, row) => line.Select((value, column) => ((value - largests[row]) * (column % 3)) + (totals[row] + largests[row])))];
            (bool ran, object?[] outputs) = module.Run("Kernel", matrix.Part, gains, target.Part);
            Assert.True(ran);
            Assert.Equal(totals, (Tensor<float>)outputs[0]!);
            Assert.Equal(expected, target.Elements);
            Assert.Equal(target.Between(before), target.Between(target.Memory));
        }
    }

    private static KernelValue Node(KernelGraphBuilder builder, string row, params KernelValue[] operands) =>
        builder.Node(OperatorTable.Row(row), ElementType.Single, operands);

    /// <summary>The part of a larger matrix that begins at its second row and third column.</summary>
    private sealed class Matrix
    {
        private readonly int columns;
        private readonly int stride;

        public Matrix(int rows, int columns, int gap, int seed)
        {
            this.columns = columns;
            stride = columns + gap;
            Memory = new float[(rows + 2) * stride];
            for (int index = 0; index < Memory.Length; index++)
            {
                bool isPart = IsPart(index, rows);
                Memory[index] = isPart ? (index * (seed + 4) % 13) - 6 : 1000 + seed;
            }

            Part = Tensor.Create(Memory, [rows + 2, stride]).Slice(1..(rows + 1), 2..(columns + 2));
        }

        public float[] Memory { get; }

        public Tensor<float> Part { get; }

        public float[] Elements => [.. Part];

        public float[] Between(float[] memory) => [.. memory.Where((_, index) => !IsPart(index, (int)Part.Lengths[0]))];

        private bool IsPart(int index, int rows) =>
            index / stride >= 1 && index / stride <= rows && index % stride >= 2 && index % stride < columns + 2;
    }
}
