using System.Runtime.InteropServices;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.UnitTests.Evaluation;

public sealed class ValueTests : IDisposable
{
    private readonly EvaluatorFixture fixture = new("public enum Colour : short { Red = 7 } public class Box<T> { public class In<U>; }");

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Scalars_and_strings_come_back_exactly()
    {
        var expected = new (string Expression, ValueKind Kind, object? Value)[]
        {
            ("null", ValueKind.Null, null),
            ("true", ValueKind.Boolean, true),
            ("'\\ud800'", ValueKind.Char, '\ud800'),
            ("(sbyte)-5", ValueKind.SByte, (sbyte)-5),
            ("(byte)250", ValueKind.Byte, (byte)250),
            ("(short)-300", ValueKind.Int16, (short)-300),
            ("(ushort)65000", ValueKind.UInt16, (ushort)65000),
            ("int.MinValue", ValueKind.Int32, int.MinValue),
            ("uint.MaxValue", ValueKind.UInt32, uint.MaxValue),
            ("long.MinValue", ValueKind.Int64, long.MinValue),
            ("ulong.MaxValue", ValueKind.UInt64, ulong.MaxValue),
            ("(nint)(-3)", ValueKind.IntPtr, -3L),
            ("(nuint)3", ValueKind.UIntPtr, 3UL),
            ("(Half)1.5", ValueKind.Half, BitConverter.HalfToUInt16Bits((Half)1.5)),
            ("12.50m", ValueKind.Decimal, 12.50m),
            ("\"a\\ud800\\0b\"", ValueKind.String, "a\ud800\0b"),
            ("Colour.Red", ValueKind.Int16, (short)7),
        };
        var body = string.Concat(expected.Select((row, i) => $"outputs[{i}] = {row.Expression};"));

        var result = fixture.Run(body, expected.Length);

        Assert.Equal(Outcome.Completed, result.Outcome);
        Assert.Equal(expected.Select(row => (row.Kind, row.Value)), result.Outputs.Select(value => (value.Kind, value.Value)));
        Assert.Equal(Enumerable.Range(0, expected.Length), result.Outputs.Select(value => value.Handle));
        Assert.Equal("Colour, User", result.Outputs[^1].TypeName);
    }

    [Fact]
    public void Floating_point_keeps_every_bit()
    {
        var result = fixture.Run(
            "outputs[0] = -0.0; outputs[1] = BitConverter.UInt64BitsToDouble(0x7FF8000000000123); outputs[2] = BitConverter.UInt32BitsToSingle(0x7FC00123); outputs[3] = float.Epsilon;",
            outputs: 4);

        Assert.Equal(BitConverter.DoubleToUInt64Bits(-0.0), BitConverter.DoubleToUInt64Bits((double)result.Outputs[0].Value!));
        Assert.Equal(0x7FF8000000000123UL, BitConverter.DoubleToUInt64Bits((double)result.Outputs[1].Value!));
        Assert.Equal(0x7FC00123u, BitConverter.SingleToUInt32Bits((float)result.Outputs[2].Value!));
        Assert.Equal(float.Epsilon, (float)result.Outputs[3].Value!);
    }

    [Fact]
    public void Arrays_come_back_with_lengths_and_bytes()
    {
        var matrix = fixture.Value("new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }");
        var empty = fixture.Value("new double[0]");
        var enums = fixture.Value("new[] { Colour.Red, (Colour)2 }");
        var texts = fixture.Value("new[] { \"a\", null, \"\" }");

        Assert.Equal((ValueKind.Array, ValueKind.Single), (matrix.Kind, matrix.ElementKind));
        Assert.Equal([2L, 3L], matrix.Lengths);
        Assert.Equal([1f, 2, 3, 4, 5, 6], MemoryMarshal.Cast<byte, float>(matrix.Bytes).ToArray());
        Assert.Equal("System.Single[,], System.Private.CoreLib", matrix.TypeName);
        Assert.Equal([0L], empty.Lengths);
        Assert.Equal((ValueKind.Array, ValueKind.Int16, "Colour[], User"), (enums.Kind, enums.ElementKind, enums.TypeName));
        Assert.Equal([7, 2], MemoryMarshal.Cast<byte, short>(enums.Bytes).ToArray());
        Assert.Equal(ValueKind.StringArray, texts.Kind);
        Assert.Equal(new[] { "a", null, "" }, (string?[])texts.Value!);
    }

