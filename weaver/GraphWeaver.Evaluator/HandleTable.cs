namespace GraphWeaver.Evaluator;

/// <summary>The values slices have made, by number, and which numbers are the same object.</summary>
internal sealed class HandleTable
{
    /// <summary>Stands for a value that only the other worker has.</summary>
    public static readonly object Absent = new();

    private readonly List<object?> values = [];
    private readonly Dictionary<object, int> first = new(ReferenceEqualityComparer.Instance);

    public object? this[int handle] => values[handle];

    public int Count => values.Count;

    public void Add(object? value)
    {
        if (HasIdentity(value))
        {
            first.TryAdd(value, values.Count);
        }

        values.Add(value);
    }

    /// <summary>The lowest handle of the same object. Boxes and strings are values: theirs is their own.</summary>
    public int Identity(int handle) => values[handle] is { } value && HasIdentity(value) ? first[value] : handle;

    private static bool HasIdentity([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] object? value) =>
        value is not (null or string or ValueType);
}
