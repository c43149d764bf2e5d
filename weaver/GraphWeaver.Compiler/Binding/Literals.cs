using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding;

/// <summary>Build-time values that are IL literals.</summary>
internal static class Literals
{
    /// <summary>The literal of a value in a place of the given static type, or null when it has none.</summary>
    public static Constant? From(BuildValue value, TypeReference type)
    {
        switch (StackTypes.KindOf(type))
        {
            case StackKind.Int32 when value.Value is { } number:
                return new Constant(ToInt32(number), type);
            case StackKind.Int64 when value.Value is { } number:
                return new Constant(number is ulong unsigned ? unchecked((long)unsigned) : Convert.ToInt64(number), type);
            case StackKind.Float32 when value.Value is float number && !IsSignalling(number):
                return new Constant(number, type);
            case StackKind.Float64 when value.Value is double number:
                return new Constant(number, type);
            case StackKind.Reference when value.Kind == ValueKind.Null:
                return new Constant(null, type);
            case StackKind.Reference when value.Kind == ValueKind.String:
                return new Constant((string)value.Value!, type);
            default:
                return null;
        }
    }

    /// <summary>Just-in-time compilers hold a literal as a double, and that conversion makes a signalling NaN a quiet one.</summary>
    private static bool IsSignalling(float number) => float.IsNaN(number) && (BitConverter.ToInt32(BitConverter.GetBytes(number), 0) & 0x0040_0000) == 0;

    private static int ToInt32(object number) => number switch
    {
        bool flag => flag ? 1 : 0,
        char letter => letter,
        uint unsigned => unchecked((int)unsigned),
        _ => Convert.ToInt32(number),
    };

    /// <summary>Whether two values of the bound function are one and the same.</summary>
    public static bool SameValue(Value left, Value right) =>
        left == right || (left is Constant a && right is Constant b && SameLiteral(a.Literal, b.Literal) && StackTypes.Same(a.Type!, b.Type!));

    /// <summary>Numbers are the same when their bits are: two zeros and two NaNs can differ.</summary>
    private static bool SameLiteral(object? left, object? right) => (left, right) switch
    {
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (float x, float y) => BitConverter.GetBytes(x).SequenceEqual(BitConverter.GetBytes(y)),
        _ => Equals(left, right),
    };
}
