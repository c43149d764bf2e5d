using System.Buffers;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>The ways the elements of an operand of the shape [6, 5] may lie, or those of a smaller one that broadcasts to it.</summary>
internal static class TestLayouts
{
    /// <summary>Elements every layout is made from.</summary>
    public const int Count = 56;

    private const int Rows = 6;
    private const int Columns = 5;

    /// <summary>The layouts of the first operand, of the second and so on: each way meets each kind of the others.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Combinations { get; } =
    [
        ["sliced", "transposed", "dense"], ["transposed", "row", "sliced"], ["column", "sliced", "row"],
        ["dense", "column", "transposed"], ["row", "dense", "column"], ["repeated", "sliced", "dense"], ["one", "transposed", "one"],
    ];

    /// <summary>A tensor of the first elements of a dense one of <see cref="Count"/>, in a layout.</summary>
    public static object Arrange(object dense, string layout) => Call(nameof(Arranged), dense, layout);

    /// <summary>The elements of a tensor repeated to the shape that several broadcast to.</summary>
    public static object[] Repeated(object tensor, nint[] lengths) => (object[])Call(nameof(RepeatedElements), tensor, lengths);

    /// <summary>The lengths of a tensor.</summary>
    public static nint[] Lengths(object tensor) => (nint[])Call(nameof(LengthsOf), tensor);

    private static Tensor<T> Arranged<T>(Tensor<T> dense, string layout)
    {
        T[] elements = [.. dense];
        return layout switch
        {
            "dense" => Tensor.Create(elements[..(Rows * Columns)], [Rows, Columns]),
            "sliced" => Tensor.Create(elements, [Rows + 1, Columns + 3]).Slice(new NRange(1, Rows + 1), new NRange(2, Columns + 2)),
            "transposed" => Tensor.PermuteDimensions(Tensor.Create(elements[..(Rows * Columns)], [Columns, Rows]), [1, 0]),
            "row" => Tensor.Create(elements[..Columns]),
            "column" => Tensor.Create(elements[..Rows], [Rows, 1]),
            "repeated" => Tensor.Create(elements[..Columns], [Rows, Columns], [0, 1]),
            "one" => Tensor.Create(elements[..1]),
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "There is no such layout."),
        };
    }

    private static object[] RepeatedElements<T>(Tensor<T> tensor, nint[] lengths) => TestValues.Elements(Tensor.Broadcast<T>(tensor, lengths));

    private static nint[] LengthsOf<T>(Tensor<T> tensor) => tensor.Lengths.ToArray();

    private static object Call(string method, object tensor, params object[] arguments) => typeof(TestLayouts)
        .GetMethod(method, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
        .MakeGenericMethod(tensor.GetType().GetGenericArguments()).Invoke(null, [tensor, .. arguments])!;
}