    [Fact]
    public void Tensors_come_back_dense_whatever_their_strides()
    {
        var plain = fixture.Value("Tensor.Create(new[] { 1f, 2, 3, 4, 5, 6 }, new nint[] { 2, 3 })");
        var transposed = fixture.Value("Tensor.Transpose(Tensor.Create(new[] { 1.0, 2, 3, 4, 5, 6 }, new nint[] { 2, 3 }))");
        var empty = fixture.Value("Tensor<int>.Empty");

        Assert.Equal((ValueKind.Tensor, ValueKind.Single), (plain.Kind, plain.ElementKind));
        Assert.Equal("System.Numerics.Tensors.Tensor`1[[System.Single, System.Private.CoreLib]], System.Numerics.Tensors", plain.TypeName);
        Assert.Equal([2L, 3L], plain.Lengths);
        Assert.Equal([1f, 2, 3, 4, 5, 6], MemoryMarshal.Cast<byte, float>(plain.Bytes).ToArray());
        Assert.Equal([3L, 2L], transposed.Lengths);
        Assert.Equal([1.0, 4, 2, 5, 3, 6], MemoryMarshal.Cast<byte, double>(transposed.Bytes).ToArray());
        Assert.Equal(ValueKind.Tensor, empty.Kind);
        Assert.Empty(empty.Bytes);
    }

    [Theory]
    [InlineData("\"a\\r\\nb\\tc\\0\\u0001\\u2028é\"", "\"a\\r\\nb\\tc\\0\\u0001\\u2028é\"")]
    [InlineData("'\\n'", "\"\\n\"")]
    public void Text_is_shown_on_one_line(string expression, string display) => Assert.Equal(display, fixture.Value(expression).Display);

    [Fact]
    public void Other_objects_are_named_and_shown()
    {
        var list = fixture.Value("new List<int[,][]> { null }");
        var date = fixture.Value("new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc)");
        var nested = fixture.Value("new Box<int>.In<string>()");
        var type = fixture.Value("typeof(Box<int>)");
        var jagged = fixture.Value("new[] { new[] { 1 } }");

        Assert.Equal(ValueKind.Other, list.Kind);
        Assert.Equal(typeof(List<int[,][]>).FullName!.Split(',')[0].Split('[')[0], list.Type!.FullName);
        Assert.Equal([1, 2], Assert.Single(list.Type.Arguments).Ranks);
        Assert.Equal("2024-02-29T01:02:03.0000000Z", date.Display);
        Assert.Equal("Box`1+In`1[[System.Int32, System.Private.CoreLib],[System.String, System.Private.CoreLib]], User", nested.TypeName);
        Assert.Equal(ValueKind.Type, type.Kind);
        Assert.Equal("Box`1[[System.Int32, System.Private.CoreLib]], User", type.Value!.ToString());
        Assert.Equal(ValueKind.Other, jagged.Kind);
        Assert.Equal("System.Int32[][], System.Private.CoreLib", jagged.TypeName);
    }

    [Fact]
    public void The_same_object_has_the_first_handle_as_identity()
    {
        var result = fixture.Run("var a = new int[1]; outputs[0] = a; outputs[1] = 5; outputs[2] = a; outputs[3] = new int[1];", outputs: 4);

        Assert.Equal([0, 1, 0, 3], result.Outputs.Select(value => value.Identity));
        Assert.Equal(0, fixture.Run("outputs[0] = inputs[0];", 1, 2).Outputs[0].Identity);
    }

    [Fact]
    public void Contents_over_the_limit_stay_in_the_worker()
    {
        using var small = new EvaluatorFixture(configure: options => options with { PayloadLimit = 100 });

        var array = small.Value("new byte[101]");
        var text = small.Value("new string('x', 51)");
        var fits = small.Value("new byte[100]");

        Assert.Equal((ValueKind.TooLarge, "System.Byte[], System.Private.CoreLib"), (array.Kind, array.TypeName));
        Assert.Equal(ValueKind.TooLarge, text.Kind);
        Assert.Equal(ValueKind.Array, fits.Kind);
        Assert.Equal(101, small.Run("outputs[0] = ((byte[])inputs[0]).Length;", 1, array.Handle).Outputs[0].Value);
    }

    [Fact]
    public void Reading_a_handle_again_shows_later_mutation()
    {
        var array = fixture.Value("new[] { 1, 2 }");
        fixture.Run("((int[])inputs[0])[1] = 9;", 0, array.Handle);

        var read = fixture.Evaluator.Read([array.Handle]);

        Assert.Equal(array.Handle, Assert.Single(read.Outputs).Handle);
        Assert.Equal([1, 9], MemoryMarshal.Cast<byte, int>(read.Outputs[0].Bytes).ToArray());
    }
}
