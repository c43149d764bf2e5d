using System.Runtime.InteropServices;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>Numbers, characters, truth values and enums, as bits.</summary>
internal static class Scalars
{
    public static StoredPart Describe(object value, Type type, ValueKind kind, int size)
    {
        var one = Array.CreateInstance(type, 1);
        one.SetValue(value, 0);
        var bits = 0L;
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(one), size).CopyTo(MemoryMarshal.AsBytes(new Span<long>(ref bits)));
        var isTooWide = kind switch
        {
            ValueKind.IntPtr => bits is < int.MinValue or > int.MaxValue,
            ValueKind.UIntPtr => bits is < 0 or > uint.MaxValue,
            _ => false,
        };
        return isTooWide
            ? throw new NotStorableException("it holds a native integer too wide for some machines")
            : new StoredPart { Kind = StoredKind.Scalar, Type = type, Element = kind, Bits = bits };
    }
}
